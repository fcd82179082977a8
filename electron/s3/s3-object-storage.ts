import { HeadBucketCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ObjectDescription, ObjectStorage } from '../uploads/ports.ts';
import { required, statusOf, translated, unquoted } from './answers.ts';
import { limits } from './limits.ts';
import { multipartRequests } from './multipart-requests.ts';
import type { BucketClient } from './s3-client.ts';

const tokenHeader = 'remessa-token';

/** The engine's storage port over one bucket. */
export function s3ObjectStorage(bucket: BucketClient, appVersion: string): ObjectStorage {
  const { client, handler } = bucket;
  const Bucket = bucket.bucket;
  const describe = (object: ObjectDescription) => ({
    Bucket,
    Key: object.key,
    ContentType: object.contentType,
    Metadata: {
      [tokenHeader]: object.uploadToken,
      // Headers are ASCII; S3 counts at most 2 KB of metadata in all.
      'remessa-name': encodeURIComponent(object.originalName).slice(0, 1024),
      'remessa-version': appVersion,
    },
  });

  return {
    limits,
    ...multipartRequests(bucket, describe),

    headObject: (key, signal) =>
      translated(signal, async () => {
        try {
          const head = await client.send(new HeadObjectCommand({ Bucket, Key: key }), { abortSignal: signal });
          return {
            size: head.ContentLength ?? 0,
            etag: unquoted(head.ETag) ?? '',
            contentType: head.ContentType ?? null,
            uploadToken: head.Metadata?.[tokenHeader] ?? null,
          };
        } catch (error) {
          if (statusOf(error) === 404) return null;
          throw error;
        }
      }),

    putObject: (object, { body, signal, onProgress, mustBeNew }) =>
      translated(signal, async () => {
        const watch = handler.watch(body, { signal, onProgress });
        try {
          const answer = await new Upload({
            client,
            params: { ...describe(object), Body: body, ...(mustBeNew ? { IfNoneMatch: '*' } : {}) },
            // Larger than the body: lib-storage then makes it one PutObject.
            partSize: Math.max(limits.minPartBytes, body.length + 1),
            queueSize: 1,
          }).done();
          return { etag: required(unquoted(answer.ETag)) };
        } finally {
          watch.done();
        }
      }),

    isReachable: async (signal) => {
      try {
        await client.send(new HeadBucketCommand({ Bucket }), { abortSignal: signal });
        return true;
      } catch (error) {
        // A refusal is an answer, too.
        return (statusOf(error) ?? 0) >= 400;
      }
    },
  };
}
