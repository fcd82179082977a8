import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ListedObject, UnfinishedFound } from '../upkeep/ports.ts';
import type { StoredPart } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { nameOf, statusOf, translated, unquoted } from './answers.ts';

interface Page {
  readonly IsTruncated?: boolean | undefined;
}

/**
 * Page after page until the server says that there are no more. `ask` gets the page before; `markerOf` says where the
 * next one begins. The SDK's paginators go by the marker alone, and radosgw answers one on the last page too: they
 * would turn in a circle for ever. A marker that comes a second time rejects with `unexpected-answer` for the same reason.
 */
async function* pages<P extends Page>(
  ask: (before: P | undefined) => Promise<P>,
  markerOf: (page: P) => string,
): AsyncGenerator<P> {
  const seen = new Set(['']);
  for (let page: P | undefined; ; ) {
    page = await ask(page);
    yield page;
    if (page.IsTruncated !== true) return;
    const marker = markerOf(page);
    if (seen.has(marker)) throw new UploadError('unexpected-answer');
    seen.add(marker);
  }
}

export async function allParts(
  client: S3Client,
  input: { readonly Bucket: string; readonly Key: string; readonly UploadId: string },
  signal: AbortSignal,
): Promise<readonly StoredPart[]> {
  const parts: StoredPart[] = [];
  const ask = (before: ListPartsCommandOutput | undefined): Promise<ListPartsCommandOutput> =>
    client.send(new ListPartsCommand({ ...input, PartNumberMarker: before?.NextPartNumberMarker }), { abortSignal: signal });
  try {
    for await (const page of pages(ask, ({ NextPartNumberMarker }) => NextPartNumberMarker ?? '')) {
      for (const { PartNumber, Size, ETag, ChecksumCRC64NVME: crc64nvme } of page.Parts ?? []) {
        if (PartNumber === undefined || Size === undefined) continue;
        parts.push({ partNumber: PartNumber, size: Size, etag: unquoted(ETag) ?? '', crc64nvme });
      }
    }
  } catch (error) {
    // Ceph radosgw says NoSuchKey of an upload that it does not know.
    if (statusOf(error) === 404 && nameOf(error) === 'NoSuchKey') throw new UploadError('upload-expired');
    throw error;
  }
  return parts;
}

/** All unfinished uploads whose keys begin so. A page holds a thousand, or `MaxUploads`. */
export async function unfinishedUploads(
  client: S3Client,
  input: { readonly Bucket: string; readonly Prefix: string; readonly MaxUploads?: number },
  signal: AbortSignal,
): Promise<readonly UnfinishedFound[]> {
  const found: UnfinishedFound[] = [];
  const ask = (before: ListMultipartUploadsCommandOutput | undefined): Promise<ListMultipartUploadsCommandOutput> => {
    const markers = { KeyMarker: before?.NextKeyMarker, UploadIdMarker: before?.NextUploadIdMarker };
    return client.send(new ListMultipartUploadsCommand({ ...input, ...markers }), { abortSignal: signal });
  };
  for await (const page of pages(ask, nextUpload)) {
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined) continue;
      found.push({ key: Key, uploadId: UploadId, initiatedAt: Initiated?.getTime() ?? null });
    }
  }
  return found;
}

const nextUpload = ({ NextKeyMarker = '', NextUploadIdMarker = '' }: ListMultipartUploadsCommandOutput): string =>
  NextKeyMarker === '' ? '' : `${NextKeyMarker} ${NextUploadIdMarker}`;

/** The objects whose keys begin so, in the order of their keys. */
export async function* allObjects(
  client: S3Client,
  input: { readonly Bucket: string; readonly Prefix: string },
  signal: AbortSignal,
): AsyncGenerator<ListedObject> {
  const ask = (before: ListObjectsV2CommandOutput | undefined): Promise<ListObjectsV2CommandOutput> =>
    translated(signal, () => {
      const command = new ListObjectsV2Command({ ...input, ContinuationToken: before?.NextContinuationToken });
      return client.send(command, { abortSignal: signal });
    });
  for await (const page of pages(ask, ({ NextContinuationToken }) => NextContinuationToken ?? '')) {
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key === undefined) continue;
      yield { key: Key, size: Size ?? 0, modifiedAt: LastModified?.getTime() ?? null };
    }
  }
}
