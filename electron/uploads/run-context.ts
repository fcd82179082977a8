import type { PartSlots } from './part-slots.ts';
import type { Clock, ObjectStorage, SourceFiles, StoredPart, UploadLog } from './ports.ts';
import type { UploadError } from './upload-error.ts';
import type { UploadRecord } from './upload-record.ts';
import type { UploadEvent } from './upload-transitions.ts';

/** How uploads are cut and how many go at once. */
export interface TransferSettings {
  /** Bytes; wanted size of a part, grown where a file needs more than the provider's number of parts. */
  readonly partSize: number;
  /** Bytes; up to here one PutObject. */
  readonly multipartThreshold: number;
}

/** What one run of one upload works with. The record is read afresh after every commit. */
export interface RunContext {
  readonly storage: ObjectStorage;
  readonly files: SourceFiles;
  readonly clock: Clock;
  readonly log: UploadLog;
  /** Permits for parts, shared by all files. */
  readonly slots: PartSlots;
  /** Permits for files that go in one request. */
  readonly wholeFileSlots: PartSlots;
  readonly settings: TransferSettings;
  readonly signal: AbortSignal;
  /** For an object that is to be told from one that we made before. */
  readonly newToken: () => string;
  readonly record: () => UploadRecord;
  /** Parts that the journal remembers: a hint, the server has the last word. */
  readonly knownParts: () => ReadonlyMap<number, StoredPart>;
  /** Journals, then publishes. */
  readonly commit: (event: UploadEvent) => Promise<void>;
  /** Begins an empty list of parts for the multipart upload just committed. */
  readonly beginParts: () => Promise<void>;
  readonly addPart: (part: StoredPart) => Promise<void>;
  /** Bytes that have arrived or are on their way. */
  readonly onProgress: (uploadedBytes: number) => void;
  /** Everything of this upload waits for a retry (or, null, moves again). */
  readonly onRetrying: (wait: { readonly error: UploadError; readonly retryAt: number } | null) => void;
}
