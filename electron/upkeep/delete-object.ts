import { keyProblem } from '../../shared/object-key.ts';
import type { DeletionKind } from '../../shared/upload.ts';
import type { ObjectStorage, StoredObject } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { Upkeep } from './ports.ts';

/** Looks at whether it is gone, and the wait before each, milliseconds: not every server says so at once. */
const looksAfterMs = [0, 500, 2_000, 5_000];

interface Place {
  readonly upkeep: Pick<Upkeep, 'deleteObject'>;
  readonly storage: Pick<ObjectStorage, 'headObject'>;
  readonly prefix: string;
  /** What a person was shown and said yes to; null: whatever is there. */
  readonly seen: StoredObject | null;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Rejects with `invalid-key` or `outside-prefix`: nothing outside of what the destination is for is touched. */
export function refuseForeignKey(key: string, prefix: string): void {
  if (keyProblem(key) !== null) throw new UploadError('invalid-key');
  if (!key.startsWith(prefix)) throw new UploadError('outside-prefix');
}

/**
 * Deletes an object and makes sure that it is gone. Rejects with `object-missing` when there is none, with
 * `object-changed` when it is not the one that was seen, and with `delete-unconfirmed` when the destination goes on
 * showing it.
 */
export async function deleteObject(place: Place, key: string, signal: AbortSignal): Promise<DeletionKind> {
  const { upkeep, storage, prefix, seen, sleep } = place;
  refuseForeignKey(key, prefix);
  const found = await storage.headObject(key, signal);
  if (found === null) throw new UploadError('object-missing');
  if (seen !== null && !isSame(seen, found)) throw new UploadError('object-changed');
  const deletion = await upkeep.deleteObject(key, signal);
  for (const waitMs of looksAfterMs) {
    if (waitMs > 0) await sleep(waitMs, signal);
    if (await isGone(storage, key, signal)) return deletion;
  }
  throw new UploadError('delete-unconfirmed');
}

const isSame = (a: StoredObject, b: StoredObject): boolean =>
  a.etag === b.etag && a.size === b.size && a.uploadToken === b.uploadToken;

/** Without the permission to list, S3 answers 403 instead of 404 where nothing is; a moment ago the key could look. */
async function isGone(storage: Place['storage'], key: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await storage.headObject(key, signal)) === null;
  } catch (error) {
    if (error instanceof UploadError && error.code === 'access-denied') return true;
    throw error;
  }
}
