import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { rawPath, sendPlain, sendRaw, signRaw } from '../../tests/support/practice-request.ts';

let practice: PracticeFixture;

beforeAll(async () => {
  practice = await startPractice();
});
afterAll(async () => {
  await practice.stop();
});

/** Sends bytes as they are, and gives back all that comes until the server closes. */
async function sendBytes(
  port: number,
  pieces: readonly (string | Buffer)[],
  close: 'end' | 'destroy' | 'wait' = 'wait',
): Promise<string> {
  return await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(text));
    for (const piece of pieces) socket.write(piece);
    if (close === 'end') socket.end();
    if (close === 'destroy') setTimeout(() => socket.destroy(), 100);
  });
}

function headOf(raw: Parameters<typeof signRaw>[1], more: readonly string[] = [], target = practice): string {
  const headers = Object.entries(signRaw(target, raw)).map(([name, value]) => `${name}: ${value}`);
  return [`${raw.method ?? 'GET'} ${rawPath(practice, raw)} HTTP/1.1`, ...headers, ...more, '', ''].join('\r\n');
}

describe('who may talk to it', () => {
  it.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'bucket.evil.example',
  ])(
    'refuses the Host "%s": another name may point here (DNS rebinding)',
    async (host) => {
      const answer = await sendRaw(practice, { query: { 'list-type': '2' }, headers: { host } });
      expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    },
  );

  it.each(
    ['127.0.0.1:1', 'localhost', 'LOCALHOST:9000', '[::1]:80', '127.0.0.1'],
  )('takes the Host "%s"', async (host) => {
    expect((await sendRaw(practice, { query: { 'list-type': '2' }, headers: { host } })).status).toBe(200);
  });

  it('listens on 127.0.0.1 and on no other address', async () => {
    const others = Object.values(networkInterfaces()).flat().filter((each) => each !== undefined && !each.internal);
    for (const { address } of others.filter((each) => each?.family === 'IPv4') as { readonly address: string }[]) {
      const error = await new Promise((resolve) => {
        const socket = connect({ host: address, port: practice.server.port });
        socket.on('error', resolve).on('connect', () => resolve(undefined));
      });
      expect(error).toBeInstanceOf(Error);
    }
  });
});

describe('answers', () => {
  it('are error documents as S3 writes them', async () => {
    const answer = await sendRaw(practice, { path: `/${practice.bucket}/<nothing> & more` });
    expect(answer).toMatchObject({ status: 404, code: 'NoSuchKey' });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/xml' });
    expect(answer.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchKey<\/Code><Message>/);
    expect(answer.text).toContain(`<Resource>/${practice.bucket}/&lt;nothing&gt; &amp; more</Resource>`);
    expect(answer.text).toContain(`<RequestId>${answer.headers['x-amz-request-id']}</RequestId></Error>`);
    expect(Math.abs(Date.parse(answer.headers['date'] ?? '') - Date.now())).toBeLessThan(5000);
  });

  it.each([
    ['GET', '', { acl: '' }], ['GET', '', {}], ['PUT', '', {}], ['DELETE', '', {}], ['POST', '', { delete: '' }],
    ['GET', '', { versions: '' }], ['PUT', '', { versioning: '' }], ['GET', '/k', { tagging: '' }],
    ['GET', '/k', { versionId: '1' }], ['GET', '/k', { partNumber: '1' }], ['POST', '/k', {}], ['PATCH', '/k', {}],
    ['POST', '/k', { restore: '' }], ['PUT', '/k', { 'legal-hold': '' }],
  ])('say 501 to %s bucket%s %o', async (method, key, query) => {
    const answer = await sendRaw(practice, { method, path: `/${practice.bucket}${key}`, query });
    expect(answer).toMatchObject({ status: 501, code: 'NotImplemented' });
  });

  it('say InvalidURI to a path that is no UTF-8', async () => {
    const answer = await sendPlain(
      practice.server.port,
      { method: 'GET', path: '/videos-test/%ff', headers: { host: 'localhost' } },
    );
    expect(answer).toMatchObject({ status: 400, code: 'InvalidURI' });
  });

  it('come on one connection, kept alive, also after an error with an unread body', async () => {
    const raw = { method: 'PUT', path: '/no-such-bucket/k', body: randomBytes(3_000_000) };
    const first = headOf(raw, [`content-length: ${raw.body.length}`]);
    const last = headOf({ query: { 'list-type': '2' } }, ['connection: close']);
    const text = await sendBytes(practice.server.port, [first, raw.body, last]);
    expect(text).toContain('NoSuchBucket');
    expect(text).toContain('<ListBucketResult');
  });

  it('reach a client that is still sending', async () => {
    const answer = await sendRaw(practice, {
      method: 'PUT', path: `/${practice.bucket}/k`, secretAccessKey: 'wrong', body: randomBytes(20_000_000),
    });
    expect(answer.code).toBe('SignatureDoesNotMatch');
  });

  it('leave the connection usable when the body is refused in its middle', async () => {
    const aws = await startPractice({ rules: 'aws' });
    const body = Buffer.alloc(8_000_000, 'z');
    const raw = {
      method: 'PUT', path: `/${aws.bucket}/k`, payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      headers: { 'x-amz-decoded-content-length': '8000000' },
    };
    const last = headOf({ query: { 'list-type': '2' } }, ['connection: close'], aws);
    const text = await sendBytes(aws.server.port, [headOf(raw, [`content-length: ${body.length}`], aws), body, last]);
    expect(text).toContain('aws-chunked body is malformed');
    expect(text).toContain('<ListBucketResult');
    await aws.stop();
  });

  it('end the connection of one that never stops sending', async () => {
    const head = headOf({ method: 'PUT', path: '/no-such-bucket/k' }, ['content-length: 1000000000']);
    const socket = connect({ host: '127.0.0.1', port: practice.server.port });
    const closed = new Promise((resolve) => void socket.on('error', () => undefined).on('close', resolve));
    const chunk = Buffer.alloc(1_000_000);
    const send = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', send).write(head);
    send();
    await closed;
    expect(socket.bytesWritten).toBeLessThan(80_000_000);
  });

  it('answer Expect: 100-continue', async () => {
    const raw = { method: 'PUT', path: `/${practice.bucket}/expected`, body: 'x' };
    const text = await sendBytes(
      practice.server.port,
      [headOf(raw, ['expect: 100-continue', 'content-length: 1', 'connection: close']), 'x'],
    );
    expect(text).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK/);
  });
});

