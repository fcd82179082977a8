import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import type { DiskAddress } from '../../electron/disk/disk-address.ts';
import { openDisk } from '../../electron/disk/open-disk.ts';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { watchChanges } from './disk-doom.ts';
import { addFile, fastClock, isStatus, startEngine, until } from './engine.ts';

export interface DiskUploaderJob {
  readonly address: DiskAddress;
  readonly journalFolder: string;
  readonly file: string;
  /** Every change of the disk becomes a line of this file. */
  readonly stepsFile?: string;
  /** Dies by SIGKILL at this change, counted from 1: before it, or with half of it done. */
  readonly diesAt?: { readonly number: number; readonly isTorn: boolean };
  /** Another object may stand under the key. */
  readonly replaces: boolean;
}

/**
 * The engine and the disk in a process of their own, made to be killed: takes up what the journal holds, or adds the file
 * when it is new, takes the completed row out of the list and exits with 0; with 1 when it failed.
 */
async function main(job: DiskUploaderJob): Promise<void> {
  let changes = 0;
  watchChanges(job.address.folder, (name, tear) => {
    changes += 1;
    if (job.stepsFile !== undefined) appendFileSync(job.stepsFile, `${name}${tear === null ? '' : ' torn'}\n`);
    if (job.diesAt?.number !== changes) return;
    if (job.diesAt.isTorn) tear?.();
    process.kill(process.pid, 'SIGKILL');
  });
  const { queue } = startEngine({
    journalFolder: job.journalFolder,
    destinations: (digests) => ({
      storageFor: async () => openDisk(job.address, { digests, appVersion: '0.0.0-test' }).storage,
      rulesOf: () => ({ prefix: '', isLocal: true }),
    }),
    settings: { partSize: MiB, multipartThreshold: MiB, onConflict: job.replaces ? 'replace' : 'ask' },
    clock: fastClock(10),
  });
  await queue.start();
  // What a person remembers: that this video was sent, and its row taken away.
  const doneFile = `${job.journalFolder}.done`;
  if (existsSync(doneFile) && queue.snapshot().uploads.length === 0) process.exit(0);
  const id = queue.snapshot().uploads[0]?.id ?? (await addFile(queue, job.file));
  const ended = await until(queue, id, isStatus('completed', 'failed'), 60_000);
  if (ended.status === 'failed') process.stderr.write(`${JSON.stringify(ended.error)}\n`);
  if (ended.status === 'completed') {
    writeFileSync(doneFile, '');
    await queue.remove([id]);
  }
  await queue.stop();
  process.exit(ended.status === 'completed' ? 0 : 1);
}

void main(JSON.parse(process.argv[2] ?? '{}') as DiskUploaderJob);
