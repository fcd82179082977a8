import { notModified, preconditionsOf } from './conditions.ts';
import { missingKey, versionHeaders } from './object-versions.ts';
import { preconditionFailed, type ObjectCall } from './operation.ts';
import { checksumHeaders } from './put-object.ts';
import { readRange, type ByteRange } from './byte-range.ts';
import { S3Fault } from './s3-fault.ts';
import { emptyReply, type FileRange, type Reply } from './s3-reply.ts';
import { queryValue } from './s3-request.ts';
import type { StoredObject } from './stored.ts';

/** GetObject and HeadObject: the same answer, with and without the bytes. */
export async function readObject(call: ObjectCall): Promise<Reply> {
  const object = call.bucket.objects.get(call.key);
  if (object === undefined) throw missingKey(call);
  const headers = { ...objectHeaders(object), ...versionHeaders(call, object), ...overrides(call) };
  const verdict = preconditionsOf(call.request.headers, object);
  if (verdict.kind === 'failed') throw preconditionFailed(verdict.header);
  if (verdict.kind === 'not-modified') return notModified(headers);
  const range = readRange(call.request.headers, object);
  // The checksum is that of the whole; beside a range the SDK would compare it with the piece.
  const checksum = range === undefined && call.request.headers.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const all = { ...headers, ...(checksum ? checksumHeaders(object.checksum) : {}) };
  return call.request.method === 'HEAD' ? headReply(object, range, all) : getReply(call, object, range, all);
}

/** A HEAD with a range is 206 too, with the length a GET would have. */
function headReply(object: StoredObject, range: ByteRange | undefined, headers: Record<string, string>): Reply {
  const length = range === undefined ? object.size : range.end - range.start + 1;
  return emptyReply(range === undefined ? 200 : 206, {
    ...headers,
    ...contentRange(object, range),
    'content-length': String(length),
  });
}

/** The lease is taken here, before anything else can run, and ends when the last byte is sent or the client gone. */
function getReply(
  call: ObjectCall,
  object: StoredObject,
  range: ByteRange | undefined,
  headers: Record<string, string>,
): Reply {
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  return {
    status: range === undefined ? 200 : 206,
    headers: { ...headers, ...contentRange(object, range) },
    body: {
      ranges: fileRanges(object, { start, end }, (file) => call.bucket.folder.dataFile(object.dataId, file)),
      length: end - start + 1,
      release: call.bucket.lease(object),
    },
  };
}

/** All that Create or PutObject kept, and what the server knows itself. */
function objectHeaders(object: StoredObject): Record<string, string> {
  return {
    ...object.headers,
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modifiedMs).toUTCString(),
    'accept-ranges': 'bytes',
  };
}

const OVERRIDES = [
  'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type', 'expires',
];

/** `response-content-disposition` and its kin, which give a presigned link its file name. Signed requests only. */
function overrides(call: ObjectCall): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of OVERRIDES) {
    const value = queryValue(call.request, `response-${name}`);
    if (value === undefined) continue;
    if (call.identity.kind === 'anonymous') {
      throw new S3Fault(
        'InvalidRequest',
        'Request specific response headers cannot be used for anonymous GET requests.',
      );
    }
    // Line breaks above all: a link must not be able to add headers of its own.
    if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) {
      throw new S3Fault('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
    }
    found[name] = value;
  }
  return found;
}

function contentRange(object: StoredObject, range: ByteRange | undefined): Record<string, string> {
  return range === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` };
}

/** Which bytes of which segment files make up a range of the object. */
function fileRanges(object: StoredObject, range: ByteRange, pathOf: (file: string) => string): readonly FileRange[] {
  const ranges: FileRange[] = [];
  let offset = 0;
  for (const segment of object.segments) {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(range.end - offset, segment.size - 1);
    if (start <= end) ranges.push({ path: pathOf(segment.file), start, end });
    offset += segment.size;
  }
  return ranges;
}
