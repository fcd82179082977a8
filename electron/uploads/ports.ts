import type { ExistingObject } from '../../shared/upload.ts';
import type { UploadRecord } from './upload-record.ts';

/** Time and chance, injected so that tests own them. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Settles after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
}

/** Checksums the engine works with: CRC-64/NVME as base64 (the way S3 writes it), the others as hex. */
export type DigestName = 'crc64nvme' | 'sha256' | 'md5';
export type Digests = Readonly<Partial<Record<DigestName, string>>>;

/**
 * A part that the server has, as UploadPart answered it or ListParts tells it. Its checksums are those of the file's
 * bytes when it was sent: a resume looks whether the file still has them.
 */
export interface StoredPart {
  /** 1 to 10,000. */
  readonly partNumber: number;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. The MD5 of the part on S3 and, by Cloudflare's documentation, on R2; opaque elsewhere. */
  readonly etag: string;
  readonly crc64nvme?: string | undefined;
  readonly sha256?: string | undefined;
}

export interface StoredObject extends ExistingObject {
  readonly etag: string;
  /** The server's own CRC-64/NVME over the whole object; null where it keeps none. */
  readonly crc64nvme: string | null;
  readonly contentType: string | null;
  /** The token we put into the metadata at the start; null where the object is somebody else's. */
  readonly uploadToken: string | null;
}

/** What a provider allows. */
export interface StorageLimits {
  readonly maxObjectBytes: number;
  readonly maxParts: number;
  readonly minPartBytes: number;
  readonly maxPartBytes: number;
}

/** What every request of one upload says about its object. */
export interface ObjectDescription {
  readonly key: string;
  /** Bytes of the whole object: a disk looks for room before the first of them. */
  readonly size: number;
  readonly contentType: string;
  readonly uploadToken: string;
  readonly originalName: string;
}

