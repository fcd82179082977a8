import { createHash, randomBytes } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { deleteObject } from '../../electron/upkeep/delete-object.ts';
import type { Upkeep } from '../../electron/upkeep/ports.ts';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { cutAnswer, delayAnswer, respond, respondError } from '../support/faults.ts';
import { setUpkeepStage, type UpkeepStage } from '../support/upkeep-stage.ts';
import { onceEach } from '../support/writing.ts';

/** What can be chosen of the practice bucket, and not of radosgw. */
const isPractice = process.env['REMESSA_S3_ENDPOINT'] === undefined;
if (!isPractice) process.stdout.write('upkeep: versions and keys that may not everything are not run against radosgw\n');

const patient = new AbortController().signal;
let stage: UpkeepStage;
let upkeep: Upkeep;
async function open(options: Partial<PracticeServerOptions> = {}): Promise<void> {
  stage = await setUpkeepStage(options);
  upkeep = await stage.upkeep();
}
afterEach(() => stage.end());

const put = async (key: string, body: string | Buffer = 'x'): Promise<void> =>
  void (await stage.target.client.send(new PutObjectCommand({ Bucket: stage.target.bucket, Key: key, Body: body, ContentType: 'video/mp4' })));
const remove = async (key: string, prefix = ''): Promise<string> =>
  deleteObject({ upkeep, storage: await stage.storage(), prefix, seen: null, sleep: (ms, signal) => systemClock.sleep(ms / 50, signal) }, key, patient);

describe('deleting an object', () => {
  it('erases it, and nothing beside it', async () => {
    await open();
    await put('videos/vídeo 1+2.mp4');
    await put('videos/other.mp4');
    expect(await remove('videos/vídeo 1+2.mp4', 'videos/')).toBe('erased');
    expect(await stage.target.objectCount()).toBe(1);
    await expect(remove('videos/vídeo 1+2.mp4')).rejects.toMatchObject({ code: 'object-missing' });
    await expect(remove('other.mp4', 'videos/')).rejects.toMatchObject({ code: 'outside-prefix' });
    expect(await upkeep.deleteObject('videos/never.mp4', patient)).toBe('erased');
  });

  it.runIf(isPractice)('only hides it where versions are kept', async () => {
    await open({ rules: 'aws', keepsVersions: true });
    await put('videos/1.mp4');
    expect(await remove('videos/1.mp4')).toBe('hidden');
  });

  it.runIf(isPractice)('is refused where the key may not', async () => {
    await open({ refuses: ['DeleteObject'] });
    await put('videos/1.mp4');
    await expect(remove('videos/1.mp4')).rejects.toMatchObject({ code: 'access-denied' });
  });

  it.runIf(isPractice)('is known to have worked also by a key that may not list (S3 hides what is not there)', async () => {
    await open({ rules: 'aws', refuses: ['ListObjectsV2'] });
    await put('videos/1.mp4');
    expect(await remove('videos/1.mp4')).toBe('erased');
    expect(stage.target.proxy.log.filter(({ status }) => status === 403)).toHaveLength(1);
  });

  it('is not said of one that is still shown', async () => {
    await open();
    await put('videos/1.mp4');
    stage.target.proxy.setDecide(({ operation }) => (operation === 'DeleteObject' ? respond(204) : null));
    await expect(remove('videos/1.mp4')).rejects.toMatchObject({ code: 'delete-unconfirmed' });
  });
});

describe('the list of objects', () => {
  it('of 2,500 comes page by page, in order, each one once', async () => {
    await open();
    const keys = Array.from({ length: 2500 }, (_, n) => `videos/v ${String(n).padStart(4, '0')}é&+.mp4`);
    for (let n = 0; n < keys.length; n += 50) await Promise.all(keys.slice(n, n + 50).map((key) => put(key)));
    await put('other/1.mp4');
    const found: string[] = [];
    for await (const { key, size, modifiedAt } of upkeep.list('videos/', patient)) {
      found.push(key);
      if (size !== 1 || Math.abs((modifiedAt ?? 0) - Date.now()) > 120_000) throw new Error(`${size} ${modifiedAt}`);
    }
    expect(found).toEqual(keys);
    expect(stage.target.count('ListObjectsV2')).toBe(3);
  });

  it('asks for no page more than is read, and ends with its signal', async () => {
    await open();
    await put('a.mp4');
    for await (const { key } of upkeep.list('', patient)) expect(key).toBe('a.mp4');
    const controller = new AbortController();
    stage.target.proxy.setDecide(() => delayAnswer(5_000));
    const iterator = upkeep.list('', controller.signal)[Symbol.asyncIterator]();
    const next = iterator.next();
    setTimeout(() => controller.abort(new Error('stopped')), 50);
    await expect(next).rejects.toThrow('stopped');
  });

  it('keeps keys that XML cannot carry', async () => {
    await open();
    await put('odd/\u0001\u{1f3ac}.mp4');
    const found = [];
    for await (const { key } of upkeep.list('odd/', patient)) found.push(key);
    expect(found).toEqual(['odd/\u0001\u{1f3ac}.mp4']);
  });

  it.runIf(isPractice)('is refused where the key may not', async () => {
    await open({ refuses: ['ListObjectsV2'] });
    await expect(upkeep.list('', patient)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'access-denied' });
  });
});

