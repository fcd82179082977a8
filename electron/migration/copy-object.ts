import type { ObjectStorage, StoredObject } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import { copyToken } from './copy-token.ts';

/** Works out a CRC-64/NVME as bytes go by. */
export interface RunningChecksum {
  readonly update: (bytes: Uint8Array) => void;
  /** Base64, as S3 writes it. */
  readonly digest: () => string;
}

export interface CopyEnds {
  readonly source: Pick<ObjectStorage, 'headObject'> & Pick<Upkeep, 'read'>;
  readonly target: Pick<ObjectStorage, 'headObject'> & Pick<Upkeep, 'write'>;
  readonly newChecksum: () => Promise<RunningChecksum>;
}

interface Copy {
  readonly path: string;
  readonly key: string;
  readonly signal: AbortSignal;
  /** Bytes that have left so far. */
  readonly onSent: (bytes: number) => void;
}

/**
 * Copies an object from one destination to another, as a stream: nothing of it lies on this computer's disk. What was
 * read is compared with the source's checksum, what arrived with what was read: mark, size, and the checksum over the
 * whole, each where a side keeps one. Rejects with `object-mismatch`, or whatever reading and writing rejects with.
 */
export async function copyObject(ends: CopyEnds, { path, key, signal, onSent }: Copy): Promise<StoredObject> {
  const original = await ends.source.headObject(path, signal);
  if (original === null) throw new UploadError('object-missing');
  const { size, contentType, pieces } = await ends.source.read(path, signal);
  const checksum = await ends.newChecksum();
  let read = 0;
  let crc64nvme = '';
  const counted = async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
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
  await ends.target.write(object, { pieces: counted(), signal, onSent });
  const found = await ends.target.headObject(key, signal);
  const isOurs = found !== null && found.uploadToken === object.uploadToken && found.size === size;
  if (!isOurs || isOther(found, crc64nvme)) throw new UploadError('object-mismatch');
  return found;
}

/** Whether the server's own checksum says that an object has other bytes; most keep one, and some do not. */
const isOther = (object: StoredObject, crc64nvme: string): boolean =>
  object.crc64nvme !== null && object.crc64nvme !== crc64nvme;
