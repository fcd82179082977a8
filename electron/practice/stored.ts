import type { Checksum, ChecksumAlgorithm, ChecksumType } from './checksums.ts';

/** What lies on disk as JSON. Field for field, because a reader of the folder should understand it too. */

/** Response headers an object brought along: content-type and its kin, and x-amz-meta-*. */
export type ObjectHeaders = Readonly<Record<string, string>>;

export interface StoredSegment {
  readonly file: string;
  readonly size: number;
}

export interface CompletedPart {
  readonly partNumber: number;
  readonly etag: string;
}

/** An object is a manifest: Complete writes this and copies no byte. */
export interface StoredObject {
  readonly key: string;
  /** Folder below `data/` that holds the segments; for a multipart object it is its upload id. */
  readonly dataId: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly modifiedMs: number;
  readonly headers: ObjectHeaders;
  readonly segments: readonly StoredSegment[];
  readonly checksum?: Checksum | undefined;
  /** The list Complete was given: S3 answers the same Complete again with success. */
  readonly completedParts?: readonly CompletedPart[] | undefined;
}

export interface StoredUpload {
  readonly uploadId: string;
  readonly key: string;
  readonly initiatedMs: number;
  readonly headers: ObjectHeaders;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType } | undefined;
}

export interface StoredPart {
  readonly partNumber: number;
  readonly file: string;
  readonly size: number;
  readonly etag: string;
  /** Hex; the object's ETag is made of these, also when the part's own ETag is opaque. */
  readonly md5: string;
  readonly modifiedMs: number;
  /** Base64, of the algorithm the upload was created with. */
  readonly checksum?: string | undefined;
}

export interface UploadState {
  readonly upload: StoredUpload;
  readonly parts: ReadonlyMap<number, StoredPart>;
}
