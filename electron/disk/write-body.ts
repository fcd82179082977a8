import type { FileHandle } from 'node:fs/promises';
import { MiB } from '../uploads/part-plan.ts';
import type { DigestName, FileDigests, RequestBody } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { unlessAborted, withFile } from './durable-files.ts';

/**
 * Bytes after which what was written is flushed: a slow disk is felt while the bytes go out, and not as a minute of
 * silence behind the last one, which would be taken for a disk that has died.
 */
const flushEvery = 16 * MiB;
/** Bytes that are read back at a time: whoever wants it to end does not wait for the rest of a large part. */
const readBackBytes = 64 * MiB;

export interface Writing {
  /** Where the first byte goes in the file. */
  readonly position: number;
  /** Bytes that are to come; exactly so many. */
  readonly size: number;
  readonly signal: AbortSignal;
  readonly onWritten?: (bytes: number) => void;
}

/**
 * Writes pieces one after the other and flushes them to the disk. Rejects soon after the signal; then no piece is asked
 * for or written any more.
 */
export async function writePieces(
  file: FileHandle,
  pieces: AsyncIterable<Uint8Array>,
  { position, size, signal, onWritten }: Writing,
): Promise<void> {
  let [written, flushed] = [0, 0];
  for await (const piece of pieces) {
    signal.throwIfAborted();
    // More would land in the next part.
    if (written + piece.length > size) throw new UploadError('invalid-request');
    await writeFully(file, piece, position + written);
    written += piece.length;
    if (written - flushed >= flushEvery) {
      await unlessAborted(signal, file.datasync());
      flushed = written;
    }
    onWritten?.(written);
  }
  signal.throwIfAborted();
  if (written < size) throw new UploadError('invalid-request');
  await unlessAborted(signal, file.datasync());
}

/** A disk that has room for half of a piece takes that half without complaint. */
async function writeFully(file: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await file.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}

/**
 * Writes a body at its place, flushes it, reads it back and compares. Returns the CRC-64/NVME of what was read back.
 * Rejects with `unexpected-answer` (BadDigest) when that is not what was to be written.
 */
export async function writeProved(
  digests: FileDigests,
  path: string,
  { position, body, signal }: { readonly position: number; readonly body: RequestBody; readonly signal: AbortSignal },
): Promise<string> {
  const { size } = body;
  await withFile(path, 'r+', signal, (file) => writePieces(file, body.pieces(), { position, size, signal }));
  const crc64nvme = await checksumOfRange(digests, { path, start: position, size }, signal);
  if (body.crc64nvme !== null && body.crc64nvme !== crc64nvme) throw badDigest();
  // Nothing else says what the bytes are to be.
  if (body.crc64nvme === null && body.sha256 !== null) {
    const found = await digestOfOwn(digests, { path, start: position, size }, 'sha256', signal);
    if (found !== body.sha256) throw badDigest();
  }
  return crc64nvme;
}

const badDigest = (): UploadError => new UploadError('unexpected-answer', { isUnclear: true, serverCode: 'BadDigest' });

interface OwnRange {
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

/** The CRC-64/NVME of a range of a file on the disk. Rejects soon after the signal. */
export async function checksumOfRange(
  digests: FileDigests,
  { path, start, size }: OwnRange,
  signal: AbortSignal,
): Promise<string> {
  const pieces: Array<{ crc64nvme: string; size: number }> = [];
  for (let done = 0; done === 0 || done < size; done += readBackBytes) {
    const range = { path, start: start + done, size: Math.min(readBackBytes, size - done) };
    pieces.push({ crc64nvme: await digestOfOwn(digests, range, 'crc64nvme', signal), size: range.size });
  }
  return digests.combineCrc64(pieces);
}

async function digestOfOwn(
  digests: FileDigests,
  { path, start, size }: OwnRange,
  name: DigestName,
  signal: AbortSignal,
): Promise<string> {
  const digest = digests.digest(path, { start, size }, [name], signal).catch((error: unknown) => {
    throw ofDisk(error);
  });
  return (await unlessAborted(signal, digest))[name] ?? '';
}

/** Whoever digests speaks of the video that is sent. This is a file of the disk, and the video is as it was. */
function ofDisk(error: unknown): unknown {
  if (!(error instanceof UploadError)) return error;
  if (error.code === 'source-changed') return badDigest();
  const isOurs = error.code === 'source-missing' || error.code === 'source-unreadable';
  return isOurs ? new UploadError('disk-missing', { cause: error.facts.cause }) : error;
}
