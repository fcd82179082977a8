import { ask, withRetry, withStallWatch, withTimeout } from '../uploads/attempts.ts';
import type { Clock, ObjectStorage, StoredObject } from '../uploads/ports.ts';
import { unlessInterrupted } from '../uploads/unless-interrupted.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { Upkeep, Writing } from '../upkeep/ports.ts';
import { copyToken } from './copy-token.ts';

/** No byte from the source for so long: the connection is dead. Milliseconds. */
const readingStallMs = 60_000;

/** Works out a CRC-64/NVME as bytes go by. */
export interface RunningChecksum {
  readonly update: (bytes: Uint8Array) => void;
  /** Base64, as S3 writes it. */
  readonly digest: () => string;
}

export interface CopyEnds {
  readonly source: Pick<ObjectStorage, 'headObject'> & Pick<Upkeep, 'read'>;
  readonly target: Pick<ObjectStorage, 'headObject'> & Pick<Upkeep, 'write'>;
  readonly clock: Clock;
  readonly newChecksum: () => Promise<RunningChecksum>;
}

export interface Copy {
  readonly path: string;
  /** What stands there. */
  readonly original: StoredObject;
  readonly key: string;
  /** What comes under the key while the copy is made is not replaced: it fails with `object-exists`. */
  readonly mustBeNew: boolean;
  readonly signal: AbortSignal;
  /** Bytes that have left so far. */
  readonly onSent: (bytes: number) => void;
}

/**
 * Copies an object from one destination to another, as a stream: nothing of it lies on this computer's disk. What was
 * read is compared with the source's checksum, what arrived with what was read: mark, size, and the checksum over the
 * whole, each where a side keeps one. Rejects with `object-mismatch`, or whatever reading and writing rejects with.
 */
export async function copyObject(ends: CopyEnds, { path, original, key, mustBeNew, signal, onSent }: Copy): Promise<void> {
  const { size, contentType } = original;
  const checksum = await ends.newChecksum();
  let read = 0;
  let crc64nvme = '';
  const counted = async function* counted(): AsyncGenerator<Uint8Array> {
    // Not before the target wants the first of it: one that refuses leaves no connection behind that nobody reads.
    const { pieces } = await withTimeout(ends.clock, readingStallMs, signal, (inner) => ends.source.read(path, inner));
    for await (const piece of watched(ends.clock, pieces, signal)) {
      checksum.update(piece);
      read += piece.length;
      yield piece;
    }
    // A connection that ends early looks like the end of the object.
    if (read !== size) throw new UploadError('connection-lost', { isUnclear: true });
    crc64nvme = checksum.digest();
    // Before the end is told: nothing is made of other bytes than the source has, and nothing wears its mark.
    if (isOther(original, crc64nvme)) throw new UploadError('object-mismatch');
  };
  const object = {
    key,
    size,
    contentType: contentType?.startsWith('video/') === true ? contentType : 'video/mp4',
    uploadToken: copyToken(path, original),
    originalName: path.split('/').at(-1) ?? path,
  };
  await ends.target.write(object, {
    pieces: counted(),
    mustBeNew,
    signal,
    onSent,
    attempt: attempts(ends.clock, signal),
  });
  const found = await ask({ clock: ends.clock, signal, onRetrying }, (inner) => ends.target.headObject(key, inner));
  if (found === null || !isCopyOf({ path, original }, found) || isOther(found, crc64nvme)) throw new UploadError('object-mismatch');
}

/** Whether an object is what copying that original makes: an earlier try may have made it although its answer was lost. */
export const isCopyOf = ({ path, original }: Pick<Copy, 'path' | 'original'>, found: StoredObject): boolean =>
  found.uploadToken === copyToken(path, original) &&
  found.size === original.size &&
  (found.crc64nvme === null || !isOther(original, found.crc64nvme));

/** Whether the server's own checksum says that an object has other bytes; most keep one, and some do not. */
const isOther = (object: StoredObject, crc64nvme: string): boolean =>
  object.crc64nvme !== null && object.crc64nvme !== crc64nvme;

const onRetrying = (): void => undefined;

/** The engine's way with requests: a dead connection is noticed, and what passes is tried again. */
function attempts(clock: Clock, signal: AbortSignal): Writing['attempt'] {
  const context = { clock, signal, onRetrying };
  return (size, request) => withRetry(context, () => withStallWatch(context, size, request));
}

/** The pieces; rejects with `timeout` when the source has nothing to say for too long. How long the target takes is its own affair. */
async function* watched(clock: Clock, pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const [stalled, ended] = [new AbortController(), new AbortController()];
  const either = AbortSignal.any([signal, stalled.signal]);
  const waiting: { since: number | null } = { since: null };
  const watch = async (): Promise<void> => {
    const isPatient = (): boolean => waiting.since === null || clock.now() - waiting.since < readingStallMs;
    while (isPatient()) await clock.sleep(readingStallMs / 4, ended.signal);
    stalled.abort(new UploadError('timeout', { isUnclear: true }));
  };
  // The watch ends by rejection when the reading has ended: that is its normal end.
  watch().catch(() => undefined);
  try {
    for (;;) {
      waiting.since = clock.now();
      const next = await unlessInterrupted(either, iterator.next());
      waiting.since = null;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    ended.abort();
    // Not awaited: a reading that is stuck would keep us.
    iterator.return?.().then(undefined, () => undefined);
  }
}
