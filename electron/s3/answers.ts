import { UploadError } from '../uploads/upload-error.ts';
import { toUploadError } from './s3-errors.ts';

/** Runs a request; whatever it throws comes out as the engine's error. */
export async function translated<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw toUploadError(error, signal);
  }
}

/** A success without what it must bring is none; what it did is unknown. */
export function required(value: string | undefined): string {
  if (value === undefined || value === '') throw new UploadError('unexpected-answer', { isUnclear: true });
  return value;
}

export const unquoted = (etag: string | undefined): string | undefined => etag?.replaceAll('"', '');

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  return (error.$metadata as { httpStatusCode?: number }).httpStatusCode;
}
