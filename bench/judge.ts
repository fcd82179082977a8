import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  type Part,
  S3Client,
  UploadPartCommand,
  paginateListParts,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { OpenTarget } from './target.ts';

export interface PresignedUpload {
  readonly urls: readonly string[];
  /** Puts the parts together; returns the key. */
  readonly complete: () => Promise<string>;
  readonly abort: () => Promise<void>;
}

/** The bench's own look at the bucket: nothing counts as measured unless all of the file has arrived. */
export interface Judge {
  readonly presign: (key: string, partCount: number) => Promise<PresignedUpload>;
  /** Rejects when the object is not there or not of this size; then it is deleted. */
  readonly checkAndDelete: (key: string, size: number) => Promise<void>;
  readonly close: () => void;
}

export function openJudge({ target, caFile }: OpenTarget): Judge {
  const { endpoint, region, bucket: Bucket, accessKeyId, secretAccessKey } = target;
  const httpsAgent = new Agent(caFile === null ? {} : { ca: readFileSync(caFile) });
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: new NodeHttpHandler({ httpsAgent }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return {
    presign: (key, partCount) => presign(client, { Bucket, Key: key }, partCount),
    checkAndDelete: async (Key, size) => {
      const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      if (ContentLength !== size) throw new Error(`${ContentLength} bytes have arrived of ${size}`);
    },
    close: () => client.destroy(),
  };
}

async function presign(
  client: S3Client,
  object: { readonly Bucket: string; readonly Key: string },
  partCount: number,
): Promise<PresignedUpload> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
  const upload = { ...object, UploadId };
  const urls: string[] = [];
  for (let PartNumber = 1; PartNumber <= partCount; PartNumber += 1) {
    urls.push(await getSignedUrl(client, new UploadPartCommand({ ...upload, PartNumber }), { expiresIn: 3600 }));
  }
  return {
    urls,
    complete: async () => {
      const parts: Part[] = [];
      for await (const { Parts = [] } of paginateListParts({ client }, upload)) parts.push(...Parts);
      const MultipartUpload = { Parts: parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })) };
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
      return object.Key;
    },
    abort: async () => void (await client.send(new AbortMultipartUploadCommand(upload))),
  };
}
