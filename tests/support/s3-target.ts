import { createHash, randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { OpenDestination } from '../../electron/s3/bucket-clients.ts';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { type FaultProxy, type ProxyLogEntry, startFaultProxy } from './fault-proxy.ts';
import { practiceClient } from './practice-client.ts';
import { startPractice } from './practice-fixture.ts';

interface RealServer {
  readonly name: 'practice' | 'radosgw';
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly stop: () => Promise<void>;
}

/** The S3 server that a test runs against, behind a proxy that counts and misbehaves on demand. */
export interface S3Target {
  readonly name: RealServer['name'];
  readonly proxy: FaultProxy;
  /** Goes around the proxy: a look at the bucket that our own engine has no part in. */
  readonly client: S3Client;
  readonly bucket: string;
  readonly open: () => OpenDestination;
  readonly requests: () => readonly ProxyLogEntry[];
  /** Requests of one operation so far; for the object under `key`, or for any. */
  readonly count: (operation: string, key?: string) => number;
  /** Bytes of all parts that were taken since the start; of the object under `key`, or of any. */
  readonly receivedPartBytes: (key?: string) => number;
  readonly objectSha256: (key: string) => Promise<string>;
  readonly head: (key: string) => Promise<{ type: string | undefined; metadata: Record<string, string> }>;
  readonly objectCount: () => Promise<number>;
  readonly unfinishedUploads: () => Promise<number>;
  readonly deleteObject: (key: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The practice bucket; or, where the environment names one, a real server (`npm run test:rgw`). */
export async function openTarget(options: Partial<PracticeServerOptions> = {}): Promise<S3Target> {
  const server = (await namedServer()) ?? (await practiceServer(options));
  const proxy = await startFaultProxy({ target: server.endpoint });
  const client = practiceClient(server, { region: server.region });
  const open = (): OpenDestination => ({
    address: { endpoint: proxy.endpoint, region: server.region, bucket: server.bucket, isPathStyle: true },
    credentials: { ...server.credentials, sessionToken: null },
  });
  return {
    name: server.name,
    proxy,
    open,
    requests: () => proxy.log,
    count: (operation, key = '') =>
      proxy.log.filter((entry) => entry.operation === operation && entry.path.endsWith(key)).length,
    receivedPartBytes: (key = '') =>
      proxy.log
        .filter(({ operation, status, path }) => operation === 'UploadPart' && status === 200 && path.endsWith(key))
        // What the proxy answered by itself never reached the server.
        .filter(({ fault }) => fault !== 'respond')
        .reduce((sum, { bytesIn }) => sum + bytesIn, 0),
    stop: async () => {
      client.destroy();
      await proxy.stop();
      await server.stop();
    },
    ...lookInto(client, server.bucket),
  };
}

async function practiceServer(options: Partial<PracticeServerOptions>): Promise<RealServer> {
  const { endpoint, bucket, credentials, stop } = await startPractice(options);
  return { name: 'practice', endpoint, region: 'auto', bucket, credentials, stop };
}

/** A bucket of its own for every test file: they run side by side. */
async function namedServer(): Promise<RealServer | null> {
  const endpoint = process.env['REMESSA_S3_ENDPOINT'];
  if (endpoint === undefined) return null;
  const region = process.env['REMESSA_S3_REGION'] ?? 'us-east-1';
  const credentials = {
    accessKeyId: process.env['REMESSA_S3_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: process.env['REMESSA_S3_SECRET_ACCESS_KEY'] ?? '',
  };
  const bucket = `remessa-${randomUUID()}`;
  const client = practiceClient({ endpoint, credentials }, { region });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return { name: 'radosgw', endpoint, region, bucket, credentials, stop: async () => undefined };
}

function lookInto(
  client: S3Client,
  Bucket: string,
): Pick<
  S3Target,
  'client' | 'bucket' | 'objectSha256' | 'head' | 'objectCount' | 'unfinishedUploads' | 'deleteObject'
> {
  return {
    client,
    bucket: Bucket,
    objectSha256: async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const hash = createHash('sha256');
      for await (const chunk of Body as AsyncIterable<Uint8Array>) hash.update(chunk);
      return hash.digest('hex');
    },
    head: async (Key) => {
      const { ContentType, Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      return { type: ContentType, metadata: Metadata ?? {} };
    },
    objectCount: async () => (await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount ?? 0,
    unfinishedUploads: async () =>
      (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0,
    deleteObject: async (Key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key }))),
  };
}
