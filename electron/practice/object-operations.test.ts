import { createHash, randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { sendRaw, type RawAnswer, type RawRequest } from '../../tests/support/practice-request.ts';

let practice: PracticeFixture;
let s3: S3Client;
const body = randomBytes(1000);
const md5 = createHash('md5').update(body).digest('hex');

beforeAll(async () => {
  practice = await startPractice({ publicRead: true });
  s3 = practiceClient(practice);
  await s3.send(
    new PutObjectCommand({
      Bucket: practice.bucket,
      Key: 'object',
      Body: body,
      ContentType: 'video/mp4',
      CacheControl: 'no-transform',
      Metadata: { 'upload-token': 'a1' },
    }),
  );
});
afterAll(async () => {
  await practice.stop();
});

const get = async (headers: Record<string, string> = {}, raw: RawRequest = {}): Promise<RawAnswer> =>
  await sendRaw(practice, { path: `/${practice.bucket}/object`, headers, ...raw });

const putEmpty = (key: string): Promise<RawAnswer> => sendRaw(
  practice,
  { method: 'PUT', path: `/${practice.bucket}/${key}` },
);

describe('keys', () => {
  it.each([
    'plain.mp4',
    'a b+c%20d%2Fe.mp4',
    'vídeo número 1 – ação.mp4',
    '😀/🎬.mp4',
    '../../etc/passwd',
    './.',
    '..',
    'a//b///',
    '/leading',
    'con',
    "quote'\"<&>!*()",
    'tab\tand\u0001control',
    'x'.repeat(1024),
    '%',
    '?#&=;',
  ])('"%s" comes back as it was', async (Key) => {
    const at = { Bucket: practice.bucket, Key };
    await s3.send(new PutObjectCommand({ ...at, Body: Key }));
    const got = await s3.send(new GetObjectCommand(at));
    expect(await got.Body!.transformToString()).toBe(Key);
    await s3.send(new DeleteObjectCommand(at));
  });

  it('may have 1,024 bytes, counted in UTF-8', async () => {
    expect((await putEmpty('é'.repeat(512))).status).toBe(200);
    expect(await putEmpty(`${'é'.repeat(512)}x`)).toMatchObject({ status: 400, code: 'KeyTooLongError' });
  });

  it('are told apart by every bit', async () => {
    for (const Key of ['Case', 'case', 'case ']) {
      await s3.send(new PutObjectCommand({ Bucket: practice.bucket, Key, Body: Key }));
    }
    const got = await s3.send(new GetObjectCommand({ Bucket: practice.bucket, Key: 'Case' }));
    expect(await got.Body!.transformToString()).toBe('Case');
  });
});

const putOnce = (): Promise<number> =>
  sendRaw(
    practice,
    { method: 'PUT', path: `/${practice.bucket}/race`, headers: { 'if-none-match': '*' }, body: randomBytes(200_000) },
  )
    .then((answer) => answer.status);

describe('PutObject', () => {
  it('keeps type, metadata and ETag', async () => {
    const head = await s3.send(new HeadObjectCommand({ Bucket: practice.bucket, Key: 'object' }));
    expect(head).toMatchObject({
      ETag: `"${md5}"`,
      ContentLength: 1000,
      ContentType: 'video/mp4',
      CacheControl: 'no-transform',
      AcceptRanges: 'bytes',
      Metadata: { 'upload-token': 'a1' },
    });
    expect(Math.abs(Date.now() - (head.LastModified?.getTime() ?? 0))).toBeLessThan(20_000);
  });

  it('obeys If-None-Match: *', async () => {
    const put = new PutObjectCommand({ Bucket: practice.bucket, Key: 'once', Body: '1', IfNoneMatch: '*' });
    await s3.send(put);
    await expect(s3.send(put)).rejects.toMatchObject(
      { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } },
    );
  });

  it('lets only one of two win the same absent key', async () => {
    const statuses = await Promise.all([putOnce(), putOnce(), putOnce()]);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
  });

  it.each([
    ['if-match', '"x"'], ['if-none-match', '"x"'], ['x-amz-acl', 'private'], ['x-amz-tagging', 'a=b'],
    ['x-amz-server-side-encryption', 'aws:kms'], ['x-amz-copy-source', '/a/b'], ['x-amz-storage-class', 'GLACIER'],
    ['x-amz-expected-bucket-owner', '1'], ['x-amz-checksum-crc32c', 'AAAAAA=='],
  ])('does not pretend to know %s', async (name, value) => {
    const answer = await sendRaw(
      practice,
      { method: 'PUT', path: `/${practice.bucket}/no`, headers: { [name]: value } },
    );
    expect(answer).toMatchObject({ status: 501, code: 'NotImplemented' });
  });

  it.each([
    ['r2', 8192],
    ['aws', 2048],
  ] as const)('takes metadata up to the limit of %s', async (rules, limit) => {
    const other = await startPractice({ rules });
    const put = (size: number): Promise<RawAnswer> =>
      sendRaw(
        other,
        { method: 'PUT', path: `/${other.bucket}/m`, headers: { 'x-amz-meta-note': 'x'.repeat(size - 4) } },
      );
    expect((await put(limit)).status).toBe(200);
    expect(await put(limit + 1)).toMatchObject({ status: 400, code: 'MetadataTooLarge' });
    await other.stop();
  });
});