describe('a client that vanishes', () => {
  const raw = { method: 'PUT', path: '/videos-test/vanished', payloadHash: 'UNSIGNED-PAYLOAD' };

  it.each(['end', 'destroy'] as const)('leaves nothing behind (%s)', async (close) => {
    practice.clearRequests();
    await sendBytes(practice.server.port, [headOf(raw, ['content-length: 1000']), Buffer.alloc(999)], close);
    while (practice.requests.length === 0) await sleep(5);
    expect(practice.requests).toMatchObject([{ operation: 'PutObject', status: 0, errorCode: 'IncompleteBody' }]);
    expect((await sendRaw(practice, { path: raw.path })).status).toBe(404);
    expect(await readdir(join(practice.folder, `bucket-${practice.bucket}`, 'incoming'))).toEqual([]);
  });

  it('hears why, if it still listens', async () => {
    const text = await sendBytes(
      practice.server.port,
      [headOf(raw, ['content-length: 1000']), Buffer.alloc(999)],
      'end',
    );
    expect(text).toContain('<Code>IncompleteBody</Code>');
  });
});

describe('start and stop', () => {
  it('takes the preferred port, or any when that is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => void blocker.once('listening', resolve));
    const { port } = blocker.address() as { readonly port: number };
    const other = await startPractice({ port });
    expect(other.server.port).not.toBe(port);
    await other.stop();
    await new Promise((resolve) => void blocker.close(resolve));
    const preferred = await startPractice({ port });
    expect(preferred.server.port).toBe(port);
    expect(preferred.endpoint).toBe(`http://127.0.0.1:${port}`);
    await preferred.stop();
  });

  it('stops at once, whatever hangs on it', async () => {
    const other = await startPractice();
    const idle = sendBytes(other.server.port, ['GET / HTTP/1.1\r\n']);
    const half = sendBytes(
      other.server.port,
      [headOf({ method: 'PUT', path: '/videos-test/half' }, ['content-length: 1000']), 'x'],
    );
    await sleep(50);
    const started = performance.now();
    await other.stop();
    await Promise.all([idle, half]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each(['..', 'a/b', 'UPPER', 'ab', ''])('refuses the bucket name "%s"', async (name) => {
    await expect(startPractice({ buckets: [name] })).rejects.toThrow('Not a bucket name');
  });

  it('counts what each request moved', async () => {
    practice.clearRequests();
    await sendRaw(practice, { method: 'PUT', path: `/${practice.bucket}/counted`, body: 'seven b' });
    await sendRaw(practice, { path: `/${practice.bucket}/counted` });
    await sendRaw(
      practice,
      { method: 'PUT', path: `/${practice.bucket}/k`, query: { partNumber: '3', uploadId: 'u' } },
    );
    expect(practice.requests).toMatchObject([
      { operation: 'PutObject', key: 'counted', bytes: 7, bytesSent: 0, status: 200, errorCode: undefined },
      { operation: 'GetObject', key: 'counted', bytes: 0, bytesSent: 7, status: 200 },
      { operation: 'UploadPart', partNumber: 3, uploadId: 'u', status: 404, errorCode: 'NoSuchUpload' },
    ]);
  });
});
