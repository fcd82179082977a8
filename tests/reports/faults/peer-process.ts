import { createReadStream } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { OpenDestination } from '../../../electron/s3/bucket-clients.ts';

export interface PeerJob extends OpenDestination {
  readonly file: string;
  readonly key: string;
}

/** `@aws-sdk/lib-storage` as its documentation shows it: a client and an Upload with default settings. */
async function main({ address, credentials, file, key }: PeerJob): Promise<void> {
  const { accessKeyId, secretAccessKey } = credentials;
  const client = new S3Client({
    endpoint: address.endpoint,
    region: address.region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  const params = { Bucket: address.bucket, Key: key, Body: createReadStream(file), ContentType: 'video/mp4' };
  await new Upload({ client, params }).done();
}

const end = (word: string): void => void process.stdout.write(`${word}\n`, () => process.exit());

main(JSON.parse(process.argv[2] ?? '{}') as PeerJob).then(
  () => end('completed'),
  (error: unknown) => end(`failed: ${nameOf(error)}`),
);

/** The system's code (`ECONNREFUSED`), which says more than the name `Error`. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' && 'code' in error ? String(error.code) : error.name;
}
