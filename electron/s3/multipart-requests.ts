import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ObjectDescription, ObjectStorage } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { nameOf, required, statusOf, translated, unquoted } from './answers.ts';
import { sendBody, withChecksums } from './request-with-body.ts';
import { allParts, unfinishedUploads } from './listings.ts';
import type { ObjectHeaders } from './object-headers.ts';
import type { BucketClient } from './s3-client.ts';

type MultipartRequests = Pick<
  ObjectStorage,
  | 'createMultipartUpload'
  | 'uploadPart'
  | 'listParts'
  | 'completeMultipartUpload'
  | 'abortMultipartUpload'
  | 'listUnfinished'
>;

/** The requests of a multipart upload. */
export function multipartRequests(
  bucket: BucketClient,
  describe: (object: ObjectDescription) => ObjectHeaders,
): MultipartRequests {
  const { client, bucket: Bucket } = bucket;
  return {
    createMultipartUpload: (object, signal) =>
      translated(signal, () =>
        withChecksums(bucket, async (isAllowed) => {
          const command = new CreateMultipartUploadCommand({
            ...describe(object),
            // The one checksum over a whole object that both S3 and R2 keep (R2: "Checksums", CRC-64/NVME).
            ...(isAllowed ? { ChecksumAlgorithm: 'CRC64NVME' as const, ChecksumType: 'FULL_OBJECT' as const } : {}),
          });
          const answer = await client.send(command, { abortSignal: signal });
          return {
            uploadId: required(answer.UploadId),
            expiresAt: answer.AbortDate?.getTime() ?? null,
            hasChecksum: isAllowed && answer.ChecksumAlgorithm === 'CRC64NVME',
          };
        }),
      ),

    uploadPart: ({ key, uploadId, partNumber, body, signal }) =>
      translated(signal, async () => {
        const { crc64nvme } = body;
        const answer = await sendBody(body, (Body) =>
          client.send(
            new UploadPartCommand({
              Bucket,
              Key: key,
              UploadId: uploadId,
              PartNumber: partNumber,
              Body,
              ContentLength: body.size,
              ...(crc64nvme === null ? {} : { ChecksumCRC64NVME: crc64nvme }),
            }),
            { abortSignal: signal },
          ),
        );
        if (crc64nvme !== null) confirm(bucket, crc64nvme, answer.ChecksumCRC64NVME);
        return { etag: required(unquoted(answer.ETag)) };
      }),

    listParts: (key, uploadId, signal) =>
      translated(signal, () => allParts(client, { Bucket, Key: key, UploadId: uploadId }, signal)),

    completeMultipartUpload: (request) => translated(request.signal, () => complete(bucket, request)),

    abortMultipartUpload: (key, uploadId, signal) =>
      translated(signal, async () => {
        const command = new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId });
        try {
          await client.send(command, { abortSignal: signal });
        } catch (error) {
          if (statusOf(error) !== 404 || nameOf(error) === 'NoSuchBucket') throw error;
        }
      }),

    listUnfinished: (key, signal) =>
      translated(signal, async () => {
        const found = await unfinishedUploads(client, { Bucket, Prefix: key }, signal);
        return found.filter((upload) => upload.key === key);
      }),
  };
}

type Completion = Parameters<ObjectStorage['completeMultipartUpload']>[0];

async function complete(bucket: BucketClient, request: Completion): Promise<{ readonly etag: string }> {
  try {
    return await withChecksums(bucket, async (isAllowed) => {
      const command = new CompleteMultipartUploadCommand(completion(bucket.bucket, request, isAllowed));
      const answer = await bucket.client.send(command, { abortSignal: request.signal });
      // A 200 may carry an error document that the SDK passes as success; only an ETag says that it worked.
      return { etag: required(unquoted(answer.ETag)) };
    });
  } catch (error) {
    // The parts that the server has do not make up the file.
    if (nameOf(error) === 'BadDigest') throw new UploadError('object-mismatch', { serverCode: 'BadDigest' });
    throw error;
  }
}

/** Without the repeated checksum nobody but us has looked at the bytes. */
function confirm({ server }: BucketClient, sent: string, repeated: string | undefined): void {
  if (repeated === sent) return;
  if (repeated !== undefined) throw new UploadError('unexpected-answer', { isUnclear: true });
  server.keepsChecksums = false;
  throw new UploadError('checksum-unconfirmed');
}

function completion(
  Bucket: string,
  { key, uploadId, parts, crc64nvme, mustBeNew }: Completion,
  isAllowed: boolean,
): CompleteMultipartUploadCommandInput {
  return {
    Bucket,
    Key: key,
    UploadId: uploadId,
    MultipartUpload: { Parts: parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: `"${etag}"` })) },
    ...(mustBeNew ? { IfNoneMatch: '*' } : {}),
    ...(isAllowed && crc64nvme !== null ? { ChecksumType: 'FULL_OBJECT', ChecksumCRC64NVME: crc64nvme } : {}),
  };
}
