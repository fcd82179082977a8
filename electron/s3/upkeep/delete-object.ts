import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { DeletionKind } from '../../../shared/upload.ts';
import { nameOf, statusOf, translated } from '../answers.ts';
import type { BucketClient } from '../s3-client.ts';

/** Where versions are kept, the answer names the marker that now hides the object. */
export function deleteObject(
  { client, bucket: Bucket }: Pick<BucketClient, 'client' | 'bucket'>,
  key: string,
  signal: AbortSignal,
): Promise<DeletionKind> {
  return translated(signal, async () => {
    try {
      const command = new DeleteObjectCommand({ Bucket, Key: key });
      const { DeleteMarker, VersionId } = await client.send(command, { abortSignal: signal });
      return DeleteMarker === true || VersionId !== undefined ? 'hidden' : 'erased';
    } catch (error) {
      // S3 calls it a success when nothing is there; some servers do not.
      if (statusOf(error) === 404 && nameOf(error) !== 'NoSuchBucket') return 'erased';
      throw error;
    }
  });
}