/** What a request sends: read and handed over piece by piece, so that memory depends on no size. */
export interface RequestBody {
  /** Bytes. */
  readonly size: number;
  /** Signs the request. Null: the signature leaves the body out, and `crc64nvme` protects it. */
  readonly sha256: string | null;
  /** Sent along, and to be confirmed by the server's answer. */
  readonly crc64nvme: string | null;
  /**
   * The bytes in order, in pieces of some hundred KiB. The memory of a piece is written anew as soon as the next one
   * is asked for: who sends asks when the last piece is out of its hands.
   */
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

export interface PartRequest {
  readonly key: string;
  readonly uploadId: string;
  readonly partNumber: number;
  /** Bytes before this part in the object: where a disk writes it. */
  readonly offset: number;
  readonly body: RequestBody;
  readonly signal: AbortSignal;
}

/**
 * A bucket, as much of it as the engine needs. Every method rejects with an UploadError, never retries by itself
 * (the engine owns retry), and stops within a second of its signal; when it has settled, it reads no body any more.
 */
export interface ObjectStorage {
  readonly limits: StorageLimits;
  /** The object under the key, or null. Rejects with `access-denied` where the credentials may not look. */
  headObject(key: string, signal: AbortSignal): Promise<StoredObject | null>;
  /** One request for a whole small file. `mustBeNew`: fails with `object-exists` rather than replace another object. */
  putObject(
    object: ObjectDescription,
    request: Pick<PartRequest, 'body' | 'signal'> & { readonly mustBeNew: boolean },
  ): Promise<{ readonly etag: string }>;
  /** `hasChecksum`: the server keeps a CRC-64/NVME over the whole object, and confirms one with each part. */
  createMultipartUpload(
    object: ObjectDescription,
    signal: AbortSignal,
  ): Promise<{ readonly uploadId: string; readonly expiresAt: number | null; readonly hasChecksum: boolean }>;
  /**
   * Rejects with `checksum-unconfirmed` when the answer does not repeat the checksum that was sent: the part's bytes
   * are not proved, and no later upload is promised a checksum.
   */
  uploadPart(request: PartRequest): Promise<{ readonly etag: string }>;
  /** All pages. Rejects with `upload-expired` when the server does not know the upload. */
  listParts(key: string, uploadId: string, signal: AbortSignal): Promise<readonly StoredPart[]>;
  completeMultipartUpload(request: {
    readonly key: string;
    readonly uploadId: string;
    readonly parts: readonly StoredPart[];
    /** Of the whole object; the server refuses to make another one. Null without checksums. */
    readonly crc64nvme: string | null;
    readonly mustBeNew: boolean;
    readonly signal: AbortSignal;
  }): Promise<{ readonly etag: string }>;
  /** Settles quietly also when the server does not know the upload: it is gone, which is what was wanted. */
  abortMultipartUpload(key: string, uploadId: string, signal: AbortSignal): Promise<void>;
  /** Unfinished uploads of exactly this key, with the time they were begun (epoch milliseconds, the server's clock). */
  listUnfinished(
    key: string,
    signal: AbortSignal,
  ): Promise<readonly { readonly uploadId: string; readonly initiatedAt: number | null }[]>;
  /**
   * The CRC-64/NVME of what stands under the key, where it can be had without transferring it over a line: the server's
   * own, or that of the bytes on a disk as they are now, which takes as long as reading them. Null where it cannot, or
   * nothing is there. `known`: what HEAD has just said; a server need not be asked again.
   */
  checksumOf(key: string, signal: AbortSignal, known?: StoredObject): Promise<string | null>;
  /** Whether the real server answers at all (whatever it answers); false behind a captive portal. */
  isReachable(signal: AbortSignal): Promise<boolean>;
  /** Milliseconds that a packet takes to the destination and back now; null where it cannot be measured. */
  roundTrip(signal: AbortSignal): Promise<number | null>;
}

/** How a file is told from every other: cheap to take, and a change of content does not leave it the same. */
export interface Fingerprint {
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds, with the fraction the file system keeps. */
  readonly mtimeMs: number;
  /** SHA-256, hex, over the size and blocks from the start, the middle and the end. */
  readonly sample: string;
}

/** What a path on this computer is. */
export interface FoundPath {
  /** Absolute, links resolved: the name under which a second drop of the same file is recognised. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** Its content is not on this computer: a cloud service fetches it when it is read. */
  readonly isPlaceholder: boolean;
}

/** The files on this computer. Rejects with `source-missing` or `source-unreadable`. */
export interface SourceFiles {
  /** Absolute, links resolved. */
  resolve(path: string): Promise<string>;
  find(path: string): Promise<FoundPath>;
  /**
   * The files below a folder, in the order of their names; hidden ones and what is in hidden folders left out, as well as
   * what cannot be read. Links are followed only when asked for, and never in a circle.
   */
  walk(folder: string, options: { readonly followsLinks: boolean }): Promise<readonly string[]>;
  /** Those of the paths that another program has open for writing, as far as the system tells. */
  openForWriting(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * `changedAt`: epoch ms at which the file system last noted a change of the file in any way (`ctime`). No program can
   * set it back, as some do with the time of modification.
   */
  stat(path: string): Promise<Pick<Fingerprint, 'size' | 'mtimeMs'> & { readonly changedAt: number }>;
  fingerprint(path: string): Promise<Fingerprint>;
  /** The first bytes, for a look at what the file is. */
  head(path: string, length: number): Promise<Uint8Array>;
  open(path: string): Promise<OpenSource>;
}

/** A file that is being read. */
export interface OpenSource {
  /** Fills `into` from `position`. Rejects with `source-changed` when the file ends before. */
  read(position: number, into: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Checksums of the files' content, worked out away from the main thread. */
export interface FileDigests {
  /** All of them from one reading. Rejects with `source-missing`, `source-unreadable` or `source-changed` (too short). */
  digest(
    path: string,
    range: { readonly start: number; readonly size: number },
    names: readonly DigestName[],
    signal: AbortSignal,
  ): Promise<Digests>;
  /** The CRC-64/NVME of pieces laid end to end, from theirs. */
  combineCrc64(pieces: ReadonlyArray<{ readonly crc64nvme: string; readonly size: number }>): Promise<string>;
}

/** What a journal found at start. */
export interface JournalContents {
  readonly entries: readonly { readonly record: UploadRecord; readonly parts: readonly StoredPart[] }[];
  /** Damaged records that were set aside and could not be rebuilt. */
  readonly setAside: number;
}

/**
 * The durable memory of the queue. Every method rejects with `journal-unwritable`. The cost of a call does not depend
 * on how many uploads there are, nor that of `addPart` on how many parts.
 */
export interface UploadJournal {
  load(): Promise<JournalContents>;
  /** Atomic and flushed to the disk before it settles. */
  save(record: UploadRecord): Promise<void>;
  /** Begins a new list of parts for the record's multipart upload, and keeps with it a spare copy of the record. */
  beginParts(record: UploadRecord): Promise<void>;
  addPart(id: string, part: StoredPart): Promise<void>;
  remove(id: string): Promise<void>;
}

/** What the queue has to know of a destination before it is opened. */
export interface DestinationRules {
  /** What its keys begin with; nothing outside is written or deleted. */
  readonly prefix: string;
  /** A disk of this computer: no line is used, so its limits and its schedule mean nothing. */
  readonly isLocal: boolean;
}

/** Where uploads go. Kept apart from the queue, because keys are rotated while uploads are pending. */
export interface Destinations {
  /** Rejects with `destination-missing` or `credentials-missing`. */
  storageFor(destinationId: string): Promise<ObjectStorage>;
  /** Also of a destination that is gone. */
  rulesOf(destinationId: string): DestinationRules;
}

/** A copy in the holding folder. */
export interface HeldFile {
  readonly path: string;
  /** Epoch milliseconds, of the copy. */
  readonly mtimeMs: number;
}

/** Where videos are kept safe while their destination is down. One copy per upload, under the upload's id. */
export interface HoldingFolder {
  /**
   * Copies and proves the copy against the file's bytes; it is there as a whole or not at all. Rejects with `disk-full`
   * unless a GiB stays free, with `source-changed` when the copy is not the file.
   */
  keep(id: string, path: string, signal: AbortSignal): Promise<HeldFile>;
  /** The copy goes; nothing happens when there is none. */
  discard(id: string): Promise<void>;
  /** To the system's trash where there is one: it may be the only copy there is. Else it stays. */
  putAside(id: string): Promise<void>;
  /** The copies that are there, whole ones, by the ids of their uploads. Asking removes what a crash left half done. */
  held(): Promise<ReadonlyArray<HeldFile & { readonly id: string }>>;
}

/** Where the engine tells what happens to it. Never given a secret, a signed URL or a whole path. */
export interface UploadLog {
  info(event: string, facts: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: string, facts: Readonly<Record<string, string | number | boolean | null>>): void;
}
