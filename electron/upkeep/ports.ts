import type { CorsRule } from '../../shared/cors.ts';
import type { CheckName, CheckResult } from '../../shared/doctor.ts';
import type { DeletionKind } from '../../shared/upload.ts';
import type { ObjectDescription } from '../uploads/ports.ts';

/** An object in a listing. */
export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds; null where the listing does not say. */
  readonly modifiedAt: number | null;
}

/** An object that is being read. Its pieces come once, in order. */
export interface ReadObject {
  readonly size: number;
  readonly contentType: string | null;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** An upload that was begun and not finished. */
export interface UnfinishedFound {
  readonly key: string;
  readonly uploadId: string;
  /** Epoch milliseconds, the server's clock; null where it does not say. */
  readonly initiatedAt: number | null;
}

/** The rules of a bucket for pages of other origins. Both reject with `access-denied` where the key may not. */
export interface CorsRules {
  /** Empty where there are none. */
  read(signal: AbortSignal): Promise<readonly CorsRule[]>;
  /** Replaces all of them. */
  write(rules: readonly CorsRule[], signal: AbortSignal): Promise<void>;
}

/** What a bucket does by itself with unfinished uploads. */
export interface LifecycleRules {
  /** Adds a rule that drops unfinished uploads under a prefix; all other rules stay as they are. Rejects with `access-denied`. */
  dropUnfinishedAfter(days: number, prefix: string, signal: AbortSignal): Promise<void>;
}

/** What is done to a destination besides uploading to it. Every method rejects with an UploadError and obeys its signal. */
export interface Upkeep {
  examination(): Examination;
  /** Null where the destination is none that pages ask (a disk). */
  readonly cors: CorsRules | null;
  readonly lifecycle: LifecycleRules | null;
  /** All unfinished uploads whose keys begin so. Rejects with `access-denied` where the key may not list them. */
  unfinished(prefix: string, signal: AbortSignal): Promise<readonly UnfinishedFound[]>;
  /**
   * `erased`, or `hidden` where the bucket keeps versions. Nothing happens where there is no such object; that it is gone
   * is for the caller to see.
   */
  deleteObject(key: string, signal: AbortSignal): Promise<DeletionKind>;
  /** The objects whose keys begin so, in the order of their keys. Rejects with `access-denied` where the key may not list. */
  list(prefix: string, signal: AbortSignal): AsyncIterable<ListedObject>;
  /** Rejects with `object-missing`. */
  read(key: string, signal: AbortSignal): Promise<ReadObject>;
  /** Makes an object of what is read; nothing is left of one that could not be written whole. */
  write(object: ObjectDescription, content: Writing): Promise<void>;
}

export interface Writing {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Fails with `object-exists` rather than replace another object, also one that comes while it is written. */
  readonly mustBeNew: boolean;
  readonly signal: AbortSignal;
  /** Bytes that have left so far; fewer when some have to be sent again. */
  readonly onSent: (bytes: number) => void;
  /** How a request that sends `size` bytes is watched and tried again: retry has one owner, which is not the writer. */
  readonly attempt: <T>(size: number, request: (signal: AbortSignal, onProgress: (sentBytes: number) => void) => Promise<T>) => Promise<T>;
}

/** What a check found out, where nothing was thrown. */
export type Finding = Pick<CheckResult, 'state'> &
  Partial<Pick<CheckResult, 'problem' | 'facts' | 'permission' | 'error'>> & {
    readonly state: 'passed' | 'warned' | 'failed' | 'skipped';
  };

/** One thing that the configuration check looks at. */
export interface Check {
  readonly name: CheckName;
  /**
   * Without these it cannot pass: it is skipped when one of them has failed, or was skipped for that reason. One that
   * found nothing to look at stands in nobody's way.
   */
  readonly needs: readonly CheckName[];
  /** The provider's word for what the key must be allowed to do: named when the request is refused. */
  readonly permission: string | null;
  /** Throws what its requests throw: that is a failure of the check. */
  run(signal: AbortSignal): Promise<Finding>;
}

/** The checks of one destination, for one time. They may leave things behind for each other. */
export interface Examination {
  readonly checks: readonly Check[];
  /** Removes whatever the checks have put there, also after an interruption. Asked again it does nothing. */
  cleanUp(signal: AbortSignal): Promise<void>;
}
