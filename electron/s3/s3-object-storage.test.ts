import { createHash } from 'node:crypto';
import { type IncomingMessage, type RequestListener, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ObjectStorage, RequestBody } from '../uploads/ports.ts';
import { openBucket } from './s3-client.ts';
import { s3ObjectStorage } from './s3-object-storage.ts';
import { testDestination } from './test-destination.ts';

const patient = new AbortController().signal;
const object = {
  key: 'videos/video_5.mp4',
  size: 4,
  contentType: 'video/mp4',
  uploadToken: 'token',
  originalName: 'ação 🎬.mp4',
};
const closers: Array<() => void> = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** A server that does what a test says, and the storage over it. */
async function serve(listener: RequestListener) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret', sessionToken: null };
  const bucket = openBucket({ endpoint, region: 'auto', bucket: 'videos', isPathStyle: true }, keys);
  closers.push(() => {
    bucket.handler.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { storage: s3ObjectStorage(bucket, '1.2.3'), seen, bucket };
}

const xml = (response: ServerResponse, status: number, body: string): void =>
  void response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
const swallow = (request: IncomingMessage, then: () => void): void => void request.resume().on('end', then);
const sliceBytes = 262_144;

/** Bytes as the engine hands them over: slice by slice, each told when it is out. */
function bodyOf(
  bytes: Uint8Array,
  claims: { readonly crc64nvme?: string; readonly onSent?: (sent: number) => void } = {},
): RequestBody {
  return {
    size: bytes.length,
    sha256: claims.crc64nvme === undefined ? createHash('sha256').update(bytes).digest('hex') : null,
    crc64nvme: claims.crc64nvme ?? null,
    pieces: async function* pieces() {
      for (let at = 0; at < bytes.length; at += sliceBytes) {
        yield bytes.subarray(at, at + sliceBytes);
        claims.onSent?.(Math.min(bytes.length, at + sliceBytes));
      }
    },
  };
}

const part = (storage: ObjectStorage, body: Uint8Array | RequestBody, signal = patient) =>
  storage.uploadPart({
    key: object.key,
    uploadId: 'u',
    partNumber: 1,
    offset: 0,
    body: body instanceof Uint8Array ? bodyOf(body) : body,
    signal,
  });
const complete = (storage: ObjectStorage, mustBeNew = true) =>
  storage.completeMultipartUpload({
    key: object.key,
    uploadId: 'u',
    parts: [{ partNumber: 1, size: 1, etag: 'e' }],
    crc64nvme: null,
    mustBeNew,
    signal: patient,
  });

const partsPage = (numbers: readonly number[], more: string): string => {
  const parts = numbers.map((n) => `<Part><PartNumber>${n}</PartNumber><Size>9</Size><ETag>"e${n}"</ETag></Part>`);
  return `<ListPartsResult>${more}${parts.join('')}</ListPartsResult>`;
};
const unfinished = (key: string, id: string): string =>
  `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>`;

describe('a connection that breaks', () => {
  it('in the middle of a part is a lost connection, not a missing network', async () => {
    const { storage } = await serve((request) => void request.once('data', () => request.socket.resetAndDestroy()));
    await expect(part(storage, new Uint8Array(8 * 1024 * 1024))).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('before the answer is a lost connection whose effect is unclear', async () => {
    const { storage } = await serve((request) => swallow(request, () => request.socket.destroy()));
    await expect(complete(storage)).rejects.toMatchObject({ code: 'connection-lost', facts: { isUnclear: true } });
  });

  it('because nobody listens is offline', async () => {
    const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret', sessionToken: null };
    const address = { endpoint: 'http://127.0.0.1:1', region: 'auto', bucket: 'videos', isPathStyle: true };
    const bucket = openBucket(address, keys);
    const storage = s3ObjectStorage(bucket, '1.2.3');
    await expect(storage.headObject('x.mp4', patient)).rejects.toMatchObject({ code: 'offline' });
    expect(await storage.isReachable(patient)).toBe(false);
  });
});

describe('a part', () => {
  it('is told in steps as it goes, and ends with its ETag without quotes', async () => {
    const { storage, seen } = await serve((request, response) =>
      swallow(request, () => response.writeHead(200, { etag: '"abc"' }).end()),
    );
    const steps: number[] = [];
    const body = new Uint8Array(1024 * 1024);
    expect(await part(storage, bodyOf(body, { onSent: (sent) => steps.push(sent) }))).toEqual({ etag: 'abc' });
    expect(steps).toEqual([262_144, 524_288, 786_432, 1_048_576]);
    expect(seen[0]?.headers).toMatchObject({ 'content-length': '1048576' });
    expect(seen[0]?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(seen[0]?.headers)).not.toMatch(/crc|trailer|expect|chunked/);
  });

  it('stops at once when told to, with the reason', async () => {
    const { storage } = await serve(() => undefined);
    const controller = new AbortController();
    const sending = part(storage, new Uint8Array(1024), controller.signal);
    setTimeout(() => controller.abort(new Error('paused')), 20);
    const begun = Date.now();
    await expect(sending).rejects.toThrow('paused');
    expect(Date.now() - begun).toBeLessThan(1_000);
  });

  it('whose answer has no ETag has not arrived for sure', async () => {
    const { storage } = await serve((request, response) => swallow(request, () => response.writeHead(200).end()));
    const error = { code: 'unexpected-answer', facts: { isUnclear: true } };
    await expect(part(storage, new Uint8Array(4))).rejects.toMatchObject(error);
  });
});

describe('Complete', () => {
  it.each([
    ['at once', '<Error><Code>InternalError</Code></Error>'],
    ['after white space', '\n \n<?xml version="1.0"?>\n<Error><Code>InternalError</Code></Error>'],
    ['and a line break behind it', '<Error><Code>InternalError</Code></Error>\n'],
    ['as nothing at all', ''],
  ])('that answers 200 and then an error (%s) is none that worked', async (_how, body) => {
    const { storage } = await serve((request, response) => swallow(request, () => xml(response, 200, body)));
    await expect(complete(storage)).rejects.toMatchObject({ facts: { isUnclear: true } });
  });

  it('asks for a new object only where it must be one', async () => {
    const answer = '<CompleteMultipartUploadResult><ETag>"e-1"</ETag></CompleteMultipartUploadResult>';
    const { storage, seen } = await serve((request, response) => swallow(request, () => xml(response, 200, answer)));
    expect(await complete(storage, true)).toEqual({ etag: 'e-1' });
    await complete(storage, false);
    expect(seen.map(({ headers }) => headers['if-none-match'])).toEqual(['*', undefined]);
  });
});

describe('what else is asked', () => {
  it('lists parts page by page', async () => {
    const { storage, seen } = await serve((request, response) =>
      xml(
        response,
        200,
        request.url?.includes('part-number-marker=2') === true
          ? partsPage([3], '<IsTruncated>false</IsTruncated>')
          : partsPage([1, 2], '<IsTruncated>true</IsTruncated><NextPartNumberMarker>2</NextPartNumberMarker>'),
      ),
    );
    expect((await storage.listParts('k.mp4', 'u', patient)).map(({ etag }) => etag)).toEqual(['e1', 'e2', 'e3']);
    expect(seen).toHaveLength(2);
  });

  it.each(['NoSuchUpload', 'NoSuchKey'])('takes %s for an upload that has expired', async (code) => {
    const { storage } = await serve((_request, response) => xml(response, 404, `<Error><Code>${code}</Code></Error>`));
    await expect(storage.listParts('k.mp4', 'u', patient)).rejects.toMatchObject({ code: 'upload-expired' });
    await expect(storage.abortMultipartUpload('k.mp4', 'u', patient)).resolves.toBeUndefined();
  });

  it('names the object and its origin at Create, in ASCII, without ACL or encoding', async () => {
    const answer = '<InitiateMultipartUploadResult><UploadId>u-1</UploadId></InitiateMultipartUploadResult>';
    const { storage, seen } = await serve((_request, response) => xml(response, 200, answer));
    expect(await storage.createMultipartUpload(object, patient)).toEqual({ uploadId: 'u-1', expiresAt: null, hasChecksum: false });
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'video/mp4',
      'x-amz-meta-remessa-token': 'token',
      'x-amz-meta-remessa-name': encodeURIComponent('ação 🎬.mp4'),
      'x-amz-meta-remessa-version': '1.2.3',
    });
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain('x-amz-acl');
  });

  it('finds only unfinished uploads of exactly this key', async () => {
    const uploads = unfinished('a.mp4', 'x') + unfinished('a.mp4.bak', 'y');
    const body = `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${uploads}</ListMultipartUploadsResult>`;
    const { storage } = await serve((_request, response) => xml(response, 200, body));
    const found = await storage.listUnfinished('a.mp4', patient);
    expect(found).toEqual([{ key: 'a.mp4', uploadId: 'x', initiatedAt: Date.UTC(2026, 0, 1) }]);
  });

  it('is a captive portal when a web page answers, and not reachable', async () => {
    const { storage } = await serve((_request, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>'),
    );
    await expect(storage.headObject('a.mp4', patient)).rejects.toMatchObject({ code: 'captive-portal' });
    expect(await storage.isReachable(patient)).toBe(false);
  });

  it('is reachable when it refuses', async () => {
    const { storage } = await serve((_request, response) => void response.writeHead(403).end());
    expect(await storage.isReachable(patient)).toBe(true);
  });

  it('sends a small file in one PutObject, with the condition', async () => {
    const { storage, seen } = await serve((request, response) =>
      swallow(request, () => response.writeHead(200, { etag: '"e"' }).end()),
    );
    const sent: number[] = [];
    const body = bodyOf(Buffer.from('small'), { onSent: (n) => sent.push(n) });
    const request = { body, signal: patient, mustBeNew: true };
    expect(await storage.putObject(object, request)).toEqual({ etag: 'e' });
    expect(seen.map(({ method, headers }) => [method, headers['if-none-match'], headers['content-length']])).toEqual([
      ['PUT', '*', '5'],
    ]);
    expect(sent).toEqual([5]);
  });
});

describe('the test of a destination', () => {
  it('that takes too long says so, and does not call it a fault of ours', async () => {
    const { storage, bucket } = await serve((request, response) => {
      if (request.method === 'HEAD') response.writeHead(200).end();
    });
    const report = await testDestination(bucket, storage, '', AbortSignal.timeout(100));
    expect(report.passed).toBe(false);
    expect(report.steps.map(({ error }) => error?.code)).toEqual([undefined, 'timeout', undefined]);
  });

  it('asks for nothing outside of its prefix', async () => {
    const { storage, bucket, seen } = await serve((request, response) => {
      const answer = '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>';
      swallow(request, () => xml(response, 200, request.method === 'POST' ? answer : ''));
    });
    await testDestination(bucket, storage, 'school/', patient);
    const keys = seen.filter(({ method }) => method !== 'HEAD').map(({ url }) => url);
    expect(keys.length).toBeGreaterThan(2);
    expect(keys.every((url) => url.startsWith('/videos/school/videos/.remessa-test-'))).toBe(true);
  });
});
