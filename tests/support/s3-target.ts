import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import type { OpenDestination } from '../../electron/s3/bucket-clients.ts';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { startPractice } from './practice-fixture.ts';
import { practiceClient } from './practice-client.ts';

/** A request as it arrived at the server. */
export interface SeenRequest {
  readonly operation: string;
  readonly partNumber: number | undefined;
  readonly bytes: number;
  readonly status: number;
}

/** The S3 server that a test runs against, and a look at it that does not go through our own engine. */
export interface S3Target {
  readonly name: 'practice' | 'radosgw';
  readonly client: S3Client;
  readonly bucket: string;
  readonly open: () => OpenDestination;
  readonly requests: () => readonly SeenRequest[];
  /** Bytes of all parts that were taken since the start. */
  readonly receivedPartBytes: () => number;
  readonly objectSha256: (key: string) => Promise<string>;
  readonly objectCount: () => Promise<number>;
  readonly unfinishedUploads: () => Promise<number>;
  readonly deleteObject: (key: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The practice bucket; or, where the environment names one, a real server behind a counting proxy. */
export async function openTarget(options: Partial<PracticeServerOptions> = {}): Promise<S3Target> {
  const practice = await startPractice(options);
  const client = practiceClient(practice);
  const open = (): OpenDestination => ({
    address: { endpoint: practice.endpoint, region: 'auto', bucket: practice.bucket, isPathStyle: true },
    credentials: { ...practice.credentials, sessionToken: null },
  });
  return {
    name: 'practice',
    open,
    requests: () => practice.requests,
    stop: async () => {
      client.destroy();
      await practice.stop();
    },
    ...lookInto(client, practice.bucket, () => practice.requests),
  };
}

function lookInto(
  client: S3Client,
  Bucket: string,
  requests: () => readonly SeenRequest[],
): Omit<S3Target, 'name' | 'open' | 'requests' | 'stop'> {
  return {
    client,
    bucket: Bucket,
    receivedPartBytes: () =>
      requests()
        .filter(({ operation, status }) => operation === 'UploadPart' && status === 200)
        .reduce((sum, { bytes }) => sum + bytes, 0),
    objectSha256: async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const hash = createHash('sha256');
      for await (const chunk of Body as AsyncIterable<Uint8Array>) hash.update(chunk);
      return hash.digest('hex');
    },
    objectCount: async () => (await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount ?? 0,
    unfinishedUploads: async () =>
      (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0,
    deleteObject: async (Key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key }))),
  };
}
