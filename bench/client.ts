import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keepYoungSpaceSmall } from '../electron/modest-memory.ts';
import { type ClientReport, type Job, digestWorkerName } from './job.ts';
import { measure } from './measure.ts';

/**
 * One upload in a process of its own, in Node or in Electron's main process. The modules come in only for the work that
 * needs them and before anything is measured: a bare process is to be bare.
 */
async function prepare(job: Job): Promise<() => Promise<string | null>> {
  const { work } = job;
  switch (work.kind) {
    case 'bare':
      return async () => null;
    case 'engine': {
      // As electron/main.ts does. The worker lies beside us as it does beside the app.
      keepYoungSpaceSmall();
      process.env['REMESSA_DIGEST_WORKER'] = join(import.meta.dirname, digestWorkerName);
      const { uploadWithEngine } = await import('./clients/engine.ts');
      return () => uploadWithEngine(job, work);
    }
    case 'lib-storage': {
      const { uploadWithLibStorage } = await import('./clients/lib-storage.ts');
      return () => uploadWithLibStorage(job, work);
    }
    case 'raw': {
      const { uploadRaw } = await import('./clients/raw-put.ts');
      return () => uploadRaw(job, work);
    }
    default:
      throw new Error('Unknown work');
  }
}

async function main(jobFile: string): Promise<void> {
  const job = JSON.parse(await readFile(jobFile, 'utf8')) as Job;
  const work = await prepare(job);
  await wait(job.settleMs);
  const { result: key, measured } = await measure(work);
  const report: ClientReport = { ...measured, key };
  await writeFile(job.resultFile, JSON.stringify(report));
}

function tell(problem: unknown): void {
  process.stderr.write(`${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}\n`);
}

/** Returns the exit code. */
const run = (): Promise<number> =>
  main(process.env['REMESSA_BENCH_JOB'] ?? '').then(
    () => 0,
    (problem: unknown) => {
      tell(problem);
      return 1;
    },
  );

if (process.versions['electron'] === undefined) {
  process.exit(await run());
} else {
  // Electron is ready only after its main module has run to its end: no waiting at the top.
  void import('electron').then(async ({ app }) => {
    await app.whenReady();
    // `process.exit` would lose the code on the way.
    app.exit(await run());
  });
}
