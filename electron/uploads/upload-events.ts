import type { AppError } from '../../shared/errors.ts';
import type {
  ConflictRule,
  DeletionKind,
  ExistingObject,
  LocalFileState,
  UploadNotice,
  Verification,
  WaitReason,
} from '../../shared/upload.ts';
import type { UploadRecord } from './upload-record.ts';

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
   * the key no longer counts as the result; `mayReplace` says that it bears the old token, and nobody has to be asked.
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

export type EventType = UploadEvent['type'];
export type EventOf<E extends EventType> = Extract<UploadEvent, { readonly type: E }>;
