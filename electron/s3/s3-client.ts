import { S3Client } from '@aws-sdk/client-s3';
import { type BucketDraft, type Credentials, r2Endpoint } from '../../shared/settings.ts';
import { S3RequestHandler } from './s3-request-handler.ts';
import { signStreamedBodies } from './sign-streamed-bodies.ts';

/** Where a destination is, in S3's terms. */
export interface BucketAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly isPathStyle: boolean;
}

export interface BucketClient extends BucketAddress {
  readonly client: S3Client;
  readonly handler: S3RequestHandler;
  /** `http://host:port`, or null for the direct way. */
  readonly proxy: string | null;
  /** What has been learned about the server. */
  readonly server: {
    /** False once it has shown that it keeps no CRC-64/NVME: it is not asked for one again. */
    keepsChecksums: boolean;
  };
}

/** The address of a saved or typed destination. The practice bucket's is known only to the running server. */
export function addressOf(destination: BucketDraft): BucketAddress {
  if (destination.kind === 'r2') {
    const endpoint = destination.endpoint ?? r2Endpoint(destination.accountId, destination.jurisdiction);
    // R2's only region is `auto` (Cloudflare R2, "S3 API compatibility").
    return { endpoint: trimSlash(endpoint), region: 'auto', bucket: destination.bucket, isPathStyle: true };
  }
  const { endpoint, region, bucket } = destination;
  if (endpoint !== null) return { endpoint: trimSlash(endpoint), region, bucket, isPathStyle: true };
  return {
    // Named here, so that AWS_ENDPOINT_URL_S3 in the environment cannot send uploads elsewhere.
    endpoint: `https://s3.${region}.amazonaws.com`,
    region,
    bucket,
    // A certificate for *.s3.… does not cover a bucket with dots.
    isPathStyle: bucket.includes('.'),
  };
}

/**
 * A client that does what is written here and nothing that the environment or ~/.aws/config would add: FIPS and
 * dual-stack endpoints, retry modes and checksum defaults leak in unless each is set.
 */
export function openBucket(
  address: BucketAddress,
  credentials: Credentials,
  proxy: string | null = null,
): BucketClient {
  const handler = new S3RequestHandler(proxy);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const client = new S3Client({
    endpoint: address.endpoint,
    region: address.region,
    forcePathStyle: address.isPathStyle,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) },
    requestHandler: handler,
    // The engine owns retry: it knows about offline, shows the wait, and has no budget that runs dry.
    maxAttempts: 1,
    retryMode: 'standard',
    // `Expect: 100-continue` would open a new connection for each part and wait for servers that never answer it (R2).
    expectContinueHeader: false,
    // R2 and others refuse the checksums that the SDK adds by itself; the engine has its own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    useAccelerateEndpoint: false,
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    followRegionRedirects: false,
    disableS3ExpressSessionAuth: true,
    disableClockSkewCorrection: false,
    defaultsMode: 'standard',
    userAgentAppId: 'remessa',
    // The SDK may log requests with their signatures; nothing of it is wanted.
    logger: { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
  signStreamedBodies(client);
  return { ...address, client, handler, proxy, server: { keepsChecksums: true } };
}

const ignore = (): void => undefined;
const trimSlash = (url: string): string => url.replace(/\/+$/, '');
