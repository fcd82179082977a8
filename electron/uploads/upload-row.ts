import { type AppError, assertNever } from '../../shared/errors.ts';
import type { DestinationState, Upload } from '../../shared/upload.ts';
import type { QueueEntry } from './queue-entry.ts';
import { bytesPerSecond, etaSeconds } from './speed.ts';
import { isKeyFrozen } from './upload-record.ts';

/** What a row depends on besides its own entry. */
export interface Surroundings {
  readonly now: number;
  /** What is wrong with the destination, if anything. */
  readonly destination: DestinationState | undefined;
  /** Until when the schedule lets nothing out, epoch ms; null while it does. */
  readonly closedUntil: number | null;
}

/** The row that the window shows. */
export function toUpload(entry: QueueEntry, { now, destination, closedUntil }: Surroundings): Upload {
  const { record } = entry;
  const base = {
    id: record.id,
    name: record.source.name,
    size: record.source.size,
    key: record.key,
    keyEditable: !isKeyFrozen(record),
    destinationId: record.destinationId,
    addedAt: record.addedAt,
    notice: record.notice,
    groupId: record.groupId,
    holding: record.held === null ? entry.holding : 'kept',
  } as const;
  const uploadedBytes = Math.min(entry.shownBytes, record.source.size);
  const wait = liveWait(entry, closedUntil);
  if (wait !== null) return { ...base, status: 'waiting', uploadedBytes, ...wait };
  const { state } = record;
  switch (state.status) {
    case 'uploading':
      return { ...base, status: 'uploading', uploadedBytes, ...movement(entry, uploadedBytes, now) };
    case 'waiting': {
      // Whoever wrote the file has taken it away: for a person it is missing like any other.
      const isGone = state.reason === 'growing' && state.error.code === 'source-missing';
      return { ...base, uploadedBytes, ...state, reason: isGone ? 'source' : state.reason, error: plainError(state.error) };
    }
    case 'failed':
      return { ...base, status: 'failed', uploadedBytes, error: plainError(state.error), existing: state.existing };
    case 'skipped':
    case 'deleted':
      return { ...base, ...state };
    case 'completed':
      return {
        ...base,
        status: 'completed',
        completedAt: state.completedAt,
        verification: state.verification,
        wasThere: state.wasThere,
        localFile: state.localFile,
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

/** How an upload that runs fares. */
function movement(entry: QueueEntry, uploadedBytes: number, now: number) {
  const { record, run, resending, speed: window } = entry;
  const speed = bytesPerSecond(window, now);
  return {
    confirmedBytes: Math.min(entry.confirmedBytes, uploadedBytes),
    speeds: run?.history.points ?? [],
    resending,
    bytesPerSecond: speed,
    etaSeconds: etaSeconds(record.source.size - uploadedBytes, speed),
    expiresAt: record.transfer.kind === 'multipart' ? record.transfer.expiresAt : null,
  };
}

/** What an upload at work waits for without its record knowing: it ends with the process, or follows from the clock. */
function liveWait(
  { record, run, journalTrouble, retrying }: QueueEntry,
  closedUntil: number | null,
): Pick<Extract<Upload, { status: 'waiting' }>, 'reason' | 'retryAt' | 'error'> | null {
  const { status } = record.state;
  const isDue = status === 'queued' || status === 'uploading' || status === 'completing';
  const trouble = journalTrouble ?? (status === 'uploading' || status === 'completing' ? retrying : null);
  if (trouble !== null && (isDue || status === 'waiting')) return { reason: 'backoff', ...trouble };
  if (closedUntil === null || run !== null || !isDue) return null;
  const retryAt = Number.isFinite(closedUntil) ? closedUntil : null;
  return { reason: 'schedule', retryAt, error: { code: 'outside-schedule' } };
}

/** zod makes `detail` possibly undefined; the contract says present or absent. */
export function plainError(error: { readonly code: AppError['code']; readonly detail?: string | undefined }): AppError {
  return error.detail === undefined ? { code: error.code } : { code: error.code, detail: error.detail };
}
