import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ObjectDescription, ObjectStorage, StoredPart } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { nameOf, required, statusOf, translated, unquoted } from './answers.ts';
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

/** What CreateMultipartUpload and PutObject say about an object. */
interface ObjectHeaders {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
  readonly Metadata: Record<string, string>;
}

/** The requests of a multipart upload. */
export function multipartRequests(
  { client, handler, bucket: Bucket }: BucketClient,
  describe: (object: ObjectDescription) => ObjectHeaders,
): MultipartRequests {
  return {
    createMultipartUpload: (object, signal) =>
      translated(signal, async () => {
        const answer = await client.send(new CreateMultipartUploadCommand(describe(object)), { abortSignal: signal });
        return { uploadId: required(answer.UploadId), expiresAt: answer.AbortDate?.getTime() ?? null };
      }),

    uploadPart: ({ key, uploadId, partNumber, body, signal, onProgress }) =>
      translated(signal, async () => {
        const watch = handler.watch(body, { signal, onProgress });
        try {
          const command = new UploadPartCommand({
            Bucket,
            Key: key,
            UploadId: uploadId,
            PartNumber: partNumber,
            Body: body,
          });
          const answer = await client.send(command, { abortSignal: signal });
          return { etag: required(unquoted(answer.ETag)) };
        } finally {
          watch.done();
        }
      }),

    listParts: (key, uploadId, signal) =>
      translated(signal, () => allParts(client, { Bucket, Key: key, UploadId: uploadId }, signal)),

    completeMultipartUpload: ({ key, uploadId, parts, mustBeNew, signal }) =>
      translated(signal, async () => {
        const command = new CompleteMultipartUploadCommand({
          Bucket,
          Key: key,
          UploadId: uploadId,
          MultipartUpload: { Parts: parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: `"${etag}"` })) },
          ...(mustBeNew ? { IfNoneMatch: '*' } : {}),
        });
        const answer = await client.send(command, { abortSignal: signal });
        // A 200 may carry an error document that the SDK passes as success; only an ETag says that it worked.
        return { etag: required(unquoted(answer.ETag)) };
      }),

    abortMultipartUpload: (key, uploadId, signal) =>
      translated(signal, async () => {
        const command = new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId });
        try {
          await client.send(command, { abortSignal: signal });
        } catch (error) {
          if (statusOf(error) !== 404 || nameOf(error) === 'NoSuchBucket') throw error;
        }
      }),

    listUnfinished: (key, signal) => translated(signal, () => unfinishedOf(client, { Bucket, Prefix: key }, signal)),
  };
}

/**
 * All pages. The SDK's paginator goes by the marker alone, and radosgw answers one on the last page too: it would turn
 * in a circle for ever.
 */
async function allParts(
  client: S3Client,
  input: { readonly Bucket: string; readonly Key: string; readonly UploadId: string },
  signal: AbortSignal,
): Promise<readonly StoredPart[]> {
  const parts: StoredPart[] = [];
  try {
    let page: ListPartsCommandOutput | undefined;
    do {
      const marker = { PartNumberMarker: page?.NextPartNumberMarker };
      page = await client.send(new ListPartsCommand({ ...input, ...marker }), { abortSignal: signal });
      for (const { PartNumber, Size, ETag } of page.Parts ?? []) {
        if (PartNumber === undefined || Size === undefined) continue;
        parts.push({ partNumber: PartNumber, size: Size, etag: unquoted(ETag) ?? '' });
      }
    } while (page.IsTruncated === true);
  } catch (error) {
    // Ceph radosgw says NoSuchKey of an upload that it does not know.
    if (statusOf(error) === 404 && nameOf(error) === 'NoSuchKey') throw new UploadError('upload-expired');
    throw error;
  }
  return parts;
}

/** The SDK has no paginator for this one. */
async function unfinishedOf(
  client: S3Client,
  input: { readonly Bucket: string; readonly Prefix: string },
  signal: AbortSignal,
): Promise<ReadonlyArray<{ readonly uploadId: string; readonly initiatedAt: number | null }>> {
  const found: Array<{ uploadId: string; initiatedAt: number | null }> = [];
  let page: ListMultipartUploadsCommandOutput | undefined;
  do {
    const marker = { KeyMarker: page?.NextKeyMarker, UploadIdMarker: page?.NextUploadIdMarker };
    page = await client.send(new ListMultipartUploadsCommand({ ...input, ...marker }), { abortSignal: signal });
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key !== input.Prefix || UploadId === undefined) continue;
      found.push({ uploadId: UploadId, initiatedAt: Initiated?.getTime() ?? null });
    }
  } while (page.IsTruncated === true && page.NextKeyMarker !== undefined);
  return found;
}
