import { HeadBucketCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectDescription, ObjectStorage, StoredObject } from '../uploads/ports.ts';
import { required, statusOf, translated, unquoted } from './answers.ts';
import { limits } from './limits.ts';
import { multipartRequests } from './multipart-requests.ts';
import { objectHeaders, tokenHeader } from './object-headers.ts';
import { sendBody, withChecksums } from './request-with-body.ts';
import { roundTrip, serverOf } from './round-trip.ts';
import type { BucketClient } from './s3-client.ts';

/** The engine's storage port over one bucket. */
export function s3ObjectStorage(bucket: BucketClient, appVersion: string): ObjectStorage {
  const { client } = bucket;
  const Bucket = bucket.bucket;
  const describe = (object: ObjectDescription) => objectHeaders(Bucket, appVersion, object);

  return {
    limits,
    ...multipartRequests(bucket, describe),

    headObject: (key, signal) => translated(signal, () => headObject(bucket, key, signal)),

    putObject: (object, { body, signal, mustBeNew }) =>
      translated(signal, () =>
        withChecksums(bucket, async (isAllowed) => {
          const answer = await sendBody(body, (Body) =>
            client.send(
              new PutObjectCommand({
                ...describe(object),
                Body,
                ContentLength: body.size,
                ...(mustBeNew ? { IfNoneMatch: '*' } : {}),
                ...(isAllowed && body.crc64nvme !== null ? { ChecksumCRC64NVME: body.crc64nvme } : {}),
              }),
              { abortSignal: signal },
            ),
          );
          return { etag: required(unquoted(answer.ETag)) };
        }),
      ),

    checksumOf: (key, signal, known) =>
      translated(signal, async () => (known ?? (await headObject(bucket, key, signal)))?.crc64nvme ?? null),
    isReachable: async (signal) => {
      try {
        await client.send(new HeadBucketCommand({ Bucket }), { abortSignal: signal });
        return true;
      } catch (error) {
        // A refusal is an answer, too.
        return (statusOf(error) ?? 0) >= 400;
      }
    },

    roundTrip: (signal) => roundTrip(serverOf(bucket.endpoint, bucket.proxy), signal),
  };
}

async function headObject({ client, bucket: Bucket }: BucketClient, key: string, signal: AbortSignal): Promise<StoredObject | null> {
  try {
    const command = new HeadObjectCommand({ Bucket, Key: key, ChecksumMode: 'ENABLED' });
    const head = await client.send(command, { abortSignal: signal });
    return {
      size: head.ContentLength ?? 0,
      modifiedAt: head.LastModified?.getTime() ?? null,
      etag: unquoted(head.ETag) ?? '',
      // One that is made of those of the parts says nothing of the whole.
      crc64nvme: head.ChecksumType === 'COMPOSITE' ? null : (head.ChecksumCRC64NVME ?? null),
      contentType: head.ContentType ?? null,
      uploadToken: head.Metadata?.[tokenHeader] ?? null,
    };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
