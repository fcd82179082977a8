import {
  type CORSRule,
  CreateMultipartUploadCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type Locator, type Page, expect } from '@playwright/test';
import type { S3Target } from '../support/s3-target.ts';

type Bucket = Pick<S3Target, 'client' | 'bucket'>;

/** The same server as an R2 bucket: for R2 there are prices, for other people's servers there are none. */
export async function saveR2(page: Page, target: Pick<S3Target, 'open'>, name: string): Promise<void> {
  const { address, credentials } = target.open();
  const answer = await page.evaluate(
    ({ address: { endpoint, bucket }, credentials: key, called }) =>
      window.remessa.saveDestination({
        id: null,
        importId: null,
        draft: {
          kind: 'r2',
          name: called,
          accountId: 'a'.repeat(32),
          jurisdiction: 'default',
          bucket,
          prefix: '',
          endpoint,
          publicBaseUrl: null,
        },
        credentials: key,
        keep: 'keychain',
      }),
    { address, credentials, called: name },
  );
  if (!answer.ok) throw new Error(answer.error.code);
}

/** From the open page of checks to its end. */
export async function runCheck(care: Locator): Promise<void> {
  await care.getByRole('button', { name: /^Check (now|again)$/ }).click();
  await expect(care.getByRole('button', { name: 'Copy report' })).toBeVisible({ timeout: 30_000 });
}

export const checkOf = (care: Locator, name: string): Locator => care.getByTestId(`check-${name}`);

export async function corsOf({ client, bucket: Bucket }: Bucket): Promise<readonly CORSRule[]> {
  return (await client.send(new GetBucketCorsCommand({ Bucket }))).CORSRules ?? [];
}

export const putCors = ({ client, bucket: Bucket }: Bucket, ...CORSRules: CORSRule[]): Promise<unknown> =>
  client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));

export async function lifecycleOf({ client, bucket: Bucket }: Bucket) {
  return (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules ?? [];
}

/** A video that another program has put there. */
export const putElsewhere = ({ client, bucket: Bucket }: Bucket, Key: string, Body: string): Promise<unknown> =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'video/mp4' }));

/** An upload that another program has begun, with so many parts of 5 MiB, and left. */
export async function beginElsewhere(client: S3Client, Bucket: string, Key: string, parts = 1): Promise<string> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  for (let PartNumber = 1; PartNumber <= parts; PartNumber += 1) {
    await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: Buffer.alloc(5 * 1024 * 1024) }));
  }
  return UploadId ?? '';
}
