import type { ErrorCode } from '../../shared/errors.ts';
import { UploadError } from '../uploads/upload-error.ts';

/** The system's errors in the engine's words. What is not here is a fault of ours. */
const bySystemCode: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'disk-read-only',
  EACCES: 'disk-read-only',
  EPERM: 'disk-read-only',
  EFBIG: 'disk-file-limit',
  ENAMETOOLONG: 'invalid-key',
  EILSEQ: 'invalid-key',
  // Not there any more: unplugged, unmounted, the network drive or its driver gone.
  ENOENT: 'disk-missing',
  ENOTDIR: 'disk-missing',
  ENODEV: 'disk-missing',
  ENXIO: 'disk-missing',
  ESTALE: 'disk-missing',
  ENOTCONN: 'disk-missing',
  EHOSTDOWN: 'disk-missing',
  EHOSTUNREACH: 'disk-missing',
  // What a stick answers that was pulled out while it was written to. A dying disk answers the same: the video waits for
  // a disk in either case, and is not said to have failed.
  EIO: 'disk-missing',
  ETIMEDOUT: 'timeout',
  // Passing: somebody else is at it, or this computer is short of something.
  EBUSY: 'server-error',
  ETXTBSY: 'server-error',
  EAGAIN: 'server-error',
  EMFILE: 'server-error',
  ENFILE: 'server-error',
  ENOMEM: 'server-error',
};

/** `ENOENT` and its like; null where the error is none of the system's. */
export function systemCode(error: unknown): string | null {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : null;
}

/** Nothing has this name, or what should be a folder on the way to it is a file. */
export const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');

export function toDiskError(error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  const cause = error;
  return new UploadError(bySystemCode[systemCode(error) ?? ''] ?? 'internal', { cause });
}

/** Does the work; whatever it throws comes out as the engine's error, and an interruption as its own reason. */
export async function translated<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw signal.aborted ? signal.reason : toDiskError(error);
  }
}
