import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One folder for everything that this program writes: practice buckets, bundles, videos. Gone when the program ends,
 * also when somebody interrupts it.
 */
export async function openScratch(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `remessa-${name}-`));
  // `tmpdir()` asks the environment every time, so whatever is made from now on lies inside.
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  // Not `once`: a second signal must not cut the tidying short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  return folder;
}
