import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { openUploadJournal } from '../../electron/store/upload-journal.ts';
import type { UploadQueue } from '../../electron/uploads/upload-queue.ts';
import type { Upload } from '../../shared/upload.ts';
import { meetDoom } from './doom.ts';
import { destinationId, fastClock, isStatus, startEngine, until } from './engine.ts';
import { type UploaderJob, exitCodes } from './uploader-job.ts';

/**
 * The engine in a process of its own, made to be killed: takes up what the journal holds, or adds the file when it is
 * new, takes the completed row out of the list and exits with 0. Each retry and restart is a line in the job's log.
 */
async function main(job: UploaderJob): Promise<void> {
  const journal = meetDoom(job, openUploadJournal(job.journalFolder));
  const { queue } = startEngine({
    journalFolder: job.journalFolder,
    open: () => ({ address: job.address, credentials: job.credentials }),
    onWarn: (event, facts) => appendFileSync(job.logFile, `${event} ${JSON.stringify(facts)}\n`),
    settings: { partsInParallel: job.partsInParallel },
    journal,
    ...(job.haste === undefined ? {} : { clock: fastClock(job.haste) }),
  });
  await queue.start();
  // What a person remembers: that this video was sent, and its row taken away.
  const doneFile = `${job.journalFolder}.done`;
  if (existsSync(doneFile) && queue.snapshot().uploads.length === 0) process.exit(exitCodes.completed);
  const id = queue.snapshot().uploads[0]?.id ?? (await addPatiently(queue, job.file));
  process.stdout.write('started\n');
  await putRight(queue, id, job.onStopped ?? 'exit');
  const ended = await until(queue, id, isStatus('completed', 'failed'), 120_000);
  process.stdout.write(`${ended.status}\n`);
  if (ended.status === 'completed') {
    writeFileSync(doneFile, '');
    await queue.remove([id]);
  }
  await queue.stop();
  process.exit(exitCodeOf(ended));
}

/** A full disk refuses the file; a person would try again. */
async function addPatiently(queue: UploadQueue, file: string): Promise<string> {
  for (;;) {
    const { addedIds, known, refused } = await queue.add([file], { destinationIds: [destinationId], waits: false });
    const id = addedIds[0] ?? known[0];
    if (id !== undefined) return id;
    if (refused[0]?.code !== 'journal-unwritable') throw new Error(`Refused: ${JSON.stringify(refused)}`);
    await wait(100);
  }
}

async function putRight(queue: UploadQueue, id: string, how: 'exit' | 'retry' | 'restart'): Promise<void> {
  const hasFailed = queue.snapshot().uploads.some((upload) => upload.id === id && upload.status === 'failed');
  if (hasFailed && how === 'retry') await queue.retry([id]);
  if (hasFailed && how === 'restart') await queue.edit.restart(id);
}

function exitCodeOf(ended: Upload): number {
  if (ended.status === 'completed') return exitCodes.completed;
  return ended.status === 'failed' && ended.error.code === 'source-changed' ? exitCodes.sourceChanged : exitCodes.stopped;
}

void main(JSON.parse(process.argv[2] ?? '{}') as UploaderJob);