/** Pieces of changing size that all use one memory, as a disk's reading may. */
async function* pieces(bytes: Buffer, before: (at: number) => Promise<void> = async () => undefined): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(700_000);
  for (let at = 0; at < bytes.length; ) {
    await before(at);
    const piece = memory.subarray(0, Math.min(memory.length - (at % 1000), bytes.length - at));
    bytes.copy(piece, 0, at);
    yield piece;
    at += piece.length;
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const described = (key: string, size: number) => ({ key, size, contentType: 'video/mp4', uploadToken: 'token-of-the-copy', originalName: 'ção.mp4' });

describe('an object that is read', () => {
  it('comes whole, with its size and type', async () => {
    await open();
    const bytes = randomBytes(3 * MiB + 7);
    await put('videos/1.mp4', bytes);
    const { size, contentType, pieces: read } = await upkeep.read('videos/1.mp4', patient);
    expect({ size, contentType }).toEqual({ size: bytes.length, contentType: 'video/mp4' });
    const hash = createHash('sha256');
    for await (const piece of read) hash.update(piece);
    expect(hash.digest('hex')).toBe(sha256(bytes));
  });

  it('that is not there', async () => {
    await open();
    await expect(upkeep.read('videos/none.mp4', patient)).rejects.toMatchObject({ code: 'object-missing' });
  });

  it('and breaks off says so', async () => {
    await open();
    await put('videos/1.mp4', randomBytes(MiB));
    stage.target.proxy.setDecide(({ operation }) => (operation === 'GetObject' ? cutAnswer(500_000) : null));
    const { pieces: read } = await upkeep.read('videos/1.mp4', patient);
    await expect(drain(read)).rejects.toMatchObject({ name: 'UploadError', code: 'connection-lost' });
  });

  it('stops with its signal, and nobody falls over one that nobody reads', async () => {
    await open();
    await put('videos/1.mp4', randomBytes(40 * MiB));
    const controller = new AbortController();
    const { pieces: read } = await upkeep.read('videos/1.mp4', controller.signal);
    await upkeep.read('videos/1.mp4', controller.signal);
    const reading = drain(read, () => controller.abort(new Error('stopped')));
    await expect(reading).rejects.toThrow('stopped');
    await expect.poll(() => stage.target.proxy.pending()).toBe(0);
  });
});

async function drain(read: AsyncIterable<Uint8Array>, onPiece: () => void = () => undefined): Promise<void> {
  for await (const piece of read) if (piece.length > 0) onPiece();
}

describe('an object that is written from a stream', () => {
  it.each([
    ['nothing', 0, 0],
    ['one part', 5 * MiB, 0],
    ['64 MiB', 64 * MiB, 8],
    ['a part and a byte', 8 * MiB + 1, 2],
  ])('%s: arrives byte by byte', async (_what, size, parts) => {
    await open();
    const bytes = randomBytes(size);
    const sent: number[] = [];
    await upkeep.write(described('copies/1.mp4', size), onceEach(pieces(bytes), { onSent: (n) => sent.push(n) }));
    expect(await stage.target.objectSha256('copies/1.mp4')).toBe(sha256(bytes));
    expect(await stage.target.head('copies/1.mp4')).toMatchObject({
      type: 'video/mp4',
      metadata: { 'remessa-token': 'token-of-the-copy', 'remessa-name': encodeURIComponent('ção.mp4') },
    });
    expect(sent.at(-1)).toBe(size);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
    expect(sent.length).toBeGreaterThanOrEqual(size / (256 * 1024));
    expect(stage.target.count('UploadPart')).toBe(parts);
    expect(await stage.target.unfinishedUploads()).toBe(0);
  });

  it('from bucket to bucket', async () => {
    await open();
    const bytes = randomBytes(20 * MiB);
    await put('videos/1.mp4', bytes);
    const { size, pieces: read } = await upkeep.read('videos/1.mp4', patient);
    await upkeep.write(described('copies/1.mp4', size), onceEach(read));
    expect(await stage.target.objectSha256('copies/1.mp4')).toBe(sha256(bytes));
  });

  const left = async (): Promise<readonly number[]> => [await stage.target.objectCount(), await stage.target.unfinishedUploads()];

  it.each([
    ['parts are on their way', 30 * MiB, 25 * MiB],
    ['the upload is being begun', 30 * MiB, 8 * MiB],
  ])('interrupted while %s leaves nothing', async (_when, size, at) => {
    await open();
    stage.target.proxy.setDecide(({ operation }) => (/UploadPart|Create|PutObject/.test(operation) ? delayAnswer(150) : null));
    const controller = new AbortController();
    let stoppedAt = 0;
    const before = async (offset: number): Promise<void> => {
      if (offset < at || stoppedAt > 0) return;
      stoppedAt = performance.now();
      setTimeout(() => controller.abort(new Error('stopped')), 20);
    };
    const writing = upkeep.write(described('copies/1.mp4', size), onceEach(pieces(randomBytes(size), before), { signal: controller.signal }));
    await expect(writing).rejects.toThrow('stopped');
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
    expect(await left()).toEqual([0, 0]);
  });

  it('interrupted while it is one small request leaves all of it or nothing', async () => {
    await open();
    const controller = new AbortController();
    stage.target.proxy.setDecide(({ operation }) => (operation === 'PutObject' ? delayAnswer(200) : null));
    const bytes = randomBytes(3 * MiB);
    const onSent = (sent: number): void => {
      if (sent === bytes.length) controller.abort(new Error('stopped'));
    };
    const writing = upkeep.write(described('copies/1.mp4', bytes.length), onceEach(pieces(bytes), { signal: controller.signal, onSent }));
    await expect(writing).rejects.toThrow('stopped');
    const [objects, uploads] = await left();
    const isWhole = objects === 0 || (await stage.target.objectSha256('copies/1.mp4')) === sha256(bytes);
    expect([isWhole, uploads]).toEqual([true, 0]);
  });

  it('interrupted while its source is stuck leaves nothing', async () => {
    await open();
    const controller = new AbortController();
    const stuck = async (at: number): Promise<void> => {
      if (at > 18 * MiB) await new Promise(() => setTimeout(() => controller.abort(new Error('stopped')), 50));
    };
    const writing = upkeep.write(described('copies/1.mp4', 30 * MiB), onceEach(pieces(randomBytes(30 * MiB), stuck), { signal: controller.signal }));
    await expect(writing).rejects.toThrow('stopped');
    expect(await left()).toEqual([0, 0]);
  });

  it.each([
    ['a part is refused', 'UploadPart', 'access-denied', respondError(403, 'AccessDenied')],
    ['it cannot be put together', 'CompleteMultipartUpload', 'server-error', respondError(500, 'InternalError')],
    ['putting together answers nothing', 'CompleteMultipartUpload', 'unexpected-answer', respond(200, { 'content-type': 'application/xml' }, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>')],
    ['it cannot be begun', 'CreateMultipartUpload', 'rate-limited', respondError(503, 'SlowDown')],
  ])('rejects and leaves nothing where %s', async (_what, wanted, code, fault) => {
    await open();
    stage.target.proxy.setDecide(({ operation, partNumber = 2 }) => (operation === wanted && partNumber === 2 ? fault : null));
    const bytes = randomBytes(40 * MiB);
    const writing = upkeep.write(described('copies/1.mp4', bytes.length), onceEach(pieces(bytes)));
    await expect(writing).rejects.toMatchObject({ name: 'UploadError', code });
    stage.target.proxy.setDecide(() => null);
    expect(await left()).toEqual([0, 0]);
  });

  it.each([
    ['ends before', 20 * MiB, 20 * MiB + 1],
    ['goes on behind', 20 * MiB, 20 * MiB - 1],
    ['is empty instead of', 0, 5],
  ])('rejects and leaves nothing where the source %s what was said', async (_what, has, said) => {
    await open();
    const writing = upkeep.write(described('copies/1.mp4', said), onceEach(pieces(randomBytes(has))));
    await expect(writing).rejects.toMatchObject({ code: 'source-changed' });
    expect(await left()).toEqual([0, 0]);
  });

  it('ends with what its source ends with', async () => {
    await open();
    const failing = async (at: number): Promise<void> => {
      if (at > 10 * MiB) throw Object.assign(new Error('reading'), { code: 'EIO' });
    };
    const writing = upkeep.write(described('copies/1.mp4', 20 * MiB), onceEach(pieces(randomBytes(20 * MiB), failing)));
    await expect(writing).rejects.toMatchObject({ name: 'UploadError' });
    expect(await left()).toEqual([0, 0]);
  });
});
