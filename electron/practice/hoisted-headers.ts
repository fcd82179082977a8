import type { S3Request } from './s3-request.ts';

/** What the signature itself needs; everything else that begins with x-amz- is a header in disguise. */
const SIGNING = new Set([
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/**
 * Presigners move headers into the query, and S3 reads them there as if they were headers. That is how a presigned
 * PUT made with the SDK's default checksums carries the CRC32 of an empty body and refuses every real one.
 */
export function withHoistedHeaders(request: S3Request): S3Request {
  const headers = new Map(request.headers);
  for (const { name, value } of request.query) {
    const lower = name.toLowerCase();
    if (lower.startsWith('x-amz-') && !SIGNING.has(lower) && !headers.has(lower)) headers.set(lower, value);
  }
  return { ...request, headers };
}
