import type { UploadLog } from './ports.ts';
import type { QueueEntry } from './queue-entry.ts';
import { asUploadError } from './upload-error.ts';

interface Told {
  readonly log: UploadLog;
  readonly onCompleted?: (id: string) => Promise<void>;
  /** Gives up the copy in the holding folder, where there is one. */
  readonly release: (entry: QueueEntry, isSent: boolean) => Promise<void>;
}

/** What follows when an object is there and verified. What goes wrong in here changes nothing about that. */
export async function tellCompleted(told: Told, entry: QueueEntry): Promise<void> {
  const { id } = entry.record;
  await told.onCompleted?.(id).catch((error: unknown) => {
    told.log.warn('receipt-not-written', { id, code: asUploadError(error).code });
  });
  await releaseCopy(told, entry, true);
}

export async function releaseCopy({ log, release }: Told, entry: QueueEntry, isSent: boolean): Promise<void> {
  await release(entry, isSent).catch((error: unknown) => {
    log.warn('held-copy-not-removed', { id: entry.record.id, code: asUploadError(error).code });
  });
}
