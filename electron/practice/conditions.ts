import { emptyReply, type Reply } from './s3-reply.ts';
import type { StoredObject } from './stored.ts';

export type Verdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed'; readonly header: string };

/** Conditions of a read, in the order RFC 9110 §13.2.2 gives: an ETag condition silences the date beside it. */
export function preconditionsOf(headers: ReadonlyMap<string, string>, object: StoredObject): Verdict {
  const ifMatch = headers.get('if-match');
  const ifUnmodifiedSince = Date.parse(headers.get('if-unmodified-since') ?? '');
  const ifNoneMatch = headers.get('if-none-match');
  const ifModifiedSince = Date.parse(headers.get('if-modified-since') ?? '');
  // HTTP dates have no milliseconds, so the object's must lose theirs before they are compared.
  const modified = Math.floor(object.modifiedMs / 1000) * 1000;
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, object.etag)) return { kind: 'failed', header: 'If-Match' };
    // A date that is absent or no date is NaN here, and every comparison with NaN is false: no condition.
  } else if (modified > ifUnmodifiedSince) {
    return { kind: 'failed', header: 'If-Unmodified-Since' };
  }
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, object.etag) ? { kind: 'not-modified' } : { kind: 'send' };
  return modified <= ifModifiedSince ? { kind: 'not-modified' } : { kind: 'send' };
}

/** `*` is any version. Weak tags compare like strong ones: S3 only makes strong ones. */
function matches(header: string, etag: string): boolean {
  return header.split(',').some((each) => {
    const value = each.trim().replace(/^W\//, '').replaceAll('"', '');
    return value === '*' || value === etag;
  });
}

/** 304 may carry no body and needs no content headers, only what a cache checks next time. */
export function notModified(headers: Readonly<Record<string, string>>): Reply {
  return emptyReply(304, { etag: headers['etag'] ?? '', 'last-modified': headers['last-modified'] ?? '' });
}
