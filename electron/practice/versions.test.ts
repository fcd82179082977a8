import {
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { BUCKET_LEVEL } from './practice-server.ts';

let practice: PracticeFixture;
let s3: S3Client;

async function start(options: Parameters<typeof startPractice>[0] = {}): Promise<void> {
  practice = await startPractice(options);
  s3 = practiceClient(practice);
}
afterEach(() => practice?.stop());

const at = (Key: string) => ({ Bucket: practice.bucket, Key });
const put = (Key: string, Body: string, more: object = {}) => s3.send(new PutObjectCommand({ ...at(Key), Body, ...more }));
const remove = (Key: string) => s3.send(new DeleteObjectCommand(at(Key)));
const text = async (Key: string) => (await s3.send(new GetObjectCommand(at(Key)))).Body!.transformToString();

describe('a bucket that keeps versions', () => {
  it('hides what is deleted or replaced, says so, and keeps the bytes, also over a restart', async () => {
    await start({ rules: 'aws', keepsVersions: true });
    expect((await put('k', 'one')).VersionId).toMatch(/\w+/);
    const { VersionId } = await put('k', 'four');
    expect((await s3.send(new HeadObjectCommand(at('k')))).VersionId).toBe(VersionId);
    expect(await practice.server.usage()).toMatchObject({ objects: 1, bytes: 4, hiddenBytes: 3 });
    expect(await remove('k')).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    await expect(s3.send(new GetObjectCommand(at('k')))).rejects.toMatchObject({
      name: 'NoSuchKey',
      $response: { headers: { 'x-amz-delete-marker': 'true' } },
    });
    practice = await practice.restart();
    s3 = practiceClient(practice);
    expect(await practice.server.usage()).toMatchObject({ objects: 0, bytes: 0, hiddenBytes: 7 });
    await put('k', 'new');
    expect(await text('k')).toBe('new');
    await practice.server.empty();
    expect(await practice.server.usage()).toMatchObject({ objects: 0, hiddenBytes: 0 });
  });

  it('is told by GetBucketVersioning; R2 has no such thing', async () => {
    await start({ rules: 'aws', keepsVersions: true });
    const ask = () => s3.send(new GetBucketVersioningCommand({ Bucket: practice.bucket }));
    expect((await ask()).Status).toBe('Enabled');
    practice = await practice.restart({ keepsVersions: false });
    s3 = practiceClient(practice);
    expect((await ask()).Status).toBeUndefined();
    practice = await practice.restart({ keepsVersions: false, rules: 'r2' });
    s3 = practiceClient(practice);
    await expect(ask()).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(startPractice({ keepsVersions: true })).rejects.toThrow('R2 keeps no versions');
  });

  it('is not what a bucket is without being told to be', async () => {
    await start({ rules: 'aws' });
    expect((await put('k', 'one')).VersionId).toBeUndefined();
    expect((await remove('k')).DeleteMarker).toBeUndefined();
    expect(await practice.server.usage()).toMatchObject({ objects: 0, hiddenBytes: 0 });
  });
});

describe('If-None-Match: *', () => {
  it.each([
    ['honoured', 'PreconditionFailed', 'one'],
    ['unknown', 'NotImplemented', 'one'],
    ['ignored', 'done', 'two'],
  ] as const)('can be %s', async (conditions, outcome, kept) => {
    await start({ conditions });
    await put('k', 'one');
    const second = put('k', 'two', { IfNoneMatch: '*' }).then(() => 'done', (error: Error) => error.name);
    expect(await second).toBe(outcome);
    expect(await text('k')).toBe(kept);
  });
});

describe('credentials', () => {
  it('of an object-scoped token read, write and delete objects, and ask nothing of the bucket', async () => {
    await start({ refuses: BUCKET_LEVEL });
    const { bucket: Bucket } = practice;
    await put('k', 'one');
    expect(await text('k')).toBe('one');
    await remove('k');
    await expect(text('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const refused = { $metadata: { httpStatusCode: 403 } };
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject(refused);
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject(refused);
    await expect(s3.send(new GetBucketCorsCommand({ Bucket }))).rejects.toMatchObject(refused);
    await expect(s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(refused);
    await expect(s3.send(new ListMultipartUploadsCommand({ Bucket }))).rejects.toMatchObject(refused);
  });

  it('that may not list are not told on S3 that a key is free', async () => {
    await start({ rules: 'aws', refuses: ['ListObjectsV2'] });
    await expect(s3.send(new HeadObjectCommand(at('k')))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('that may not do one thing may do all others', async () => {
    await start({ refuses: ['DeleteObject'] });
    await put('k', 'one');
    await expect(remove('k')).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await text('k')).toBe('one');
  });
});
