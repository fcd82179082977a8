import { withRetry } from './attempts.ts';
import { MiB, partCount, partRange } from './part-plan.ts';
import { etagOfParts } from './stored-object.ts';
import type { DigestName, StoredObject } from './ports.ts';
import type { RunContext } from './run-context.ts';
import { checksumOfFile } from './whole-checksum.ts';

/** An ETag in the form of an MD5: that of the object, or that of its parts' with their number. */
const md5Etag = /^[0-9a-f]{32}(?:-(\d{1,5}))?$/;
/** Part sizes that uploaders use, MiB (aws-cli and Cyberduck 8 and 10, rclone 5, s3cmd 15, others powers of two). */
const usualPartSizes = [5, 8, 10, 15, 16, 20, 25, 32, 50, 64, 100, 128, 256, 512].map((mebibytes) => mebibytes * MiB);

/** What an object that was there turned out to be. */
export type Comparison =
  /** `crc64nvme`: of the file, where that is what was compared. */
  | { readonly result: 'same'; readonly by: 'checksum' | 'etag'; readonly crc64nvme: string | null }
  | { readonly result: 'different' }
  /** Nothing that the server says of it can be worked out from the file. */
  | { readonly result: 'unknown' };

type World = Pick<RunContext, 'storage' | 'digests' | 'clock' | 'signal' | 'onRetrying'>;

/**
 * Whether an object has the content of a file, without a byte of either being sent: by the server's checksum over the
 * whole object, else by an ETag that is made of MD5s. An ETag that does not fit proves nothing: encrypted objects have
 * others, and the parts may have been cut in an unusual size.
 */
export async function compareContent(
  world: World,
  file: { readonly path: string; readonly size: number },
  { key, object }: { readonly key: string; readonly object: StoredObject },
): Promise<Comparison> {
  if (object.size !== file.size) return { result: 'different' };
  // What a disk has noted of a file says nothing of what became of its bytes: there they are read.
  const crc64nvme = await withRetry(world, (signal) => world.storage.checksumOf(key, signal, object));
  if (crc64nvme !== null) {
    const ours = await checksumOfFile(world.digests, file, world.signal);
    return ours === crc64nvme ? { result: 'same', by: 'checksum', crc64nvme } : { result: 'different' };
  }
  const form = md5Etag.exec(object.etag);
  if (form === null) return { result: 'unknown' };
  const isSame = form[1] === undefined ? await hasMd5(world, file, object.etag) : await hasParts(world, file, object.etag);
  return isSame ? { result: 'same', by: 'etag', crc64nvme: null } : { result: 'unknown' };
}

interface LocalFile {
  readonly path: string;
  readonly size: number;
}

async function hasMd5(world: World, file: LocalFile, etag: string): Promise<boolean> {
  return (await digestOf(world, file, { start: 0, size: file.size }, 'md5')) === etag;
}

/** Tries the part sizes by which the file would have as many parts as the ETag says. */
async function hasParts(world: World, file: LocalFile, etag: string): Promise<boolean> {
  const count = Number(etag.slice(etag.indexOf('-') + 1));
  const even = Math.ceil(file.size / count / MiB) * MiB;
  const sizes = new Set([...usualPartSizes, even].filter((size) => partCount(file.size, size) === count));
  for (const partSize of sizes) {
    const parts: Array<{ etag: string }> = [];
    for (let n = 1; n <= count; n += 1) {
      parts.push({ etag: await digestOf(world, file, partRange(file.size, partSize, n), 'md5') });
    }
    if (etagOfParts(parts) === etag) return true;
  }
  return false;
}

async function digestOf(
  { digests, signal }: World,
  { path }: LocalFile,
  range: { readonly start: number; readonly size: number },
  name: DigestName,
): Promise<string> {
  return (await digests.digest(path, range, [name], signal))[name] ?? '';
}
