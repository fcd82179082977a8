import type { AppError } from './errors.ts';
import type { LimitInForce } from './schedule.ts';

/** Why an upload stands still although nobody paused it. */
export type WaitReason =
  /** The destination cannot be reached; goes on by itself when it can. */
  | 'offline'
  /** A passing failure; tried again at `retryAt`. */
  | 'backoff'
  /** The destination asked us to slow down; tried again at `retryAt`. */
  | 'rate-limited'
  /** The source file is not there; goes on by itself when it is back. */
  | 'source'
  /** The destination refuses everything (key, bucket, permission) until a person mends it. */
  | 'destination'
  /** The weekly schedule allows nothing now; goes on at `retryAt`. */
  | 'schedule'
  /** Another program is still writing the file; goes on by itself when nothing of it has moved for ten seconds. */
  | 'growing';

/**
 * What was proved about a completed object. Each level includes the ones before it.
 *
 * - `parts`: the server checked everything that it took against our checksum; the credentials may not look at the object.
 * - `size`: also, by HEAD: size, type and our upload token are right.
 * - `object`: also: the object's ETag is the one that exactly these parts in this order must have.
 * - `checksum`: also: the server's own checksum over the whole object (CRC-64/NVME) is the one of the file.
 */
export const verificationLevels = ['parts', 'size', 'object', 'checksum'] as const;
export type Verification = (typeof verificationLevels)[number];

/** Something a person should know about the way an upload has taken. */
export const uploadNotices = [
  'restarted-expired',
  'restarted-mismatch',
  /** The server threw the parts away because another object took the key in the last moment (R2 does). */
  'restarted-overtaken',
  'rebuilt-from-server',
  /** The key was taken at the destination, so the video goes under another one. */
  'renamed',
  /** The file's content lies with a cloud service and has to be fetched while it is read. */
  'cloud-placeholder',
] as const;
export type UploadNotice = (typeof uploadNotices)[number];

/**
 * What is to happen when another object stands under the key: ask, leave it and do not send, put ours in its place, send
 * ours under another key, or compare (same content: it is there already; else ask).
 */
export const conflictRules = ['ask', 'skip', 'replace', 'rename', 'compare'] as const;
export type ConflictRule = (typeof conflictRules)[number];

/** What stands under a key that an upload wants. */
export interface ExistingObject {
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds; null where the server does not say. */
  readonly modifiedAt: number | null;
}

/** What became of the file on this computer after its upload. `no-trash`: its volume has none, a person decides. */
export const localFileStates = ['kept', 'trashed', 'deleted', 'no-trash'] as const;
export type LocalFileState = (typeof localFileStates)[number];

/** A deleted object in a bucket with versions is hidden: its bytes are still kept, and paid for. */
export const deletionKinds = ['erased', 'hidden'] as const;
export type DeletionKind = (typeof deletionKinds)[number];

interface UploadBase {
  /** Ours (UUID). S3's own id of a multipart upload is called `uploadId` and stays in the engine. */
  readonly id: string;
  /** The source file's name, without its folder. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Object key; can be edited until the upload has begun. */
  readonly key: string;
  readonly keyEditable: boolean;
  readonly destinationId: string;
  /** Epoch milliseconds. */
  readonly addedAt: number;
  readonly notice: UploadNotice | null;
  /** Uploads of one file to several destinations share it: one row in the window. Null for a single one. */
  readonly groupId: string | null;
  /**
   * The copy in the holding folder, where the destination has been down for a while: being made, kept, or not made
   * because the disk has no room for it.
   */
  readonly holding: 'copying' | 'kept' | 'no-room' | null;
}

