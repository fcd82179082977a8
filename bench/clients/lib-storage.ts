import { createReadStream } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Job } from '../job.ts';

/** `@aws-sdk/lib-storage` as its documentation shows it: a file stream and defaults, but for part size and place. */
export async function uploadWithLibStorage(
  { file, target }: Job,
  options: { readonly partSize: number; readonly connections: number; readonly key: string },
): Promise<string> {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = target;
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  await new Upload({
    client,
    params: { Bucket: bucket, Key: options.key, Body: createReadStream(file) },
    partSize: options.partSize,
    queueSize: options.connections,
  }).done();
  client.destroy();
  return options.key;
}
