import { pathOfKey, statObject } from './key-path.ts';
import type { StoredObject } from '../uploads/ports.ts';
import { factsOfObject } from './finish-object.ts';
import type { ObjectFacts } from './sidecar.ts';
import { type Disk, mustBeMounted } from './volume.ts';
import { checksumOfRange } from './write-body.ts';

/** A file under a key, as it is now. */
export interface StoredFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds. */
  readonly mtimeMs: number;
  /** Null where it is not as we put it there, or somebody else did. */
  readonly facts: ObjectFacts | null;
}

/** Null where nothing is. Rejects with `disk-missing`, `invalid-key` or `outside-prefix`. */
export async function lookAtFile(disk: Disk, key: string): Promise<StoredFile | null> {
  await mustBeMounted(disk);
  const { path } = await pathOfKey(disk, key);
  const file = await statObject(path);
  if (file === null) {
    // The volume may have gone between the two: an object that cannot be seen is not one that is not there.
    await mustBeMounted(disk);
    return null;
  }
  const { size, mtimeMs } = file;
  return { path, size, mtimeMs, facts: await factsOfObject(disk, key, { size, mtimeMs }) };
}

/** As HEAD would show it. */
export function asObject(key: string, { size, mtimeMs, facts }: StoredFile): StoredObject {
  return {
    size,
    modifiedAt: mtimeMs,
    // Changes when the file does, and says nothing else.
    etag: facts?.etag ?? `${size}-${mtimeMs}`,
    crc64nvme: facts?.crc64nvme ?? null,
    contentType: facts?.contentType ?? typeOf(key),
    uploadToken: facts?.uploadToken ?? null,
  };
}

/** What a server would say of such a file; null where that depends on the server. */
export const typeOf = (key: string): string | null => (key.toLowerCase().endsWith('.mp4') ? 'video/mp4' : null);

/** The CRC-64/NVME of the bytes under a key, as they are now: what was noted of them is in HEAD's answer. */
export async function checksumOfFile(disk: Disk, key: string, signal: AbortSignal): Promise<string | null> {
  const file = await lookAtFile(disk, key);
  if (file === null) return null;
  return checksumOfRange(disk.digests, { path: file.path, start: 0, size: file.size }, signal);
}
