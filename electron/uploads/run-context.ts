import type { Lane } from './lane.ts';
import type { Clock, FileDigests, ObjectStorage, SourceFiles, StoredPart, UploadLog } from './ports.ts';
import type { UploadError } from './upload-error.ts';
import type { UploadRecord } from './upload-record.ts';
import type { UploadEvent } from './upload-events.ts';

/** How uploads are cut and how many go at once. */
export interface TransferSettings {
  /**
   * Bytes; wanted size of a part, grown where a file needs more than the provider's number of parts. `auto` goes by
   * file and link.
   */
  readonly partSize: number | 'auto';
  /** Bytes; up to here one PutObject. */
  readonly multipartThreshold: number;
}

/** What one run of one upload works with. The record is read afresh after every commit. */
export interface RunContext {
  readonly storage: ObjectStorage;
  readonly files: SourceFiles;
  readonly digests: FileDigests;
  readonly clock: Clock;
  readonly log: UploadLog;
  /** The way to the destination, shared by all files that go there: permits for requests with a body, and limits. */
  readonly lane: Lane;
  readonly settings: TransferSettings;
  readonly signal: AbortSignal;
  /** For an object that is to be told from one that we made before. */
  readonly newToken: () => string;
  readonly record: () => UploadRecord;
  /** Whether another unfinished upload to the same destination wants the key. */
  readonly isKeyTaken: (key: string) => boolean;
  /** Parts that the journal remembers: a hint, the server has the last word. */
  readonly knownParts: () => ReadonlyMap<number, StoredPart>;
  /** Journals, then publishes. */
  readonly commit: (event: UploadEvent) => Promise<void>;
  /** Begins an empty list of parts for the multipart upload just committed. */
  readonly beginParts: () => Promise<void>;
  readonly addPart: (part: StoredPart) => Promise<void>;
  /** `uploadedBytes`: confirmed or on their way. */
  readonly onProgress: (progress: { readonly uploadedBytes: number; readonly confirmedBytes: number }) => void;
  /** Everything of this upload waits for a retry (or, null, moves again). */
  readonly onRetrying: (wait: { readonly error: UploadError; readonly retryAt: number } | null) => void;
  /** Some parts are being sent again, and why. */
  readonly onResending: (again: { readonly parts: number; readonly error: UploadError } | null) => void;
  /** The last parts are on their way: there are permits that this upload has no use for. */
  readonly onDraining: () => void;
}
