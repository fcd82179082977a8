import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { directDigests, threadDigests } from '../../electron/digest/file-digests.ts';
import { BucketClients, type OpenDestination } from '../../electron/s3/bucket-clients.ts';
import { openHoldingFolder } from '../../electron/store/holding-folder.ts';
import { sourceFiles } from '../../electron/store/source-files.ts';
import { openUploadJournal } from '../../electron/store/upload-journal.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { MiB } from '../../electron/uploads/part-plan.ts';
import type { Clock, Destinations, FileDigests, UploadJournal } from '../../electron/uploads/ports.ts';
import { type QueueSettings, UploadQueue } from '../../electron/uploads/upload-queue.ts';
import { refuseContent } from '../../electron/video/is-mp4.ts';
import { defaultKeyTemplate } from '../../shared/key-template.ts';
import type { Upload } from '../../shared/upload.ts';

export const destinationId = 'test';
/** The compiled worker, where a program brings it along as the app does. */
const digestWorker = process.env['REMESSA_DIGEST_WORKER'];

/** Time that runs `factor` times as fast: thirty seconds without progress need not be waited for. */
export function fastClock(factor: number): Clock {
  const begin = Date.now();
  return {
    now: () => begin + (Date.now() - begin) * factor,
    sleep: (ms, signal) => systemClock.sleep(ms / factor, signal),
    random: () => Math.random() * 0.05,
  };
}

export interface EngineOptions {
  readonly journalFolder: string;
  /** The bucket. Asked at every use, so that a test can change keys or address under way. */
  readonly open?: () => OpenDestination;
  /** Instead of the bucket: whatever a test sends to. */
  readonly destinations?: (digests: FileDigests) => Destinations;
  readonly settings?: Partial<QueueSettings>;
  readonly clock?: Clock;
  readonly journal?: UploadJournal;
  readonly onWarn?: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** The engine as the app builds it, without Electron: real journal, real files, real clock, real S3 client. */
export function startEngine(options: EngineOptions): { readonly queue: UploadQueue; readonly clients: BucketClients } {
  const digests = digestWorker === undefined ? directDigests() : threadDigests(digestWorker);
  const clients = new BucketClients(async () => {
    if (options.open === undefined) throw new Error('This engine has no bucket');
    return options.open();
  }, '0.0.0-test');
  const queue = new UploadQueue({
    journal: options.journal ?? openUploadJournal(options.journalFolder),
    files: sourceFiles,
    // A backoff of up to a minute is right for people and too long for a test: chance is on our side here.
    clock: options.clock ?? { ...systemClock, random: () => Math.random() * 0.05 },
    destinations: options.destinations?.(digests) ?? {
      storageFor: (id) => clients.storageFor(id),
      rulesOf: () => ({ prefix: '', isLocal: false }),
    },
    nameInMap: () => null,
    holding: openHoldingFolder(join(options.journalFolder, '../holding'), { digests, trash: async () => undefined }),
    digests,
    log: { info: () => undefined, warn: options.onWarn ?? (() => undefined) },
    newId: randomUUID,
    refuseContent,
    settings: () => ({
      filesInParallel: 2,
      partsInParallel: 4,
      partSize: 5 * MiB,
      multipartThreshold: 5 * MiB,
      limitMbit: null,
      schedule: [],
      givesWay: false,
      keyTemplate: defaultKeyTemplate,
      onConflict: 'ask',
      followsLinks: false,
      holdAfterMinutes: null,
      ...options.settings,
    }),
  });
  return { queue, clients };
}

/** Waits until the upload is as wanted; fails after `limitMs` and says what it was instead. */
export async function until(
  queue: UploadQueue,
  id: string,
  isWanted: (upload: Upload) => boolean,
  limitMs = 25_000,
): Promise<Upload> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const upload = queue.snapshot().uploads.find((candidate) => candidate.id === id);
    if (upload !== undefined && isWanted(upload)) return upload;
    if (Date.now() > deadline) throw new Error(`Waited in vain; the upload is ${JSON.stringify(upload)}`);
    await wait(15);
  }
}

export const isStatus =
  (...wanted: readonly Upload['status'][]) =>
  (upload: Upload): boolean =>
    wanted.includes(upload.status);

/** Adds one file and returns its upload's id; a refusal fails the test. */
export async function addFile(queue: UploadQueue, path: string): Promise<string> {
  const { addedIds, known, refused } = await queue.add([path], { destinationIds: [destinationId], waits: false });
  const id = addedIds[0] ?? known[0];
  if (id === undefined) throw new Error(`Refused: ${JSON.stringify(refused)}`);
  return id;
}
