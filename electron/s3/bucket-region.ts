import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { asUploadError } from '../uploads/upload-error.ts';
import type { BucketClient } from './s3-client.ts';
import { toUploadError } from './s3-errors.ts';

/**
 * Any answer of the server proves that it is there; the region it names is the bucket's true one. Null where it names
 * none. Rejects only where nothing answers.
 */
export async function bucketRegion(
  { client, bucket }: Pick<BucketClient, 'client' | 'bucket'>,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: signal });
    return BucketRegion ?? null;
  } catch (thrown) {
    const error = toUploadError(thrown, signal);
    if (asUploadError(error).facts.httpStatus === undefined) throw error;
    const response = (thrown as { $response?: { headers?: Record<string, string> } }).$response;
    return response?.headers?.['x-amz-bucket-region'] ?? null;
  }
}
