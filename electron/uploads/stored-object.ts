import { createHash } from 'node:crypto';
import type { Verification } from '../../shared/upload.ts';
import { withRetry, withTimeout } from './attempts.ts';
import { UploadError } from './upload-error.ts';
import { describeObject } from './describe-object.ts';
import type { StoredObject, StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';

const headTimeoutMs = 30_000;

/** What stands under the upload's key. */
export type Found =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ours'; readonly object: StoredObject }
  /** Ours by its token, and not whole; or one of ours that was disowned. */
  | { readonly kind: 'broken'; readonly isDisowned: boolean }
  | { readonly kind: 'foreign'; readonly object: StoredObject }
  /** The credentials may write and not look (S3 answers 403 to HEAD without s3:ListBucket or s3:GetObject). */
  | { readonly kind: 'hidden' };

export async function lookAtObject(context: RunContext): Promise<Found> {
  const record = context.record();
  try {
    const object = await withRetry(context, (signal) =>
      withTimeout(context.clock, headTimeoutMs, signal, (inner) => context.storage.headObject(record.key, inner)),
    );
    if (object === null) return { kind: 'nothing' };
    if (object.uploadToken === null) return { kind: 'foreign', object };
    if (object.uploadToken === record.disowned) return { kind: 'broken', isDisowned: true };
    if (object.uploadToken !== record.uploadToken) return { kind: 'foreign', object };
    return object.size === record.source.size ? { kind: 'ours', object } : { kind: 'broken', isDisowned: false };
  } catch (error) {
    if (error instanceof UploadError && error.code === 'access-denied') return { kind: 'hidden' };
    throw error;
  }
}

/**
 * Whether the server is to refuse to replace what stands under the key. Asked right before an object is made: one of ours
 * that is broken may go, and nobody else's that came meanwhile. Rejects with `object-exists`.
 */
export async function mustBeNew(context: RunContext): Promise<boolean> {
  const { onConflict, disowned } = context.record();
  if (onConflict === 'replace') return false;
  if (disowned === null) return true;
  const found = await lookAtObject(context);
  if (found.kind === 'foreign') throw objectExists(found.object);
  return found.kind !== 'broken';
}

/** Another object stands in the way; whoever decides about it sees which. */
export const objectExists = ({ size, modifiedAt }: StoredObject): UploadError =>
  new UploadError('object-exists', { existing: { size, modifiedAt } });

export interface SentObject {
  /** What the server answered; null where its answer was lost. */
  readonly etag: string | null;
  /** Of the whole file; null where none was worked out. */
  readonly crc64nvme: string | null;
  /** Null for an object sent in one request. */
  readonly parts: readonly StoredPart[] | null;
}

/** What is journaled of a completed upload. */
export interface Proof {
  readonly etag: string;
  readonly crc64nvme: string | null;
  readonly verification: Verification;
}

/**
 * Whether the object is the one that was sent, and how far that is proved. Rejects with `object-mismatch` or
 * `object-exists`. The bytes of each part were checked by the server against our checksum; what remains to be proved
 * is that these parts were put together.
 */
export async function verifyObject(
  context: RunContext,
  sent: SentObject,
): Promise<Proof> {
  const found = await lookAtObject(context);
  const { crc64nvme } = sent;
  if (found.kind === 'hidden') return { etag: sent.etag ?? '', crc64nvme, verification: 'parts' };
  // Somebody wrote to the same key in the meantime: theirs is not replaced without a word.
  if (found.kind === 'foreign') throw objectExists(found.object);
  if (found.kind !== 'ours') throw new UploadError('object-mismatch');
  const { etag, contentType } = found.object;
  if (contentType !== null && contentType !== describeObject(context.record()).contentType) {
    throw new UploadError('object-mismatch');
  }
  // Radosgw answers the first Complete with an empty ETag; others answer the one that HEAD must show.
  if (sent.etag !== null && sent.etag !== '' && sent.etag !== etag) throw new UploadError('object-mismatch');
  if (crc64nvme !== null && found.object.crc64nvme !== null) {
    if (found.object.crc64nvme !== crc64nvme) throw new UploadError('object-mismatch');
    return { etag, crc64nvme, verification: 'checksum' };
  }
  const isExact = sent.parts === null ? sent.etag === etag : etagOfParts(sent.parts) === etag;
  return { etag, crc64nvme, verification: isExact ? 'object' : 'size' };
}

/** The ETag of an object made of parts: MD5 over the parts' MD5s, then their number (S3; R2 since June 2023). */
export function etagOfParts(parts: ReadonlyArray<Pick<StoredPart, 'etag'>>): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(Buffer.from(part.etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
}
