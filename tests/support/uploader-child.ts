import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { bundleForNode } from './bundle-node.ts';
import type { UploaderJob } from './uploader-job.ts';

/** Longer than any upload of the drill takes; whoever is still at it has hung. Milliseconds. */
const patienceMs = 60_000;

const alive = new Set<ChildProcess>();
// Whatever ends us: no uploader goes on alone.
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/** Returns the path of the bundled uploader; its folder is the caller's to remove. */
export const bundleUploader = (): Promise<string> =>
  bundleForNode(fileURLToPath(new URL('./uploader-process.ts', import.meta.url)));

/** By itself with this code, or by SIGKILL, its own or ours; or we lost patience. */
export type Ended = number | 'killed' | 'hung';

export interface Uploader {
  readonly kill: () => void;
  readonly ended: Promise<Ended>;
}

export function startUploader(program: string, job: UploaderJob): Uploader {
  const child = spawn(process.execPath, [program, JSON.stringify(job)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  alive.add(child);
  let isHung = false;
  const limit = setTimeout(() => {
    isHung = true;
    child.kill('SIGKILL');
  }, patienceMs);
  const ended = once(child, 'exit').then((): Ended => {
    clearTimeout(limit);
    alive.delete(child);
    return isHung ? 'hung' : (child.exitCode ?? 'killed');
  });
  return { kill: () => void child.kill('SIGKILL'), ended };
}

/** Lets it run for so long, or until it ends by itself. */
export async function runFor(uploader: Uploader, ms: number): Promise<void> {
  await Promise.race([uploader.ended, wait(ms)]);
}
