import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { type SinkChecksums, checksumXml } from './sink-checksums.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly xml?: string;
}

export interface SinkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

interface Thing {
  readonly size: number;
  readonly etag: string;
  readonly headers: OutgoingHttpHeaders;
  /** Shown only to those who ask for them. */
  readonly checksums: OutgoingHttpHeaders;
}

interface Unfinished {
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** How the client wants it encrypted, which every answer repeats. */
  readonly encryption: OutgoingHttpHeaders;
  /** Bytes by part number. */
  readonly sizes: Map<number, number>;
}

/** Nobody hashes here, so every part has this one. */
const partEtag = 'd41d8cd98f00b204e9800998ecf8427e';

/** A bucket that remembers what it was told about objects, and none of their bytes. */
export function sinkBucket(checksums: SinkChecksums): { readonly answer: (request: SinkRequest) => Answer } {
  const objects = new Map<string, Thing>();
  const uploads = new Map<string, Unfinished>();
  let uploadCount = 0;

  const create = ({ path, headers }: SinkRequest): Answer => {
    const id = `upload-${(uploadCount += 1)}`;
    uploads.set(id, { path, headers: described(headers), encryption: encryption(headers), sizes: new Map() });
    const xml = document('InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`);
    return { status: 200, headers: checksums.agreed(headers), xml };
  };
  const complete = (id: string, { path, headers, sizes }: Unfinished, request: SinkRequest): Answer => {
    uploads.delete(id);
    const size = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const etag = etagOfParts(sizes.size);
    const claimed = checksums.ofObject(request.headers);
    objects.set(path, { size, etag, headers, checksums: claimed });
    const xml = document('CompleteMultipartUploadResult', `<ETag>"${etag}"</ETag>${checksumXml(claimed)}`);
    return { status: 200, xml };
  };
  const ofUpload = (id: string, request: SinkRequest): Answer => {
    const upload = uploads.get(id);
    if (upload === undefined) return { status: 404, xml: document('Error', '<Code>NoSuchUpload</Code>') };
    if (request.method === 'POST') return complete(id, upload, request);
    if (request.method === 'DELETE') return uploads.delete(id) ? { status: 204 } : { status: 404 };
    if (request.method === 'GET') return { status: 200, xml: document('ListPartsResult', partList(upload.sizes)) };
    upload.sizes.set(Number(request.query.get('partNumber')), bodySize(request.headers));
    return { status: 200, headers: { ...upload.encryption, ...checksums.ofPart(request.headers), ETag: `"${partEtag}"` } };
  };
  const put = ({ path, headers }: SinkRequest): Answer => {
    const claimed = checksums.ofObject(headers);
    objects.set(path, { size: bodySize(headers), etag: partEtag, headers: described(headers), checksums: claimed });
    return { status: 200, headers: { ...encryption(headers), ...claimed, ETag: `"${partEtag}"` } };
  };
  const ofObject = (request: SinkRequest): Answer => {
    const { method, path, headers } = request;
    if (method === 'PUT') return put(request);
    if (method === 'DELETE') objects.delete(path);
    if (method === 'DELETE') return { status: 204 };
    const found = objects.get(path);
    if (found === undefined) return { status: 404 };
    const shown = headers['x-amz-checksum-mode']?.toString().toUpperCase() === 'ENABLED' ? found.checksums : {};
    return {
      status: 200,
      headers: { ...found.headers, ...shown, ETag: `"${found.etag}"`, 'Content-Length': found.size },
    };
  };

  return {
    answer: (request) => {
      const id = request.query.get('uploadId');
      if (id !== null) return ofUpload(id, request);
      if (request.query.has('uploads')) {
        if (request.method === 'POST') return create(request);
        return { status: 200, xml: document('ListMultipartUploadsResult', '<IsTruncated>false</IsTruncated>') };
      }
      return ofObject(request);
    },
  };
}

const document = (name: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name}>${content}</${name}>`;

const bodySize = (headers: IncomingHttpHeaders): number =>
  Number(headers['x-amz-decoded-content-length'] ?? headers['content-length'] ?? 0);

/** What HEAD is to show again. */
function described(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name === 'content-type' || name.startsWith('x-amz-meta-')),
  );
}

function encryption(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const asked = headers['x-amz-server-side-encryption'];
  return asked === undefined ? {} : { 'x-amz-server-side-encryption': asked };
}

function partList(sizes: ReadonlyMap<number, number>): string {
  const parts = [...sizes].sort(([a], [b]) => a - b);
  const items = parts.map(
    ([n, size]) => `<Part><PartNumber>${n}</PartNumber><ETag>"${partEtag}"</ETag><Size>${size}</Size></Part>`,
  );
  return `${items.join('')}<IsTruncated>false</IsTruncated>`;
}

/** As S3 makes it: MD5 over the parts' MD5s, and their number. Our engine looks at it. */
function etagOfParts(count: number): string {
  const hash = createHash('md5');
  for (let n = 0; n < count; n += 1) hash.update(Buffer.from(partEtag, 'hex'));
  return `${hash.digest('hex')}-${count}`;
}
