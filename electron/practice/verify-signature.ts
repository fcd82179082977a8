import { timingSafeEqual } from 'node:crypto';
import { canonicalRequest, signatureOf, stringToSign } from './canonical-request.ts';
import { readAuthorization, type SignatureClaim } from './read-authorization.ts';
import { S3Fault } from './s3-fault.ts';
import type { S3Request } from './s3-request.ts';

export interface SignatureJudge {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** R2 takes `auto` and `us-east-1`; the first one is named to a client that comes with another. */
  readonly regions: readonly string[];
  readonly now: () => number;
}

/** Who is asking. There is one pair of keys, so being signed is all the identity there is. */
export type Identity =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'signed'; readonly payloadHash: string; readonly isPresigned: boolean };

const MAX_SKEW_MS = 15 * 60 * 1000;

/**
 * The order matters to a client that is wrong in two ways: an unknown key is named before a wrong clock, and a wrong
 * clock before a wrong signature. The SDK learns its skew from RequestTimeTooSkewed and tries again.
 */
export function verifySignature(request: S3Request, judge: SignatureJudge): Identity {
  const claim = readAuthorization(request);
  if (claim === undefined) return { kind: 'anonymous' };
  const isPresigned = claim.expiresSeconds !== undefined;
  checkScope(claim, judge);
  checkTime(claim, judge.now());
  checkSignedHeaders(request, claim);
  checkSignature(request, claim, judge.credentials.secretAccessKey);
  return { kind: 'signed', payloadHash: claim.payloadHash, isPresigned };
}

function checkScope(claim: SignatureClaim, judge: SignatureJudge): void {
  const expected = judge.regions[0] ?? 'auto';
  if (!judge.regions.includes(claim.region)) {
    throw new S3Fault(
      claim.expiresSeconds === undefined ? 'AuthorizationHeaderMalformed' : 'AuthorizationQueryParametersError',
      `The authorization is malformed; the region '${claim.region}' is wrong; expecting '${expected}'`,
      { details: { Region: expected } },
    );
  }
  if (claim.accessKeyId !== judge.credentials.accessKeyId) {
    throw new S3Fault('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
      details: { AWSAccessKeyId: claim.accessKeyId },
    });
  }
}

/** The date in the scope must be the day of the timestamp: it is part of the signing key. */
function checkTime(claim: SignatureClaim, now: number): void {
  const signedAt = parseTimestamp(claim.timestamp);
  if (signedAt === undefined || !claim.timestamp.startsWith(claim.date)) {
    throw new S3Fault('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  if (claim.expiresSeconds !== undefined) {
    checkExpiry(signedAt, claim.expiresSeconds, now);
  } else if (Math.abs(now - signedAt) > MAX_SKEW_MS) {
    const message = 'The difference between the request time and the current time is too large.';
    throw new S3Fault('RequestTimeTooSkewed', message, {
      details: {
        RequestTime: claim.timestamp,
        ServerTime: new Date(now).toISOString(),
        MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
      },
    });
  }
}

/** A presigned link may be as old as its expiry says, but not come from the future by more than the skew. */
function checkExpiry(signedAt: number, expiresSeconds: number, now: number): void {
  if (signedAt - now > MAX_SKEW_MS) throw new S3Fault('AccessDenied', 'Request is not yet valid');
  const expires = signedAt + expiresSeconds * 1000;
  if (now <= expires) return;
  throw new S3Fault('AccessDenied', 'Request has expired', {
    details: {
      'X-Amz-Expires': String(expiresSeconds),
      Expires: new Date(expires).toISOString(),
      ServerTime: new Date(now).toISOString(),
    },
  });
}

/** ISO 8601 "basic", the only form SigV4 knows. */
function parseTimestamp(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Host and every x-amz-* header must be under the signature, or somebody on the way could change them. */
function checkSignedHeaders(request: S3Request, claim: SignatureClaim): void {
  const unsigned = [...request.headers.keys()].filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !claim.signedHeaders.includes(name),
  );
  if (unsigned.length === 0) return;
  throw new S3Fault('AccessDenied', 'There were headers present in the request which were not signed', {
    details: { HeadersNotSigned: unsigned.join(', ') },
  });
}

function checkSignature(request: S3Request, claim: SignatureClaim, secretAccessKey: string): void {
  const canonical = canonicalRequest({
    method: request.method,
    path: request.path,
    query: request.query,
    headers: request.headers,
    signedHeaders: claim.signedHeaders,
    payloadHash: claim.payloadHash,
  });
  const text = stringToSign(canonical, claim.timestamp, claim);
  const expected = signatureOf(text, secretAccessKey, claim);
  // What is not 64 hex digits is no signature; an empty one has another length and fails below.
  const provided = Buffer.from(/^[\da-f]{64}$/.test(claim.signature) ? claim.signature : '', 'hex');
  // Constant time: how far a guess was right must not show in how long the answer took.
  if (provided.length === expected.length && timingSafeEqual(provided, expected)) return;
  throw new S3Fault(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    // S3 shows its own working, which is how people find what they signed wrongly. No secret is in it.
    {
      details: {
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: text,
        SignatureProvided: claim.signature,
        CanonicalRequest: canonical,
      },
    },
  );
}
