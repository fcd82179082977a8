import { type AppError, assertNever } from '../../shared/errors.ts';
import type { UploadNotice, Verification, WaitReason } from '../../shared/upload.ts';
import { type RecordState, type UploadRecord, isKeyFrozen } from './upload-record.ts';

/** Everything that can happen to an upload. */
export type UploadEvent =
  | { readonly type: 'app-started' }
  | { readonly type: 'started' }
  | { readonly type: 'creating'; readonly since: number }
  | {
      readonly type: 'created';
      readonly uploadId: string;
      readonly partSize: number;
      readonly checksum: 'crc64nvme' | 'sha256';
      readonly createdAt: number;
      readonly expiresAt: number | null;
    }
  | { readonly type: 'putting'; readonly since: number }
  /**
   * What the server had is of no use any more: begin with nothing, and say why. With a new `token` what stands under
   * the key no longer counts as the result; `mayReplace` says that it is our own and nobody has to be asked.
   */
  | {
      readonly type: 'restarted';
      readonly notice: UploadNotice | null;
      readonly token: string | null;
      readonly mayReplace: boolean;
    }
  | { readonly type: 'progressed' }
  | { readonly type: 'completing' }
  | {
      readonly type: 'completed';
      readonly at: number;
      readonly etag: string;
      readonly crc64nvme: string | null;
      readonly verification: Verification;
    }
  | {
      readonly type: 'waited';
      /** The schedule's wait is no state: it follows from the clock. */
      readonly reason: Exclude<WaitReason, 'schedule'>;
      readonly retryAt: number | null;
      readonly error: AppError;
      readonly spendsAttempt: boolean;
    }
  /** The reason for waiting is over. */
  | { readonly type: 'woken' }
  | { readonly type: 'failed'; readonly error: AppError }
  | { readonly type: 'pause-asked' }
  | { readonly type: 'resume-asked' }
  | { readonly type: 'retry-asked' }
  | { readonly type: 'cancel-asked' }
  | { readonly type: 'replace-allowed' }
  | { readonly type: 'key-set'; readonly key: string }
  | { readonly type: 'source-set'; readonly source: UploadRecord['source'] }
  | { readonly type: 'moved'; readonly position: number };

const queued: RecordState = { status: 'queued' };

/**
 * The whole state machine: the record after the event, or the very same record when the event means nothing in its
 * state (a button pressed a moment too late is not an error).
 */
export function next(record: UploadRecord, event: UploadEvent): UploadRecord {
  const state = nextState(record, event);
  switch (event.type) {
    case 'creating':
      return { ...record, transfer: { kind: 'creating', since: event.since } };
    case 'created': {
      const { uploadId, partSize, checksum, createdAt, expiresAt } = event;
      return { ...record, transfer: { kind: 'multipart', uploadId, partSize, checksum, createdAt, expiresAt } };
    }
    case 'putting':
      return { ...record, transfer: { kind: 'single', since: event.since } };
    case 'restarted':
      return {
        ...record,
        state,
        transfer: { kind: 'none' },
        notice: event.notice ?? record.notice,
        uploadToken: event.token ?? record.uploadToken,
        onConflict: event.mayReplace ? 'replace' : record.onConflict,
        resends: record.resends + (event.notice === 'restarted-mismatch' ? 1 : 0),
      };
    case 'progressed':
      return record.attempts === 0 ? record : { ...record, attempts: 0 };
    case 'waited':
      return state === record.state
        ? record
        : { ...record, state, attempts: record.attempts + (event.spendsAttempt ? 1 : 0) };
    case 'resume-asked':
    case 'retry-asked':
      return state === record.state ? record : { ...record, state, attempts: 0, resends: 0 };
    case 'replace-allowed':
      return { ...record, state, onConflict: 'replace' };
    case 'key-set':
      return isKeyFrozen(record) ? record : { ...record, state, key: event.key };
    case 'source-set':
      return { ...record, state, source: event.source };
    case 'moved':
      return { ...record, position: event.position };
    case 'app-started':
    case 'started':
    case 'completing':
    case 'completed':
    case 'woken':
    case 'failed':
    case 'pause-asked':
    case 'cancel-asked':
      return state === record.state ? record : { ...record, state };
    default:
      return assertNever(event);
  }
}

function completedState(event: Extract<UploadEvent, { type: 'completed' }>): RecordState {
  const { at, etag, crc64nvme, verification } = event;
  return { status: 'completed', completedAt: at, etag, crc64nvme, verification };
}

/** The state alone. Returns the given state (same object) when the event does not change it. */
function nextState({ state }: UploadRecord, event: UploadEvent): RecordState {
  const { status } = state;
  const isRunning = status === 'uploading' || status === 'completing';
  switch (event.type) {
    case 'app-started':
      // Nothing is in flight after a start. `completing` stays: it tells the run to look at the object first.
      return status === 'uploading' || status === 'waiting' ? queued : state;
    case 'started':
      return status === 'queued' ? { status: 'uploading' } : state;
    case 'restarted':
      return status === 'completing' ? { status: 'uploading' } : state;
    case 'completing':
      return status === 'uploading' ? { status: 'completing' } : state;
    case 'completed':
      // It may arrive in the very moment of a pause or a cancel; that it is there is the truth.
      return isRunning || status === 'canceling' || status === 'paused'
        ? completedState(event)
        : state;
    case 'waited': {
      const { reason, retryAt, error } = event;
      // A pause or cancel that came while the failure was under way is the later word.
      return isRunning || status === 'queued' || status === 'waiting'
        ? { status: 'waiting', reason, retryAt, error }
        : state;
    }
    case 'woken':
      return status === 'waiting' ? queued : state;
    case 'failed':
      return isRunning || status === 'queued' || status === 'waiting' ? { status: 'failed', error: event.error } : state;
    case 'pause-asked':
      return status === 'queued' || status === 'uploading' || status === 'waiting' ? { status: 'paused' } : state;
    case 'resume-asked':
      return status === 'paused' ? queued : state;
    case 'retry-asked':
      return status === 'failed' || status === 'waiting' ? queued : state;
    case 'cancel-asked':
      return status === 'completed' || status === 'completing' || status === 'canceling'
        ? state
        : { status: 'canceling' };
    case 'replace-allowed':
    case 'key-set':
    case 'source-set':
      // Each of them answers what the upload stood still for.
      return status === 'failed' || status === 'waiting' ? queued : state;
    case 'creating':
    case 'created':
    case 'putting':
    case 'progressed':
    case 'moved':
      return state;
    default:
      return assertNever(event);
  }
}
