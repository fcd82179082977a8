import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { toUploadError } from './s3-errors.ts';
import type { BucketClient } from './s3-client.ts';
import { learnClock } from './server-clock.ts';

/** S3 and R2 refuse a presigned URL that lives longer (Signature Version 4: X-Amz-Expires at most 604,800 seconds). */
export const maxLinkHours = 7 * 24;

/** The unsigned URL under a public base (custom domain, CDN): base, then the key, each segment encoded. */
export function publicUrl(publicBaseUrl: string, key: string): string {
  const path = key.split('/').map(encodeSegment).join('/');
  return `${publicBaseUrl.replace(/\/+$/, '')}/${path}`;
}

/**
 * A signed GET that anybody can use until it expires. A bearer secret: it goes to the clipboard and nowhere else.
 * `expiresAt` is epoch milliseconds of the true time, whatever this computer's clock says.
 */
export async function presignedUrl(
  bucket: BucketClient,
  key: string,
  hours: number,
  signal: AbortSignal,
): Promise<{ readonly url: string; readonly expiresAt: number }> {
  const { client } = bucket;
  const seconds = Math.round(Math.min(hours, maxLinkHours) * 3600);
  const input = { Bucket: bucket.bucket, Key: key };
  // The presigner does not use the clock offset that the client has learned: signed with a clock that is behind, a URL
  // would be expired when it is made.
  await learnClock(bucket, key, signal);
  const signingDate = new Date(Date.now() + client.config.systemClockOffset);
  try {
    const url = await getSignedUrl(client, new GetObjectCommand(input), { expiresIn: seconds, signingDate });
    return { url, expiresAt: signingDate.getTime() + seconds * 1000 };
  } catch (error) {
    throw toUploadError(error, signal);
  }
}

/** Percent-encodes everything but RFC 3986's unreserved characters, as S3's own signatures do. */
const encodeSegment = (segment: string): string =>
  encodeURIComponent(segment).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
