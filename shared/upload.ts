import type { AppError } from './errors.ts';

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
  | 'destination';

/** What was proved about a completed object. Each level includes the ones before it. */
export type Verification =
  /** The server checked the signed SHA-256 of everything that it took; the credentials may not look at the object. */
  | 'parts'
  /** Also, by HEAD: size, type and our upload token are right. */
  | 'size'
  /** Also: the object's ETag is the one that exactly these parts in this order must have. */
  | 'object';

/** Something a person should know about the way an upload has taken. */
export type UploadNotice = 'restarted-expired' | 'restarted-mismatch' | 'rebuilt-from-server';

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
}

/** What a row of the list shows. A union by status, so that combinations that cannot be do not compile. */
export type Upload = UploadBase &
  (
    | { readonly status: 'queued'; readonly uploadedBytes: number }
    | {
        readonly status: 'uploading';
        readonly uploadedBytes: number;
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
    | { readonly status: 'completed'; readonly completedAt: number; readonly verification: Verification }
    | { readonly status: 'failed'; readonly uploadedBytes: number; readonly error: AppError }
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

/** The whole truth in one message; the mirror in the window keeps the one with the higher revision. */
export interface UploadList {
  readonly revision: number;
  readonly uploads: readonly Upload[];
  readonly destinations: readonly DestinationState[];
  /** Records that the journal could not read and set aside; their uploads are not in the list. */
  readonly setAside: number;
}

/** Button and command ask the same functions, so they cannot disagree. */
export const canPause = (upload: Upload): boolean =>
  upload.status === 'queued' || upload.status === 'uploading' || upload.status === 'waiting';
export const canResume = (upload: Upload): boolean => upload.status === 'paused';
export const canRetry = (upload: Upload): boolean => upload.status === 'failed' || upload.status === 'waiting';
export const canCancel = (upload: Upload): boolean =>
  upload.status !== 'completed' && upload.status !== 'completing' && upload.status !== 'canceling';
export const canRemove = (upload: Upload): boolean => upload.status === 'completed';
export const canCopyLink = (upload: Upload): boolean => upload.status === 'completed';
/** A file that went missing or changed: the person may show where it is now. */
export const canLocate = (upload: Upload): boolean =>
  (upload.status === 'waiting' && upload.reason === 'source') ||
  (upload.status === 'failed' && upload.error.code === 'source-changed');
/** Work that a quit would interrupt. */
export const isPending = (upload: Upload): boolean =>
  upload.status === 'queued' ||
  upload.status === 'uploading' ||
  upload.status === 'waiting' ||
  upload.status === 'completing';

/** Bytes that have arrived, whatever the status. */
export function uploadedBytesOf(upload: Upload): number {
  if (upload.status === 'completed') return upload.size;
  return upload.status === 'canceling' ? 0 : upload.uploadedBytes;
}
