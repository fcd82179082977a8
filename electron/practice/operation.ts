import type { BucketDisk } from './bucket-disk.ts';
import type { BodyClaims } from './body-claims.ts';
import { tooLarge, type BodySource } from './receive-body.ts';
import { invalidArgument, S3Fault } from './s3-fault.ts';
import type { Reply } from './s3-reply.ts';
import { queryValue, type S3Request } from './s3-request.ts';
import type { S3Rules } from './s3-rules.ts';
import type { Identity } from './verify-signature.ts';

/** How this server behaves; the same for every request. */
export interface ServerSettings {
  readonly rules: S3Rules;
  readonly partEtags: 'md5' | 'opaque';
  readonly checksums: 'full' | 'ignored';
  readonly conditions: 'honoured' | 'ignored' | 'unknown';
  readonly keepsVersions: boolean;
  /** Names of operations that the credentials may not do. */
  readonly refuses: ReadonlySet<string>;
  readonly region: string;
  readonly publicRead: boolean;
  readonly now: () => number;
}

/** All an operation may look at. The signature has been checked by then, and the bucket exists. */
export interface BucketCall {
  readonly request: S3Request;
  readonly identity: Identity;
  readonly claims: BodyClaims;
  readonly settings: ServerSettings;
  readonly bucket: BucketDisk;
  readonly onBytes: (count: number) => void;
}

export interface ObjectCall extends BucketCall {
  readonly key: string;
}

export type BucketOperation = (call: BucketCall) => Promise<Reply>;
export type ObjectOperation = (call: ObjectCall) => Promise<Reply>;

/** The body of an object or a part: its length must be known, as S3 wants it, and must be allowed. */
export function dataBody(call: BucketCall): BodySource {
  const maxSize = call.settings.rules.maxBodySize;
  const { length } = call.claims;
  if (length === undefined) {
    throw new S3Fault('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (length > maxSize) throw tooLarge(maxSize);
  return { message: call.request.message, claims: call.claims, maxSize, onBytes: call.onBytes };
}

const MAX_DOCUMENT_SIZE = 4 * 1024 * 1024;

/** An XML document. Ten thousand parts with a checksum each stay below 3 MiB. */
export function documentBody(call: BucketCall): BodySource {
  const { length } = call.claims;
  if (length !== undefined && length > MAX_DOCUMENT_SIZE) {
    throw new S3Fault('MalformedXML', 'The XML you provided is larger than this server reads.');
  }
  return { message: call.request.message, claims: call.claims, maxSize: MAX_DOCUMENT_SIZE, onBytes: call.onBytes };
}

/** A whole number from the query, between bounds; `undefined` when it is not there. */
export function queryInteger(request: S3Request, name: string, max = 2_147_483_647): number | undefined {
  const text = queryValue(request, name);
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) <= max) return Number(text);
  throw invalidArgument(name, text, `Provided ${name} not an integer or within integer range`);
}

/** Pages hold 1,000 entries at most, whatever the client asks for. */
export function pageSize(request: S3Request, name: string): number {
  return Math.min(queryInteger(request, name) ?? 1000, 1000);
}

/** S3 wants documents that replace a setting of the bucket with Content-MD5 or a checksum. */
export function requireDigest({ claims, settings }: BucketCall): void {
  if (!settings.rules.documentsNeedDigest) return;
  if ((claims.md5 ?? claims.checksum ?? claims.trailer) !== undefined) return;
  throw new S3Fault('InvalidRequest', 'Missing required header for this request: Content-MD5');
}

/** S3 knows only `If-None-Match: *` for writes. R2 knows more for PutObject; our client never sends that. */
export function wantsAbsence({ request, settings }: BucketCall): boolean {
  const value = request.headers.get('if-none-match');
  if (settings.conditions === 'ignored') return false;
  if (settings.conditions === 'unknown' && value !== undefined) throw unknownHeader('If-None-Match');
  for (const name of ['if-match', 'if-modified-since', 'if-unmodified-since']) {
    if (request.headers.has(name)) throw unknownHeader(name);
  }
  if (value === undefined || value === '*') return value === '*';
  throw unknownHeader('If-None-Match');
}

function unknownHeader(name: string): S3Fault {
  return new S3Fault('NotImplemented', 'A header you provided implies functionality that is not implemented', {
    details: { Header: name },
  });
}

export function preconditionFailed(condition: string): S3Fault {
  return new S3Fault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    details: { Condition: condition },
  });
}
