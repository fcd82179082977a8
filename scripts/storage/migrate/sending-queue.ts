import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { queueSettings } from '../../../electron/queue-settings.ts';
import { openHoldingFolder } from '../../../electron/store/holding-folder.ts';
import { sourceFiles } from '../../../electron/store/source-files.ts';
import { openUploadJournal } from '../../../electron/store/upload-journal.ts';
import { systemClock } from '../../../electron/system-clock.ts';
import type { FileDigests } from '../../../electron/uploads/ports.ts';
import { UploadError } from '../../../electron/uploads/upload-error.ts';
import { UploadQueue } from '../../../electron/uploads/upload-queue.ts';
import { isOver } from '../../../electron/uploads/upload-record.ts';
import { refuseContent } from '../../../electron/video/is-mp4.ts';
import { defaultPreferences } from '../../../shared/settings.ts';
import type { OpenedDestination } from '../open-destination.ts';

interface QueuePlace {
  /** Where the journal is. */
  readonly folder: string;
  /** What the migration's uploads call their destination: the same at every call. */
  readonly destinationId: string;
  readonly target: OpenedDestination;
  readonly digests: FileDigests;
}

/** The app's queue in a process that does nothing else. */
export interface SendingQueue {
  readonly queue: UploadQueue;
  /** Until this is called, nothing is asked of the destination: what an earlier call left waits for the new plan. */
  readonly open: () => void;
  /** Ends in good order; the next call goes on. */
  readonly stop: () => Promise<void>;
}

/** Takes up what the journal holds; uploads that are over are forgotten. Rejects with `journal-unwritable`. */
export async function openSendingQueue({ folder, destinationId, target, digests }: QueuePlace): Promise<SendingQueue> {
  // The gate: a signal is all that is needed to wait for, and to wait for no more.
  const [opened, closing] = [new AbortController(), new AbortController()];
  const gate = once(opened.signal, 'abort', { signal: closing.signal });
  // Nobody may be waiting at it.
  gate.catch(() => undefined);
  const settings = { ...queueSettings(defaultPreferences), holdAfterMinutes: null };
  const queue = new UploadQueue({
    journal: openUploadJournal(join(folder, 'journal')),
    holding: openHoldingFolder(join(folder, 'holding'), { digests, trash: async () => undefined }),
    files: sourceFiles,
    digests,
    clock: systemClock,
    log: { info: () => undefined, warn: () => undefined },
    newId: randomUUID,
    refuseContent,
    nameInMap: () => null,
    destinations: {
      storageFor: async (id) => {
        await gate;
        // A journal may be shared by several migrations.
        if (id !== destinationId) throw new UploadError('destination-missing');
        return target.storage;
      },
      rulesOf: (id) => {
        const isOurs = id === destinationId;
        return { prefix: isOurs ? target.prefix : '', isLocal: isOurs && target.shown.kind === 'disk' };
      },
    },
    settings: () => settings,
  });
  await queue.start();
  await forgetWhatIsOver(queue);
  return {
    queue,
    open: () => opened.abort(),
    stop: async () => {
      const stopping = queue.stop();
      // Every run has heard that it ends; those that wait at the gate may.
      closing.abort();
      await stopping;
    },
  };
}

/** What was completed stands in the bucket, and the next plan finds it there. */
export const forgetWhatIsOver = (queue: UploadQueue): Promise<void> =>
  queue.remove(queue.records().filter(isOver).map(({ id }) => id));
