import type { Upload } from '../../shared/upload.ts';
import { isPending, uploadedBytesOf } from '../../shared/upload.ts';
import { isVerified } from './upload-status.ts';

/** The whole queue in a few numbers. */
export interface TotalNumbers {
  /** Without what was skipped or deleted: nobody waits for it to be sent. */
  readonly all: number;
  readonly completed: number;
  /** Of the completed ones, those whose object was looked at. */
  readonly verified: number;
  readonly failed: number;
  readonly paused: number;
  readonly pending: number;
  /** Null while nothing moves. */
  readonly bytesPerSecond: number | null;
  readonly etaSeconds: number | null;
  /** 0 to 1 over all bytes. */
  readonly share: number;
}

export function totalsOf(uploads: readonly Upload[]): TotalNumbers {
  let speed = 0;
  let left = 0;
  let done = 0;
  let whole = 0;
  let leftOut = 0;
  const counts = { completed: 0, verified: 0, failed: 0, paused: 0, pending: 0 };
  for (const upload of uploads) {
    if (upload.status === 'skipped' || upload.status === 'deleted') leftOut += 1;
    if (upload.status === 'skipped' || upload.status === 'deleted' || upload.status === 'canceling') continue;
    const bytes = uploadedBytesOf(upload);
    done += bytes;
    whole += upload.size;
    if (upload.status === 'uploading') speed += upload.bytesPerSecond ?? 0;
    if (isPending(upload)) {
      counts.pending += 1;
      left += upload.size - bytes;
    } else if (upload.status === 'completed' || upload.status === 'failed' || upload.status === 'paused') {
      counts[upload.status] += 1;
      if (isVerified(upload)) counts.verified += 1;
    }
  }
  return {
    all: uploads.length - leftOut,
    ...counts,
    bytesPerSecond: speed > 0 ? speed : null,
    etaSeconds: speed > 0 && left > 0 ? left / speed : null,
    share: whole > 0 ? Math.min(1, done / whole) : 0,
  };
}
