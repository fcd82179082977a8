import { lookup } from 'node:dns/promises';
import type { Check, Finding } from '../../upkeep/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { unlessInterrupted } from '../../uploads/unless-interrupted.ts';
import type { BucketClient } from '../s3-client.ts';
import { toUploadError } from '../s3-errors.ts';
import { because, failed, passed, skipped, warned } from './findings.ts';
import type { Scene } from './scene.ts';
import { checkSettings } from './settings-check.ts';
import { askAsStranger, type StrangersAnswer } from './stranger.ts';

/** Certificates are renewed some weeks before they end; one that is not will not be. Days. */
const certificateDays = 14;
/** From here on a person should set the clock. Signatures are refused from fifteen minutes on. Milliseconds. */
const clockMs = 60_000;
const dayMs = 24 * 3_600_000;

/** What lies between this computer and the bucket. No key is used. */
export function wayChecks({ destination, bucket, notes }: Scene): readonly Check[] {
  return [
    { name: 'settings', needs: [], permission: null, run: async () => checkSettings(destination) },
    { name: 'dns', needs: ['settings'], permission: null, run: (signal) => checkName(bucket, signal) },
    { name: 'tls', needs: ['dns'], permission: null, run: (signal) => checkCertificate(bucket, signal) },
    {
      name: 'clock',
      needs: ['tls'],
      permission: null,
      run: async (signal) => {
        const { clockBehindMs } = await knock(bucket, signal);
        if (clockBehindMs === null) return skipped;
        notes.clockBehindMs = clockBehindMs;
        const facts = { seconds: Math.round(clockBehindMs / 1000) };
        return Math.abs(clockBehindMs) < clockMs ? passed(facts) : warned('clock-off', facts);
      },
    },
  ];
}

/** The address that the requests for the bucket's objects begin with. */
function bucketUrl({ endpoint, bucket, isPathStyle }: BucketClient): URL {
  const url = new URL(isPathStyle ? `${endpoint}/${bucket}` : endpoint);
  if (!isPathStyle) url.hostname = `${bucket}.${url.hostname}`;
  return url;
}

async function checkName(bucket: BucketClient, signal: AbortSignal): Promise<Finding> {
  // The proxy looks the name up then.
  if (bucket.proxy !== null) return skipped;
  const host = bucketUrl(bucket).hostname.replace(/^\[(.*)\]$/, '$1');
  try {
    await unlessInterrupted(signal, lookup(host));
    return passed({ host });
  } catch (thrown) {
    const error = toUploadError(thrown, signal);
    if (!(error instanceof UploadError) || error.code !== 'offline') throw error;
    return because(failed('name-unknown', { host }), error);
  }
}

/** Without TLS there is no certificate, but there has to be somebody at the other end. */
async function checkCertificate(bucket: BucketClient, signal: AbortSignal): Promise<Finding> {
  const { certificateEndsAt } = await knock(bucket, signal);
  if (certificateEndsAt === null) return skipped;
  const days = Math.floor((certificateEndsAt - Date.now()) / dayMs);
  return days < certificateDays ? warned('certificate-ends', { days }) : passed({ days });
}

/** Whatever is answered to somebody without a key will do, unless it comes from a sign-in page. */
async function knock(bucket: BucketClient, signal: AbortSignal): Promise<StrangersAnswer> {
  const answer = await askAsStranger({ url: bucketUrl(bucket).href, method: 'HEAD', proxy: bucket.proxy, signal });
  const isPage = answer.headers['content-type']?.startsWith('text/html') === true;
  if (answer.status < 400 && isPage) throw new UploadError('captive-portal', { httpStatus: answer.status });
  return answer;
}
