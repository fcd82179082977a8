import { appendFileSync } from 'node:fs';
import { addFile, isStatus, startEngine, until } from './engine.ts';
import type { UploaderJob } from './uploader-job.ts';

/**
 * The engine in a process of its own, made to be killed: takes up what the journal holds, or adds the file when it is
 * new, and exits with 0 when the upload is completed. Each retry and restart is a line in the job's log.
 */
async function main(job: UploaderJob): Promise<void> {
  const { queue } = startEngine({
    journalFolder: job.journalFolder,
    open: () => ({ address: job.address, credentials: job.credentials }),
    onWarn: (event, facts) => appendFileSync(job.logFile, `${event} ${JSON.stringify(facts)}\n`),
    settings: { partsInParallel: job.partsInParallel },
  });
  await queue.start();
  const id = queue.snapshot().uploads[0]?.id ?? (await addFile(queue, job.file));
  process.stdout.write('started\n');
  const ended = await until(queue, id, isStatus('completed', 'failed'), 120_000);
  process.stdout.write(`${ended.status}\n`);
  await queue.stop();
  process.exit(ended.status === 'completed' ? 0 : 1);
}

void main(JSON.parse(process.argv[2] ?? '{}') as UploaderJob);
