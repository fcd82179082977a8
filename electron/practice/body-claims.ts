import {
  CHECKSUM_ALGORITHMS,
  checksumHeader,
  isBase64Of,
  isChecksumValue,
  parseAlgorithm,
  type ChecksumAlgorithm,
} from './checksums.ts';
import { headerNotImplemented, invalidArgument, S3Fault } from './s3-fault.ts';
import type { S3Request } from './s3-request.ts';
import type { S3Rules } from './s3-rules.ts';
import type { Identity } from './verify-signature.ts';

/** What a request says about its body before the body is read; `readBody` holds it to every word. */
export interface BodyClaims {
  /** Of the payload: with aws-chunked that is x-amz-decoded-content-length. */
  readonly length: number | undefined;
  readonly isAwsChunked: boolean;
  readonly sha256: string | undefined;
  readonly md5: string | undefined;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  /** The checksum that will follow the body. */
  readonly trailer: ChecksumAlgorithm | undefined;
}

export interface ClaimSettings {
  readonly rules: S3Rules;
  readonly checksums: 'full' | 'ignored';
}

const TRAILER_MODE = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/** Whatever is wrong with the headers is said before a byte of the body is read. */
export function readBodyClaims(request: S3Request, identity: Identity, settings: ClaimSettings): BodyClaims {
  const payloadHash = identity.kind === 'signed' ? identity.payloadHash : 'UNSIGNED-PAYLOAD';
  const isAwsChunked = checkPayloadMode(payloadHash, settings.rules);
  const length = readLength(request, isAwsChunked);
  // The checksum headers of a Complete speak of the object, not of the list in its body.
  const isIgnored = settings.checksums === 'ignored' || request.method === 'POST';
  const checksum = isIgnored ? undefined : readChecksum(request.headers);
  const trailer = isIgnored ? undefined : readTrailer(request.headers.get('x-amz-trailer'), isAwsChunked);
  if (!isIgnored) checkAnnouncement(request.headers, checksum !== undefined || trailer !== undefined);
  return {
    length,
    isAwsChunked,
    sha256: /^[\da-f]{64}$/.test(payloadHash) ? payloadHash : undefined,
    md5: readContentMd5(request.headers.get('content-md5')),
    checksum,
    trailer,
  };
}

/** True for aws-chunked. R2 documents none of the STREAMING modes; the signed ones are "not implemented" there. */
function checkPayloadMode(payloadHash: string, rules: S3Rules): boolean {
  if (payloadHash === TRAILER_MODE && rules.acceptsTrailers) return true;
  if (payloadHash.startsWith('STREAMING-')) throw headerNotImplemented('x-amz-content-sha256', payloadHash);
  if (payloadHash === 'UNSIGNED-PAYLOAD' || /^[\da-f]{64}$/.test(payloadHash)) return false;
  throw invalidArgument(
    'x-amz-content-sha256',
    payloadHash,
    `x-amz-content-sha256 must be UNSIGNED-PAYLOAD, ${TRAILER_MODE}, or a valid sha256 value.`,
  );
}

/** Undefined is no error here: GET has none, and operations that need one say so. */
function readLength(request: S3Request, isAwsChunked: boolean): number | undefined {
  const text = request.headers.get(isAwsChunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalidArgument('Content-Length', text, 'Invalid length');
  return Number(text);
}

/** InvalidDigest is a header that is no MD5, BadDigest one that is another's. */
function readContentMd5(value: string | undefined): string | undefined {
  if (value === undefined || isBase64Of(value, 16)) return value;
  throw new S3Fault('InvalidDigest', 'The Content-MD5 you specified was invalid.');
}

/** One checksum at most; `-algorithm`, `-type` and `-mode` share the prefix and are none. */
function readChecksum(headers: ReadonlyMap<string, string>): BodyClaims['checksum'] {
  const names = [...headers.keys()].filter(
    (name) => name.startsWith('x-amz-checksum-') && !/-(?:algorithm|type|mode)$/.test(name),
  );
  const name = names[0];
  if (name === undefined) return undefined;
  if (names.length > 1) {
    throw new S3Fault(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const value = headers.get(name) ?? '';
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => checksumHeader(each) === name);
  if (algorithm === undefined) throw headerNotImplemented(name, value);
  if (!isChecksumValue(algorithm, value)) throw new S3Fault('InvalidRequest', `Value for ${name} header is invalid.`);
  return { algorithm, value };
}

function readTrailer(value: string | undefined, isAwsChunked: boolean): ChecksumAlgorithm | undefined {
  if (value === undefined || !isAwsChunked) return undefined;
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => checksumHeader(each) === value.toLowerCase());
  if (algorithm === undefined) {
    throw new S3Fault('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
  }
  return algorithm;
}

/** An SDK that announces a checksum and then sends none has lost it on the way; S3 refuses. */
function checkAnnouncement(headers: ReadonlyMap<string, string>, isKept: boolean): void {
  const announced = headers.get('x-amz-sdk-checksum-algorithm');
  if (announced === undefined) return;
  if (parseAlgorithm(announced) === undefined) throw headerNotImplemented('x-amz-sdk-checksum-algorithm', announced);
  if (isKept) return;
  throw new S3Fault(
    'InvalidRequest',
    'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers ' +
      'were found.',
  );
}
