import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Bundles one TypeScript program of the project for plain Node, so that it starts as fast as a compiled one and can be
 * killed and started a hundred times. Returns the path of the bundle, in a new temporary folder that is the caller's
 * to remove.
 */
export async function bundleForNode(entry: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'remessa-bundle-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'program.mjs' } },
    },
    ssr: { noExternal: true, external: ['electron', '@napi-rs/keyring'] },
  });
  return join(outDir, 'program.mjs');
}
