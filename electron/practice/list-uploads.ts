import { checksumElement } from './checksums.ts';
import { abortHeaders } from './lifecycle-answer.ts';
import { readEncodingType } from './list-objects.ts';
import { commonPrefixElements, compareKeys, nameWriter, pageOf, type Page } from './list-page.ts';
import { pageSize, queryInteger, type BucketCall, type ObjectCall } from './operation.ts';
import { xmlReply, type Reply } from './s3-reply.ts';
import { queryValue } from './s3-request.ts';
import type { StoredPart, StoredUpload } from './stored.ts';
import { requireUpload } from './upload-part.ts';
import { element, optionalElement, resultElement, type Xml } from './xml-write.ts';

/**
 * What a resume stands on: number, size and ETag of every part the server has. At most 1,000 to the page, so a client
 * that reads one page only loses parts of any file above 1,000 parts.
 */
export async function listParts(call: ObjectCall): Promise<Reply> {
  const { upload, parts } = await requireUpload(call);
  const max = pageSize(call.request, 'max-parts');
  const marker = queryInteger(call.request, 'part-number-marker') ?? 0;
  const rest = [...parts.values()]
    .filter((part) => part.partNumber > marker)
    .toSorted((a, b) => a.partNumber - b.partNumber);
  const shown = rest.slice(0, max);
  const algorithm = upload.checksum?.algorithm;
  return xmlReply(
    resultElement('ListPartsResult', [
      element('Bucket', call.bucket.name),
      element('Key', call.key),
      element('UploadId', upload.uploadId),
      element('StorageClass', 'STANDARD'),
      element('PartNumberMarker', marker),
      ...optionalElement('NextPartNumberMarker', shown.at(-1)?.partNumber),
      element('MaxParts', max),
      element('IsTruncated', max > 0 && rest.length > shown.length),
      ...checksumChoice(upload),
      ...shown.map((part) => partElement(part, algorithm && checksumElement(algorithm))),
    ]),
    abortHeaders(call, upload),
  );
}

function partElement(part: StoredPart, checksumName: string | undefined): Xml {
  return element('Part', [
    element('PartNumber', part.partNumber),
    element('LastModified', new Date(part.modifiedMs).toISOString()),
    element('ETag', `"${part.etag}"`),
    element('Size', part.size),
    ...(checksumName === undefined ? [] : optionalElement(checksumName, part.checksum)),
  ]);
}

/** Absent when Create asked for none. R2's documentation does not say whether it lists these. */
function checksumChoice({ checksum }: StoredUpload): readonly Xml[] {
  if (checksum === undefined) return [];
  return [
    element('ChecksumAlgorithm', checksumElement(checksum.algorithm).slice('Checksum'.length)),
    element('ChecksumType', checksum.type),
  ];
}

/** How a client finds uploads whose id it has lost: all unfinished ones, several per key if need be. */
export async function listMultipartUploads(call: BucketCall): Promise<Reply> {
  const { request, bucket, settings } = call;
  await bucket.exclusive(() => bucket.expireUploads(settings.now()));
  const prefix = queryValue(request, 'prefix') ?? '';
  const delimiter = queryValue(request, 'delimiter') ?? '';
  const keyMarker = queryValue(request, 'key-marker') ?? '';
  // Without a key marker S3 ignores the upload id marker.
  const uploadIdMarker = keyMarker === '' ? '' : (queryValue(request, 'upload-id-marker') ?? '');
  const max = pageSize(request, 'max-uploads');
  const encodingType = readEncodingType(request);
  const write = nameWriter(encodingType);
  const uploads = [...bucket.uploads.values()].map((state) => state.upload).toSorted(compareUploads);
  const page = pageOf(uploads, {
    prefix,
    delimiter,
    max,
    isShown: (upload) => isBeforeMarkers(upload, { keyMarker, uploadIdMarker, delimiter }),
  });
  return xmlReply(
    resultElement('ListMultipartUploadsResult', [
      element('Bucket', bucket.name),
      element('KeyMarker', write(keyMarker)),
      element('UploadIdMarker', uploadIdMarker),
      ...nextMarkers(page, write),
      element('Prefix', write(prefix)),
      ...optionalElement('Delimiter', delimiter === '' ? undefined : write(delimiter)),
      ...optionalElement('EncodingType', encodingType),
      element('MaxUploads', max),
      element('IsTruncated', page.isTruncated),
      ...page.entries.map((upload) => uploadElement(upload, write)),
      ...commonPrefixElements(page.commonPrefixes, write),
    ]),
  );
}

interface Markers {
  readonly keyMarker: string;
  readonly uploadIdMarker: string;
  readonly delimiter: string;
}

/** The key marker alone means "after this key"; with an id marker, also later uploads of the same key. */
function isBeforeMarkers({ key, uploadId }: StoredUpload, { keyMarker, uploadIdMarker, delimiter }: Markers): boolean {
  if (keyMarker === '') return false;
  const order = compareKeys(key, keyMarker);
  if (order === 0) return uploadIdMarker === '' || uploadId <= uploadIdMarker;
  // The last page may have ended with a common prefix: everything below it has been shown.
  return order < 0 || (delimiter !== '' && keyMarker.endsWith(delimiter) && key.startsWith(keyMarker));
}

/** By key, then by initiation; the upload id begins with the time. */
function compareUploads(a: StoredUpload, b: StoredUpload): number {
  return compareKeys(a.key, b.key) || compareKeys(a.uploadId, b.uploadId);
}

/** Both markers together name the last upload of the page; a common prefix has no upload id. */
function nextMarkers(page: Page<StoredUpload>, write: (name: string) => string): readonly Xml[] {
  if (!page.isTruncated || page.last === undefined) return [];
  if ('prefix' in page.last) {
    return [element('NextKeyMarker', write(page.last.prefix)), element('NextUploadIdMarker', '')];
  }
  const { key, uploadId } = page.last.entry;
  return [element('NextKeyMarker', write(key)), element('NextUploadIdMarker', uploadId)];
}

function uploadElement(upload: StoredUpload, write: (name: string) => string): Xml {
  return element('Upload', [
    element('Key', write(upload.key)),
    element('UploadId', upload.uploadId),
    element('StorageClass', 'STANDARD'),
    element('Initiated', new Date(upload.initiatedMs).toISOString()),
    ...checksumChoice(upload),
  ]);
}
