import type { ObjectStorage, StoredObject } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { Upkeep } from '../upkeep/ports.ts';

/** Works out a CRC-64/NVME as bytes go by. */
export interface RunningChecksum {
  readonly update: (bytes: Uint8Array) => void;
  /** Base64, as S3 writes it. */
  readonly digest: () => string;
}

export interface CopyEnds {
  readonly from: Pick<Upkeep, 'read'>;
  readonly to: Pick<Upkeep, 'write'>;
  readonly target: Pick<ObjectStorage, 'headObject'>;
  readonly newChecksum: () => Promise<RunningChecksum>;
  readonly newToken: () => string;
}

interface Copy {
  readonly path: string;
  readonly key: string;
  readonly signal: AbortSignal;
  /** Bytes that have left so far. */
  readonly onSent: (bytes: number) => void;
}

/**
 * Copies an object from one destination to another, as a stream: nothing of it lies on this computer's disk. What
 * arrived is compared by HEAD with what was read: mark, size, type, and the checksum over the whole where the target
 * keeps one. Rejects with `object-mismatch`, or whatever reading and writing rejects with.
 */
export async function copyObject(ends: CopyEnds, { path, key, signal, onSent }: Copy): Promise<StoredObject> {
  const { size, pieces } = await ends.from.read(path, signal);
  const checksum = await ends.newChecksum();
  const token = ends.newToken();
  const originalName = path.split('/').at(-1) ?? path;
  let read = 0;
  const counted = async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      checksum.update(piece);
      read += piece.length;
      yield piece;
    }
    // A connection that ends early looks like the end of the object.
    if (read !== size) throw new UploadError('connection-lost', { isUnclear: true });
  };
  const object = { key, size, contentType: 'video/mp4', uploadToken: token, originalName };
  await ends.to.write(object, { pieces: counted(), signal, onSent });
  const found = await ends.target.headObject(key, signal);
  const isOurs = found !== null && found.uploadToken === token && found.size === size;
  const isSame = found === null || found.crc64nvme === null || found.crc64nvme === checksum.digest();
  if (!isOurs || !isSame) throw new UploadError('object-mismatch');
  return found;
}
