import { createHash, randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answerWithEtag, blackHole, captivePortal, cutAnswer, delayAnswer, flipByte, loseAnswer, okWithErrorBody,
  resetAfterBytes, respond, respondError, shiftDate, spacesBeforeAnswer, stall, type Fault,
} from './faults.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { practiceClient } from './practice-client.ts';
import { startPractice, type PracticeFixture } from './practice-fixture.ts';
import { sendRaw, type RawAnswer } from './practice-request.ts';

const MiB = 1024 * 1024;
const body = randomBytes(2 * MiB);
let practice: PracticeFixture;
let proxy: FaultProxy;
let s3: S3Client;
let key = 0;

beforeAll(async () => {
  practice = await startPractice();
});
afterAll(async () => {
  await practice.stop();
});
beforeEach(async () => {
  key += 1;
  practice.clearRequests();
  proxy = await startFaultProxy({ target: practice.endpoint });
  s3 = practiceClient({ endpoint: proxy.endpoint, credentials: practice.credentials });
});
afterEach(async () => {
  s3.destroy();
  await proxy.stop();
});

const at = (): { readonly Bucket: string; readonly Key: string } => ({ Bucket: practice.bucket, Key: `key ${key}` });

/** The next request meets this fault, all others pass. */
function once(fault: Fault): void {
  proxy.setDecide(({ attempt }) => (attempt === 1 ? fault : null));
}

const put = (signal?: AbortSignal): Promise<object> =>
  s3.send(new PutObjectCommand({ ...at(), Body: body }), signal === undefined ? {} : { abortSignal: signal });

/** What came through to the server. */
function received(): readonly string[] {
  return practice.requests.filter((entry) => entry.key === at().Key).map((entry) => entry.operation);
}

async function isStored(): Promise<boolean> {
  const direct = practiceClient(practice);
  return await direct.send(new HeadObjectCommand(at())).then(() => true, () => false);
}

async function beginUpload(): Promise<{ readonly complete: () => Promise<{ readonly ETag?: string | undefined }> }> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(at()));
  const { ETag } = await s3.send(new UploadPartCommand({ ...at(), UploadId, PartNumber: 1, Body: body }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  return { complete: () => s3.send(new CompleteMultipartUploadCommand({ ...at(), UploadId, MultipartUpload })) };
}

describe('without a fault', () => {
  it('is not noticed: signatures hold, bytes come back, and the log tells what passed', async () => {
    await put();
    const got = await s3.send(new GetObjectCommand(at()));
    expect(body.equals(await got.Body!.transformToByteArray())).toBe(true);
    await expect.poll(() => proxy.log).toMatchObject([
      { operation: 'PutObject', attempt: 1, bytesIn: body.length, status: 200, fault: undefined },
      { operation: 'GetObject', attempt: 1, bytesIn: 0, status: 200 },
    ]);
  });

  it('counts attempts by operation, path and part', async () => {
    const seen: string[] = [];
    proxy.setDecide(({ operation, partNumber, attempt, query }) => {
      seen.push(`${operation} ${partNumber ?? '-'} ${attempt} ${query.has('uploadId')}`);
      return null;
    });
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(at()));
    for (const PartNumber of [1, 2, 1]) await s3.send(
      new UploadPartCommand({ ...at(), UploadId, PartNumber, Body: 'x' }),
    );
    expect(seen).toEqual([
      'CreateMultipartUpload - 1 false', 'UploadPart 1 1 true', 'UploadPart 2 1 true', 'UploadPart 1 2 true',
    ]);
  });
});

describe('on the way there', () => {
  it.each([0, 1, MiB])('resets after %i bytes', async (bytes) => {
    once(resetAfterBytes(bytes));
    await expect(put()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) as string });
    expect(await isStored()).toBe(false);
    await put();
    expect(await isStored()).toBe(true);
    await expect.poll(() => proxy.log[0]).toMatchObject({ fault: 'reset', status: 0 });
  });

  it('stalls for a time, then goes on', async () => {
    once(stall(300, MiB));
    const started = performance.now();
    await put();
    expect(performance.now() - started).toBeGreaterThan(290);
    expect(await isStored()).toBe(true);
  });

  it('stalls for ever, until the client gives up', async () => {
    once(stall('forever', 1000));
    await expect(put(AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'AbortError' });
    await proxy.stop();
    expect(proxy.pending()).toBe(0);
    expect(proxy.log).toMatchObject([{ fault: 'stall', status: 0 }]);
    expect(await isStored()).toBe(false);
  });

  it('flips a byte, which a signed payload notices', async () => {
    once(flipByte(MiB + 3));
    await expect(put()).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    once(flipByte(0));
    const unsigned: RawAnswer = await sendRaw(
      { ...practice, server: { ...practice.server, port: proxy.port } },
      { method: 'PUT', path: `/${practice.bucket}/flipped`, body, payloadHash: 'UNSIGNED-PAYLOAD' },
    );
    const damaged = Buffer.from(body);
    damaged[0] = damaged[0]! ^ 0xff;
    expect(unsigned.headers['etag']).toBe(`"${createHash('md5').update(damaged).digest('hex')}"`);
  });

  it('is a black hole', async () => {
    once(blackHole());
    await expect(put(AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'AbortError' });
    await proxy.stop();
    expect(received()).toEqual([]);
    expect(proxy.log).toMatchObject([{ fault: 'black-hole', bytesIn: 0, status: 0 }]);
  });

  it('is offline, and comes back on the same port', async () => {
    await put();
    await proxy.offline(true);
    // The first one may still try the old connection.
    await expect(put()).rejects.toMatchObject(
      { code: expect.stringMatching(/ECONNREFUSED|ECONNRESET|EPIPE/) as string },
    );
    await expect(put()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.offline(false);
    await put();
  });

  it('goes offline in the middle of a body', async () => {
    once(stall('forever', 1000));
    const outcome = put().then(() => 'done', (error: { readonly code: string }) => error.code);
    await expect.poll(() => proxy.pending()).toBe(1);
    await proxy.offline(true);
    expect(await outcome).toMatch(/ECONNRESET|EPIPE/);
  });
});

