import { type AppError, assertNever } from '../../shared/errors.ts';
import type {
  ConflictRule,
  DeletionKind,
  ExistingObject,
  LocalFileState,
  UploadNotice,
  Verification,
  WaitReason,
} from '../../shared/upload.ts';
import { type RecordState, type UploadRecord, isGrowing, isKeyFrozen } from './upload-record.ts';

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
      /** Set when the same content stood there already: the mark of whoever sent it, or null. */
      readonly was?: { readonly token: string | null };
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
  | { readonly type: 'failed'; readonly error: AppError; readonly existing?: ExistingObject | undefined }
  | { readonly type: 'pause-asked' }
  | { readonly type: 'resume-asked' }
  | { readonly type: 'retry-asked' }
  | { readonly type: 'cancel-asked' }
  /** Another object has the key, and this is what is to happen. */
  | { readonly type: 'conflict-settled'; readonly rule: ConflictRule }
  | { readonly type: 'skipped'; readonly existing: ExistingObject | null }
  /** The key was taken: another one, although the server may have heard of the first. */
  | { readonly type: 'renamed'; readonly key: string }
  | { readonly type: 'key-set'; readonly key: string }
  /** To another destination, from the start. */
  | {
      readonly type: 'retargeted';
      readonly destinationId: string;
      readonly key: string;
      readonly token: string;
      readonly rule: ConflictRule;
    }
  /** A copy in the holding folder is the source from now on; or the file's own place is, again. */
  | { readonly type: 'held'; readonly path: string; readonly mtimeMs: number; readonly at: number }
  | { readonly type: 'released' }
  | { readonly type: 'object-deleted'; readonly at: number; readonly deletion: DeletionKind }
  | { readonly type: 'local-file'; readonly state: LocalFileState }
  | { readonly type: 'source-set'; readonly source: UploadRecord['source'] }
  | { readonly type: 'moved'; readonly position: number };

const queued: RecordState = { status: 'queued' };
/** The row says so in its own words. */
const growing: RecordState = { status: 'waiting', reason: 'growing', retryAt: null, error: { code: 'source-growing' } };

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
        notice: noticeOf(record, event.notice),
        wasOvertaken: false,
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
    case 'failed':
      return state === record.state ? record : { ...record, state, wasOvertaken: isOvertaken(record, event.error) };
    case 'conflict-settled':
      return { ...record, state, onConflict: event.rule };
    case 'key-set':
      return isKeyFrozen(record) ? record : { ...record, state, key: event.key };
    case 'renamed':
      return { ...record, key: event.key, notice: 'renamed' };
    case 'retargeted': {
      const { destinationId, key, token, rule } = event;
      const fresh = { transfer: { kind: 'none' }, attempts: 0, resends: 0, wasOvertaken: false } as const;
      return { ...record, ...fresh, state, destinationId, key, uploadToken: token, onConflict: rule };
    }
    case 'source-set':
      return { ...record, state, source: event.source };
    case 'held': {
      const { path, mtimeMs } = record.source;
      if (record.held !== null) return record;
      return { ...record, held: { path, mtimeMs, at: event.at }, source: { ...record.source, path: event.path, mtimeMs: event.mtimeMs } };
    }
    case 'released': {
      if (record.held === null) return record;
      const { path, mtimeMs } = record.held;
      return { ...record, held: null, source: { ...record.source, path, mtimeMs } };
    }
    case 'moved':
      return { ...record, position: event.position };
    case 'app-started':
    case 'started':
    case 'completing':
    case 'completed':
    case 'woken':
    case 'skipped':
    case 'object-deleted':
    case 'local-file':
    case 'pause-asked':
    case 'cancel-asked':
      return state === record.state ? record : { ...record, state };
    default:
      return assertNever(event);
  }
}

function completedState(event: Extract<UploadEvent, { type: 'completed' }>): RecordState {
  const { at, etag, crc64nvme, verification, was } = event;
  const origin = { wasThere: was !== undefined, token: was?.token ?? null };
  return { status: 'completed', completedAt: at, etag, crc64nvme, verification, ...origin, localFile: 'kept' };
}

/** What R2 does to the parts when another object came first is said as what it is, and not as their having expired. */
function noticeOf({ notice, wasOvertaken }: UploadRecord, told: UploadNotice | null): UploadNotice | null {
  return told === 'restarted-expired' && wasOvertaken ? 'restarted-overtaken' : (told ?? notice);
}

const isOvertaken = ({ state, transfer }: UploadRecord, error: AppError): boolean =>
  error.code === 'object-exists' && state.status === 'completing' && transfer.kind === 'multipart';

/** The state alone. Returns the given state (same object) when the event does not change it. */
function nextState(record: UploadRecord, event: UploadEvent): RecordState {
  const { state } = record;
  const { status } = state;
  const isRunning = status === 'uploading' || status === 'completing';
  /** Its turn comes; what is in a file that is still being written has to be known first. */
  const due = isGrowing(record) ? growing : queued;
  switch (event.type) {
    case 'app-started':
      // Nothing is in flight after a start. `completing` stays: it tells the run to look at the object first.
      return status === 'uploading' || status === 'waiting' ? due : state;
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
    case 'skipped':
      return isRunning ? { status: 'skipped', existing: event.existing } : state;
    case 'object-deleted':
      return status === 'completed' ? { status: 'deleted', deletedAt: event.at, deletion: event.deletion } : state;
    case 'local-file':
      return status === 'completed' ? { ...state, localFile: event.state } : state;
    case 'waited': {
      const { reason, retryAt, error } = event;
      // A pause or cancel that came while the failure was under way is the later word.
      return isRunning || status === 'queued' || status === 'waiting'
        ? { status: 'waiting', reason, retryAt, error }
        : state;
    }
    case 'woken':
      return status === 'waiting' && state.reason !== 'growing' ? queued : state;
    case 'failed':
      return isRunning || status === 'queued' || status === 'waiting'
        ? { status: 'failed', error: event.error, existing: event.existing ?? null }
        : state;
    case 'pause-asked':
      return status === 'queued' || status === 'uploading' || status === 'waiting' ? { status: 'paused' } : state;
    case 'resume-asked':
      return status === 'paused' ? due : state;
    case 'retry-asked':
      return status === 'failed' || status === 'skipped' || status === 'waiting' ? due : state;
    case 'cancel-asked':
      return status === 'completed' || status === 'completing' || status === 'canceling' || status === 'deleted'
        ? state
        : { status: 'canceling' };
    case 'conflict-settled':
      return status === 'failed' || status === 'skipped' ? due : state;
    case 'key-set':
      return status === 'failed' || status === 'waiting' ? due : state;
    case 'source-set':
      // What was written is known now, or the file was found again.
      return status === 'failed' || status === 'waiting' ? queued : state;
    case 'retargeted':
      return status === 'paused' ? state : due;
    case 'creating':
    case 'created':
    case 'putting':
    case 'progressed':
    case 'moved':
    case 'renamed':
    case 'held':
    case 'released':
      return state;
    default:
      return assertNever(event);
  }
}
