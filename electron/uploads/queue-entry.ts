import { type AppError, assertNever } from '../../shared/errors.ts';
import type { DestinationState, Upload } from '../../shared/upload.ts';
import { type SpeedWindow, addSample, bytesPerSecond, etaSeconds } from './speed.ts';
import { type UploadRecord, isKeyFrozen } from './upload-record.ts';
import type { StoredPart } from './ports.ts';

/** A wait that is shown and not journaled: it ends with the process. */
export interface LiveWait {
  readonly error: AppError;
  readonly retryAt: number;
}

/** One upload in the queue: its durable record, and what is only true while this process lives. */
export interface QueueEntry {
  record: UploadRecord;
  parts: Map<number, StoredPart>;
  run: { readonly controller: AbortController; readonly settled: Promise<void> } | null;
  /** Bytes that have arrived or are on their way in this run. */
  liveBytes: number;
  /** What the window was told; it never falls within a run. */
  shownBytes: number;
  speed: SpeedWindow;
  /** Every part of the run waits for its next try. */
  retrying: LiveWait | null;
  /** The journal could not be written: nothing may happen to this upload that it would not remember. */
  journalTrouble: LiveWait | null;
  /** Commits of one record happen one after the other. */
  commits: Promise<unknown>;
}

export function newEntry(record: UploadRecord, parts: readonly StoredPart[]): QueueEntry {
  const bytes = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    record,
    parts: new Map(parts.map((part) => [part.partNumber, part])),
    run: null,
    liveBytes: bytes,
    shownBytes: bytes,
    speed: [],
    retrying: null,
    journalTrouble: null,
    commits: Promise.resolve(),
  };
}

/** Nothing is in flight any more: only what has arrived counts. */
export function settleProgress(entry: QueueEntry): void {
  const isWhole = entry.record.state.status === 'completed' || entry.record.state.status === 'completing';
  let bytes = isWhole ? entry.record.source.size : 0;
  if (!isWhole) for (const part of entry.parts.values()) bytes += part.size;
  entry.liveBytes = bytes;
  entry.shownBytes = bytes;
  entry.speed = [];
  entry.retrying = null;
}

/** Notes progress of a run. The speed follows what really happens, the bar only what is new. */
export function noteProgress(entry: QueueEntry, uploadedBytes: number, now: number): void {
  entry.liveBytes = uploadedBytes;
  entry.shownBytes = Math.max(entry.shownBytes, uploadedBytes);
  entry.speed = addSample(entry.speed, now, uploadedBytes);
}

/** The row that the window shows. `destination`: what is wrong with it, if anything. */
export function toUpload(entry: QueueEntry, now: number, destination?: DestinationState): Upload {
  const { record } = entry;
  const base = {
    id: record.id,
    name: record.source.name,
    size: record.source.size,
    key: record.key,
    keyEditable: !isKeyFrozen(record) && record.state.status !== 'completed',
    destinationId: record.destinationId,
    addedAt: record.addedAt,
    notice: record.notice,
  };
  const uploadedBytes = Math.min(entry.shownBytes, record.source.size);
  const { status } = record.state;
  const isAtWork = status === 'queued' || status === 'uploading' || status === 'completing' || status === 'waiting';
  const trouble = entry.journalTrouble ?? (status === 'uploading' ? entry.retrying : null);
  if (trouble !== null && isAtWork) {
    return { ...base, status: 'waiting', uploadedBytes, reason: 'backoff', ...trouble };
  }
  const { state } = record;
  switch (state.status) {
    case 'uploading': {
      const speed = bytesPerSecond(entry.speed, now);
      return {
        ...base,
        status: 'uploading',
        uploadedBytes,
        bytesPerSecond: speed,
        etaSeconds: etaSeconds(record.source.size - uploadedBytes, speed),
        expiresAt: record.transfer.kind === 'multipart' ? record.transfer.expiresAt : null,
      };
    }
    case 'waiting':
      return { ...base, uploadedBytes, ...state, error: plainError(state.error) };
    case 'failed':
      return { ...base, status: 'failed', uploadedBytes, error: plainError(state.error) };
    case 'completed':
      return {
        ...base,
        status: 'completed',
        completedAt: state.completedAt,
        verification: state.verification,
      };
    case 'queued':
      // Its turn would come, but nothing goes to that destination now: the same as for those that found out.
      if (destination !== undefined && destination.error !== null) {
        const reason = destination.state === 'offline' ? 'offline' : 'destination';
        return { ...base, status: 'waiting', uploadedBytes, reason, retryAt: null, error: destination.error };
      }
      return { ...base, status: 'queued', uploadedBytes };
    case 'paused':
    case 'completing':
      return { ...base, status: state.status, uploadedBytes };
    case 'canceling':
      return { ...base, status: 'canceling' };
    default:
      return assertNever(state);
  }
}

/** zod makes `detail` possibly undefined; the contract says present or absent. */
function plainError(error: { readonly code: AppError['code']; readonly detail?: string | undefined }): AppError {
  return error.detail === undefined ? { code: error.code } : { code: error.code, detail: error.detail };
}