describe('answers of its own', () => {
  it.each([
    [respondError(500, 'InternalError'), { name: 'InternalError' }],
    [
      respondError(503, 'SlowDown', { 'retry-after': '3' }),
      { name: 'SlowDown', $response: { headers: { 'retry-after': '3' } } },
    ],
    [respondError(429, 'TooManyRequests'), { $metadata: { httpStatusCode: 429 } }],
    [respondError(403, 'RequestTimeTooSkewed'), { name: 'RequestTimeTooSkewed' }],
    [respond(502, { 'content-type': 'text/html' }, '<h1>Bad Gateway</h1>'), { $metadata: { httpStatusCode: 502 } }],
  ])('%o', async (fault, error) => {
    once(fault);
    await expect(put()).rejects.toMatchObject(error);
    expect(received()).toEqual([]);
    await expect.poll(() => proxy.log).toMatchObject([{ fault: 'respond' }]);
  });

  it('come before the body was read, where asked', async () => {
    once(respond(403, { connection: 'close' }, '', { isEarly: true }));
    await expect(put()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('are a captive portal, which looks like success', async () => {
    once(captivePortal());
    const answer = await put();
    expect(answer).toMatchObject({ $metadata: { httpStatusCode: 200 } });
    expect(answer).not.toHaveProperty('ETag');
    expect(await isStored()).toBe(false);
  });

  it('are 200 with an error inside, done or not done', async () => {
    for (const isForwarded of [false, true]) {
      key += 1;
      proxy.setDecide(() => null);
      const { complete } = await beginUpload();
      once(okWithErrorBody('InternalError', { isForwarded }));
      await expect(complete()).rejects.toMatchObject({ name: 'InternalError' });
      expect(await isStored()).toBe(isForwarded);
    }
  });

  it('are an error that the SDK takes for success', async () => {
    const { complete } = await beginUpload();
    once(okWithErrorBody('InternalError', { tail: '\n' }));
    expect((await complete()).ETag).toBeUndefined();
    expect(await isStored()).toBe(false);
  });
});

describe('on the way back', () => {
  it('loses the answer, though all was done', async () => {
    once(loseAnswer());
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await isStored()).toBe(true);
    await expect.poll(() => proxy.log).toMatchObject([{ fault: 'lose-answer', bytesIn: body.length, status: 0 }]);
  });

  it('answers another ETag, in the header and in the document', async () => {
    proxy.setDecide(() => answerWithEtag('"wrong"'));
    expect(await put()).toMatchObject({ ETag: '"wrong"' });
    proxy.setDecide(() => null);
    const { complete } = await beginUpload();
    once(answerWithEtag('"wrong"'));
    expect((await complete()).ETag).toBe('"wrong"');
  });

  it('delays the answer', async () => {
    once(delayAnswer(250));
    const started = performance.now();
    await put();
    expect(performance.now() - started).toBeGreaterThan(240);
  });

  it('cuts the answer', async () => {
    await put();
    once(cutAnswer(MiB));
    const got = await s3.send(new GetObjectCommand(at()));
    await expect(got.Body!.transformToByteArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('sends white space first, as S3 does while it completes', async () => {
    const { complete } = await beginUpload();
    once(spacesBeforeAnswer(20, 10));
    const started = performance.now();
    expect((await complete()).ETag).toMatch(/-1"$/);
    expect(performance.now() - started).toBeGreaterThan(190);
  });

  it('shifts the Date', async () => {
    proxy.setDecide(() => shiftDate(-7_200_000));
    const answer = await fetch(`${proxy.endpoint}/${practice.bucket}`);
    expect(Date.now() - Date.parse(answer.headers.get('date') ?? '')).toBeGreaterThan(7_100_000);
  });
});
