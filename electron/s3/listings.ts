import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { StoredPart } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { nameOf, statusOf, unquoted } from './answers.ts';

/**
 * All pages. The SDK's paginator goes by the marker alone, and radosgw answers one on the last page too: it would turn
 * in a circle for ever.
 */
export async function allParts(
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
      for (const { PartNumber, Size, ETag, ChecksumCRC64NVME: crc64nvme } of page.Parts ?? []) {
        if (PartNumber === undefined || Size === undefined) continue;
        parts.push({ partNumber: PartNumber, size: Size, etag: unquoted(ETag) ?? '', crc64nvme });
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
export async function unfinishedOf(
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
