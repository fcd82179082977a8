import { createHash, createHmac } from 'node:crypto';
import type { QueryPair } from './s3-request.ts';

/**
 * Signature Version 4 as the S3 API reference tells it ("Authenticating Requests: Using the Authorization Header").
 * Written from that text and checked against its published examples; shares nothing with the SDK's signer.
 */

export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly query: readonly QueryPair[];
  readonly headers: ReadonlyMap<string, string>;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

export interface SigningScope {
  readonly date: string;
  readonly region: string;
}

/** S3 encodes once and does not normalise: `a//b/../c` is a key like any other. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function encodePath(path: string): string {
  return path.split('/').map(uriEncode).join('/');
}

export function canonicalRequest(parts: CanonicalParts): string {
  const names = parts.signedHeaders.toSorted();
  const headers = names.map((name) => `${name}:${collapse(parts.headers.get(name) ?? '')}\n`);
  return [
    parts.method,
    encodePath(parts.path),
    canonicalQuery(parts.query),
    headers.join(''),
    names.join(';'),
    parts.payloadHash,
  ].join('\n');
}

function canonicalQuery(query: readonly QueryPair[]): string {
  return query
    .filter((pair) => pair.name !== 'X-Amz-Signature')
    .map((pair) => [uriEncode(pair.name), uriEncode(pair.value)] as const)
    .toSorted(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Encoded text is ASCII, so comparing code units is comparing bytes; never `localeCompare`. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function collapse(value: string): string {
  return value.trim().replaceAll(/ +/g, ' ');
}

export function stringToSign(canonical: string, timestamp: string, scope: SigningScope): string {
  const hash = createHash('sha256').update(canonical, 'latin1').digest('hex');
  return ['AWS4-HMAC-SHA256', timestamp, `${scope.date}/${scope.region}/s3/aws4_request`, hash].join('\n');
}

export function signatureOf(text: string, secretAccessKey: string, scope: SigningScope): Buffer {
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const step of [scope.date, scope.region, 's3', 'aws4_request']) key = hmac(key, step);
  return hmac(key, text);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
