import { MiB } from './part-plan.ts';
import type { FileDigests } from './ports.ts';

/** Bytes of a file that are read at a time: whoever wants it to end does not wait for the rest of ten gigabytes. */
const rangeBytes = 64 * MiB;

/** The CRC-64/NVME of a whole file. Rejects as `FileDigests.digest` does, and soon after the signal. */
export async function checksumOfFile(
  digests: FileDigests,
  { path, size }: { readonly path: string; readonly size: number },
  signal: AbortSignal,
): Promise<string> {
  const pieces: Array<{ crc64nvme: string; size: number }> = [];
  for (let start = 0; start === 0 || start < size; start += rangeBytes) {
    const range = { start, size: Math.min(rangeBytes, size - start) };
    const { crc64nvme } = await digests.digest(path, range, ['crc64nvme'], signal);
    pieces.push({ crc64nvme: crc64nvme ?? '', size: range.size });
  }
  return digests.combineCrc64(pieces);
}
