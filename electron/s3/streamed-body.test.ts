import { type IncomingMessage, type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { RequestBody } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { roundTrip, serverOf } from './round-trip.ts';
import { openBucket } from './s3-client.ts';
import { s3ObjectStorage } from './s3-object-storage.ts';

const MiB = 1024 * 1024;
const patient = new AbortController().signal;
const closers: Array<() => void> = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function storageAt(endpoint: string, proxy: string | null = null) {
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret', sessionToken: null };
  const bucket = openBucket({ endpoint, region: 'auto', bucket: 'videos', isPathStyle: true }, keys, proxy);
  closers.push(() => bucket.handler.destroy());
  return { storage: s3ObjectStorage(bucket, '1.2.3'), bucket };
}

/** Piece after piece out of one memory that is written over each time, as the engine does it. */
function bodyOf(size: number, more: { readonly failAt?: Error; readonly onEnd?: () => void } = {}): RequestBody {
  const memory = Buffer.alloc(256 * 1024);
  return {
    size,
    sha256: null,
    crc64nvme: 'AAAAAAAAAAA=',
    pieces: async function* pieces() {
      try {
        for (let at = 0, n = 0; at < size; at += memory.length, n += 1) {
          if (more.failAt !== undefined && n === 3) throw more.failAt;
          memory.fill(n % 251);
          yield memory.subarray(0, Math.min(memory.length, size - at));
        }
      } finally {
        more.onEnd?.();
      }
    },
  };
}

const part = (storage: ReturnType<typeof storageAt>['storage'], body: RequestBody, signal = patient) =>
  storage.uploadPart({ key: 'v.mp4', uploadId: 'u', partNumber: 1, offset: 0, body, signal });

/** Whether the bytes are those of `bodyOf`; slow to read, so that the sender has to wait for its turn. */
async function isIntact(request: IncomingMessage): Promise<boolean> {
  let at = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte !== Math.floor(at++ / (256 * 1024)) % 251) return false;
  }
  return at > 0;
}

describe('a body that is read while it is sent', () => {
  it('arrives whole although all its pieces use one memory', async () => {
    let intact = false;
    const endpoint = await listen((request, response) => {
      void isIntact(request).then((is) => {
        intact = is;
        response.writeHead(200, { etag: '"e"', 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' }).end();
      });
    });
    expect(await part(storageAt(endpoint).storage, bodyOf(8 * MiB + 5))).toEqual({ etag: 'e' });
    expect(intact).toBe(true);
  });

  it('is read no further when the server answers early, and nothing hangs', async () => {
    let ended = 0;
    const endpoint = await listen((_request, response) => void response.writeHead(503).end());
    const { storage } = storageAt(endpoint);
    const body = bodyOf(64 * MiB, { onEnd: () => (ended += 1) });
    await expect(part(storage, body)).rejects.toMatchObject({ facts: expect.anything() });
    expect(ended).toBe(1);
  });

  it('that cannot be read on ends the request with that very error', async () => {
    const endpoint = await listen((request) => void request.resume());
    const failing = bodyOf(8 * MiB, { failAt: new UploadError('source-missing') });
    await expect(part(storageAt(endpoint).storage, failing)).rejects.toMatchObject({ code: 'source-missing' });
  });

  it('stops within a second of its signal, and is not read any more then', async () => {
    let ended = 0;
    const endpoint = await listen(() => undefined);
    const controller = new AbortController();
    const sending = part(storageAt(endpoint).storage, bodyOf(64 * MiB, { onEnd: () => (ended += 1) }), controller.signal);
    setTimeout(() => controller.abort(new Error('paused')), 50);
    const begun = Date.now();
    await expect(sending).rejects.toThrow('paused');
    expect(Date.now() - begun).toBeLessThan(1_000);
    expect(ended).toBe(1);
  });
});

describe('a checksum', () => {
  const answering = (headers: Record<string, string>) =>
    listen((request, response) => void request.resume().on('end', () => response.writeHead(200, headers).end()));

  it('that the answer does not repeat proves nothing, and is not asked for again', async () => {
    const { storage, bucket } = storageAt(await answering({ etag: '"e"' }));
    await expect(part(storage, bodyOf(5))).rejects.toMatchObject({ code: 'checksum-unconfirmed' });
    expect(bucket.server.keepsChecksums).toBe(false);
  });

  it('that comes back as another is a part to be sent again', async () => {
    const { storage } = storageAt(await answering({ etag: '"e"', 'x-amz-checksum-crc64nvme': 'BBBBBBBBBBA=' }));
    await expect(part(storage, bodyOf(5))).rejects.toMatchObject({ code: 'unexpected-answer' });
  });

  it.each([
    [501, 'NotImplemented'],
    [400, 'InvalidArgument'],
  ])('that the server refuses (%i %s) is left out from then on', async (status, code) => {
    const asked: Array<string | string[] | undefined> = [];
    const endpoint = await listen((request, response) => {
      const wanted = request.headers['x-amz-checksum-algorithm'];
      asked.push(wanted);
      const [how, body] =
        wanted === undefined
          ? [200, '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>']
          : [status, `<Error><Code>${code}</Code></Error>`];
      response.writeHead(how, { 'content-type': 'application/xml' }).end(body);
    });
    const { storage } = storageAt(endpoint);
    const object = { key: 'v.mp4', size: 4, contentType: 'video/mp4', uploadToken: 't', originalName: 'v.mp4' };
    expect(await storage.createMultipartUpload(object, patient)).toMatchObject({ uploadId: 'u', hasChecksum: false });
    await storage.createMultipartUpload(object, patient);
    expect(asked).toEqual(['CRC64NVME', undefined, undefined]);
  });
});

describe('a proxy', () => {
  it('is gone through, and one that wants a sign-in is said so', async () => {
    const endpoint = await listen((_request, response) => void response.writeHead(404).end());
    const seen: string[] = [];
    let status = 200;
    const proxy = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(status === 200 ? 404 : status).end();
    });
    proxy.on('connect', (_request, socket) => void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    closers.push(() => proxy.close());
    const way = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    expect(await storageAt(endpoint, way).storage.headObject('v.mp4', patient)).toBeNull();
    expect(seen[0]).toContain(endpoint);
    status = 407;
    const refused = { code: 'proxy-refused' };
    await expect(storageAt(endpoint, way).storage.headObject('v.mp4', patient)).rejects.toMatchObject(refused);
    const secure = storageAt('https://127.0.0.1:9', way).storage.headObject('v.mp4', patient);
    await expect(secure).rejects.toMatchObject(refused);
  });
});

describe('the round trip', () => {
  it('is measured where somebody listens, and unknown elsewhere', async () => {
    const endpoint = await listen(() => undefined);
    const ms = await roundTrip(serverOf(endpoint, null), patient);
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThan(1_000);
    expect(await roundTrip({ host: '127.0.0.1', port: 1 }, patient)).toBeNull();
    expect(await roundTrip(serverOf(endpoint, null), AbortSignal.abort())).toBeNull();
  });

  it.each([
    ['https://s3.example.com/x', null, { host: 's3.example.com', port: 443 }],
    ['http://[::1]:9000', null, { host: '::1', port: 9000 }],
    ['https://s3.example.com', 'http://proxy:3128', { host: 'proxy', port: 3128 }],
  ])('of %s by %s begins at the first machine on the way', (endpoint, proxy, server) => {
    expect(serverOf(endpoint, proxy)).toEqual(server);
  });
});