describe('GetObject', () => {
  it.each([
    ['bytes=0-0', 0, 1], ['bytes=10-19', 10, 20], ['bytes=990-', 990, 1000], ['bytes=-10', 990, 1000],
    ['bytes=-5000', 0, 1000], ['bytes=999-2000', 999, 1000],
  ])('serves %s', async (range, start, end) => {
    const answer = await get({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${start}-${end - 1}/1000`);
    expect(answer.body.equals(body.subarray(start, end))).toBe(true);
  });

  it.each(['bytes=1000-', 'bytes=2000-3000', 'bytes=-0'])('answers 416 to %s', async (range) => {
    const answer = await get({ range });
    expect(answer).toMatchObject({ status: 416, code: 'InvalidRange' });
    expect(answer.headers['content-range']).toBe('bytes */1000');
  });

  it.each(
    ['bytes=0-1,3-4', 'items=0-1', 'bytes=5-4', 'bytes=-', 'nonsense'],
  )('sends everything for "%s"', async (range) => {
    const answer = await get({ range });
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(1000);
  });

  it('serves an empty object, but no range of it', async () => {
    const path = `/${practice.bucket}/empty`;
    await sendRaw(practice, { method: 'PUT', path });
    expect(await sendRaw(practice, { path })).toMatchObject({ status: 200, text: '' });
    expect((await sendRaw(practice, { path, headers: { range: 'bytes=0-' } })).status).toBe(416);
  });

  it('obeys conditions', async () => {
    const past = new Date(Date.now() - 86_400_000).toUTCString();
    const future = new Date(Date.now() + 86_400_000).toUTCString();
    expect((await get({ 'if-match': `"${md5}"` })).status).toBe(200);
    expect(await get({ 'if-match': '"x"' })).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(await get({ 'if-none-match': `"${md5}"` })).toMatchObject({ status: 304, text: '' });
    expect((await get({ 'if-none-match': '"x"' })).status).toBe(200);
    expect((await get({ 'if-modified-since': future })).status).toBe(304);
    expect((await get({ 'if-modified-since': past })).status).toBe(200);
    expect((await get({ 'if-unmodified-since': past })).status).toBe(412);
    expect((await get({ 'if-range': `"${md5}"`, range: 'bytes=0-1' })).status).toBe(206);
    expect((await get({ 'if-range': '"x"', range: 'bytes=0-1' })).status).toBe(200);
  });

  it('overrides headers for those who signed', async () => {
    const query = { 'response-content-type': 'text/plain', 'response-content-disposition': 'inline' };
    const answer = await get({}, { query });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'content-disposition': 'inline' });
    expect(await get({}, { query, isUnsigned: true })).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await get({}, { query: { 'response-content-type': 'a\r\nx-evil: 1' } })).toMatchObject({ status: 400 });
  });

  it('serves unsigned GET and HEAD of a public bucket, nothing else', async () => {
    const path = `/${practice.bucket}/object`;
    expect((await get({}, { isUnsigned: true })).status).toBe(200);
    expect((await get({}, { isUnsigned: true, method: 'HEAD' })).status).toBe(200);
    for (const raw of [{ method: 'PUT', path }, { method: 'DELETE', path }, { query: { 'list-type': '2' } }]) {
      expect(
        await sendRaw(practice, { ...raw, isUnsigned: true }),
      ).toMatchObject({ status: 403, code: 'AccessDenied' });
    }
  });

  it('answers HEAD errors without a body', async () => {
    const answer = await sendRaw(practice, { method: 'HEAD', path: `/${practice.bucket}/missing` });
    expect(answer).toMatchObject({ status: 404, text: '' });
    expect((await sendRaw(practice, { path: `/${practice.bucket}/missing` })).code).toBe('NoSuchKey');
  });
});

it('deletes, and deletes again, with success', async () => {
  const path = `/${practice.bucket}/gone`;
  await sendRaw(practice, { method: 'PUT', path, body: 'x' });
  for (let round = 0; round < 2; round += 1) {
    expect((await sendRaw(practice, { method: 'DELETE', path })).status).toBe(204);
  }
  expect((await sendRaw(practice, { path })).status).toBe(404);
});