/** What a row of the list shows. A union by status, so that combinations that cannot be do not compile. */
export type Upload = UploadBase &
  (
    | { readonly status: 'queued'; readonly uploadedBytes: number }
    | {
        readonly status: 'uploading';
        /** Confirmed by the server, or on the way. */
        readonly uploadedBytes: number;
        /** Bytes of the parts that the server has confirmed; the rest of `uploadedBytes` is on the way. */
        readonly confirmedBytes: number;
        /** Bytes per second at even distances over the whole run so far, oldest first; at most 60. */
        readonly speeds: readonly number[];
        /** Parts that are sent again, and why; null while everything goes well. */
        readonly resending: { readonly parts: number; readonly error: AppError } | null;
        /** From a sliding window; null until there is enough to say. */
        readonly bytesPerSecond: number | null;
        readonly etaSeconds: number | null;
        /** Days and hours left before the server drops an unfinished upload; epoch milliseconds, null where unknown. */
        readonly expiresAt: number | null;
      }
    | {
        readonly status: 'waiting';
        readonly uploadedBytes: number;
        readonly reason: WaitReason;
        /** Epoch milliseconds; null where something else than time ends the wait. */
        readonly retryAt: number | null;
        readonly error: AppError;
      }
    | { readonly status: 'paused'; readonly uploadedBytes: number }
    | { readonly status: 'completing'; readonly uploadedBytes: number }
    | {
        readonly status: 'completed';
        readonly completedAt: number;
        readonly verification: Verification;
        /** The same content stood there already: nothing was sent. */
        readonly wasThere: boolean;
        readonly localFile: LocalFileState;
      }
    | {
        readonly status: 'failed';
        readonly uploadedBytes: number;
        readonly error: AppError;
        /** With `object-exists`: the object that stands in the way. */
        readonly existing: ExistingObject | null;
      }
    /** Another object has the key, and the rule is to leave it. */
    | { readonly status: 'skipped'; readonly existing: ExistingObject | null }
    /** The object was deleted at the destination; the row remembers that it was there. */
    | { readonly status: 'deleted'; readonly deletedAt: number; readonly deletion: DeletionKind }
    | { readonly status: 'canceling' }
  );

export type UploadStatus = Upload['status'];

/** How a destination is, as the queue sees it. */
export interface DestinationState {
  readonly id: string;
  readonly state: 'ready' | 'offline' | 'blocked';
  /** Set when blocked or offline. */
  readonly error: AppError | null;
}

/** The line that all uploads share. */
export interface LineState {
  /** Bytes per second of the last minutes at even distances, oldest first; at most 120. Empty while nothing was sent. */
  readonly speeds: readonly number[];
  readonly limit: LimitInForce;
  /** Others on the line had to wait, so the uploads go slower than they could. */
  readonly isGivingWay: boolean;
  /** Parts in flight now. */
  readonly connections: number;
}

/** The whole truth in one message; the mirror in the window keeps the one with the higher revision. */
export interface UploadList {
  readonly revision: number;
  readonly uploads: readonly Upload[];
  readonly destinations: readonly DestinationState[];
  readonly line: LineState;
  /** Records that the journal could not read and set aside; their uploads are not in the list. */
  readonly setAside: number;
}

/** Button and command ask the same functions, so they cannot disagree. */
export const canPause = (upload: Upload): boolean =>
  upload.status === 'queued' || upload.status === 'uploading' || upload.status === 'waiting';
export const canResume = (upload: Upload): boolean => upload.status === 'paused';
export const canRetry = (upload: Upload): boolean =>
  upload.status === 'failed' || upload.status === 'skipped' || (upload.status === 'waiting' && upload.reason !== 'growing');
/** Nothing of it goes on any more. */
export const isEnded = (upload: Upload): boolean =>
  upload.status === 'completed' || upload.status === 'skipped' || upload.status === 'deleted';
export const canCancel = (upload: Upload): boolean =>
  !isEnded(upload) && upload.status !== 'completing' && upload.status !== 'canceling';
export const canRemove = isEnded;
export const canCopyLink = (upload: Upload): boolean => upload.status === 'completed';
/** A file that went missing or changed: the person may show where it is now. */
export const canLocate = (upload: Upload): boolean =>
  (upload.status === 'waiting' && upload.reason === 'source') ||
  (upload.status === 'failed' && upload.error.code === 'source-changed');
/** Another object is in the way, and a person says what is to happen. */
export const canSettleConflict = (upload: Upload): boolean =>
  upload.status === 'skipped' || (upload.status === 'failed' && upload.error.code === 'object-exists');
export const canSendElsewhere = (upload: Upload): boolean => canCancel(upload) || upload.status === 'skipped';
export const canDeleteObject = (upload: Upload): boolean => upload.status === 'completed';
/** Work that a quit would interrupt. */
export const isPending = (upload: Upload): boolean =>
  upload.status === 'queued' ||
  upload.status === 'uploading' ||
  upload.status === 'waiting' ||
  upload.status === 'completing';

/** Bytes that have arrived, whatever the status. */
export function uploadedBytesOf(upload: Upload): number {
  if (upload.status === 'completed' || upload.status === 'deleted') return upload.size;
  return upload.status === 'canceling' || upload.status === 'skipped' ? 0 : upload.uploadedBytes;
}
