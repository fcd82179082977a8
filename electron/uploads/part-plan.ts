import { UploadError } from './upload-error.ts';
import type { StorageLimits } from './ports.ts';

export const MiB = 1024 * 1024;

export interface PartRange {
  readonly partNumber: number;
  /** Offset in the file, bytes. */
  readonly start: number;
  /** Bytes; all parts are equal but the last (R2 refuses others at Complete). */
  readonly size: number;
}

/** Parts per connection below which the last ones would leave connections idle for a noticeable time. */
const partsPerConnection = 8;

/**
 * 8 MiB where it does not matter, since every part is a request that is paid for; the smallest size where the link
 * needs many connections: a lost packet then holds up less, and all of them have something to do until the end.
 */
function autoPartSize(fileSize: number, connections: number): number {
  const isPlenty = connections <= 8 && fileSize / (8 * MiB) >= connections * partsPerConnection;
  return isPlenty ? 8 * MiB : 5 * MiB;
}

/**
 * Part size for a file: the wanted one, grown in whole MiB until the file fits into the provider's number of parts
 * (S3 and R2: 10,000). Rejects with `too-large` beyond what the provider takes.
 */
export function choosePartSize(
  fileSize: number,
  wanted: number | 'auto',
  limits: StorageLimits,
  connections = 1,
): number {
  if (fileSize > limits.maxObjectBytes) throw new UploadError('too-large');
  const needed = Math.ceil(fileSize / limits.maxParts);
  const partSize = Math.max(
    wanted === 'auto' ? autoPartSize(fileSize, connections) : wanted,
    limits.minPartBytes,
    Math.ceil(needed / MiB) * MiB,
  );
  if (partSize > limits.maxPartBytes) throw new UploadError('too-large');
  return partSize;
}

export const partCount = (fileSize: number, partSize: number): number => Math.max(1, Math.ceil(fileSize / partSize));

/** The range of one part. Parts are computed when needed: a list of 10,000 would be kept for nothing. */
export function partRange(fileSize: number, partSize: number, partNumber: number): PartRange {
  const start = (partNumber - 1) * partSize;
  return { partNumber, start, size: Math.min(partSize, fileSize - start) };
}

/** The numbers of the parts that `has` does not know, ascending. */
export function missingParts(fileSize: number, partSize: number, has: (partNumber: number) => boolean): number[] {
  const missing: number[] = [];
  for (let n = 1; n <= partCount(fileSize, partSize); n += 1) if (!has(n)) missing.push(n);
  return missing;
}
