import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateMultipartUploadCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  paginateListObjectsV2,
  paginateListParts,
  PutObjectCommand,
  type ListMultipartUploadsCommandInput,
  type ListMultipartUploadsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { sendRaw } from '../../tests/support/practice-request.ts';
import type { StoredPart } from './stored.ts';

let practice: PracticeFixture;
let s3: S3Client;
let Bucket: string;
// In UTF-8 order; JavaScript would put U+FF21 after the emoji.
const KEYS = ['a/1', 'a/2', 'a/b/3', 'b', 'c/4', 'd e+f', '\uFF21', '😀'];

beforeAll(async () => {
  practice = await startPractice({ buckets: ['videos-test', 'other.bucket'] });
  Bucket = practice.bucket;
  s3 = practiceClient(practice);
  for (const Key of KEYS.toReversed()) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
});
afterAll(async () => {
  await practice.stop();
});

async function listKeys(more: object): Promise<object> {
  const { Contents = [], CommonPrefixes = [] } = await s3.send(new ListObjectsV2Command({ Bucket, ...more }));
  return { keys: Contents.map((each) => each.Key), prefixes: CommonPrefixes.map((each) => each.Prefix) };
}

async function listUploads(
  more: Partial<ListMultipartUploadsCommandInput>,
): Promise<ListMultipartUploadsCommandOutput> {
  return await s3.send(new ListMultipartUploadsCommand({ Bucket, ...more }));
}

describe('ListObjectsV2', () => {
  it('lists by the bytes of the key', async () => {
    const { Contents, KeyCount, IsTruncated } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map((each) => each.Key)).toEqual(KEYS);
    expect({ KeyCount, IsTruncated }).toEqual({ KeyCount: KEYS.length, IsTruncated: false });
    expect(Contents?.[0]).toMatchObject({ Size: 3, StorageClass: 'STANDARD' });
  });

  it.each([1, 2, 3, 7, 8])('gives the same in pages of %i, with and without a delimiter', async (MaxKeys) => {
    for (const Delimiter of [undefined, '/']) {
      const seen: (string | undefined)[] = [];
      for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, MaxKeys, Delimiter })) {
        expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
        seen.push(
          ...(page.Contents ?? []).map((each) => each.Key),
          ...(page.CommonPrefixes ?? []).map((each) => each.Prefix),
        );
      }
      const expected = Delimiter === undefined ? KEYS : ['a/', 'b', 'c/', 'd e+f', '\uFF21', '😀'];
      expect(new Set(seen)).toEqual(new Set(expected));
      expect(seen).toHaveLength(expected.length);
    }
  });

  it('knows prefix, delimiter, start-after and encoding', async () => {
    expect(await listKeys({ Prefix: 'a/' })).toEqual({ keys: ['a/1', 'a/2', 'a/b/3'], prefixes: [] });
    expect(await listKeys({ Prefix: 'a/', Delimiter: '/' })).toEqual({ keys: ['a/1', 'a/2'], prefixes: ['a/b/'] });
    expect(
      await listKeys({ StartAfter: 'c/4', Delimiter: '/' }),
    ).toEqual({ keys: ['d e+f', '\uFF21', '😀'], prefixes: [] });
    expect(await listKeys({ StartAfter: 'a/1', Delimiter: '/', MaxKeys: 1 })).toEqual({ keys: [], prefixes: ['a/'] });
    expect(await listKeys({ Prefix: 'd', EncodingType: 'url' })).toEqual({ keys: ['d+e%2Bf'], prefixes: [] });
    expect(await listKeys({ MaxKeys: 0 })).toEqual({ keys: [], prefixes: [] });
  });

  it.each([
    [{ 'max-keys': 'x' }, 400], [{ 'max-keys': '-1' }, 400], [{ 'continuation-token': '!' }, 400],
    [{ 'encoding-type': 'x' }, 400], [{ 'max-keys': '5000' }, 200],
  ])('checks %o', async (query, status) => {
    const answer = await sendRaw(practice, { query: { 'list-type': '2', ...query } });
    expect(answer.status).toBe(status);
  });

  it('has a thousand keys to the page, whatever is asked for', async () => {
    const answer = await sendRaw(practice, { query: { 'list-type': '2', 'max-keys': '5000' } });
    expect(answer.text).toContain('<MaxKeys>1000</MaxKeys>');
  });
});

/** As an earlier run would have left them; a thousand requests would take their time. */
async function placeParts(uploadId: string, numbers: readonly number[]): Promise<void> {
  const folder = join(practice.folder, `bucket-${Bucket}`, 'data', uploadId);
  for (const partNumber of numbers) {
    const part: StoredPart = { partNumber, file: 'none', size: 1, etag: 'e', md5: 'e', modifiedMs: Date.now() };
    await writeFile(join(folder, `part-${partNumber}.json`), JSON.stringify(part));
  }
  practice = await practice.restart();
  s3 = practiceClient(practice);
}

describe('ListParts', () => {
  it('pages, at most a thousand at a time', async () => {
    const at = { Bucket, Key: 'many' };
    const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand(at));
    expect((await s3.send(new ListPartsCommand({ ...at, UploadId }))).Parts).toBeUndefined();
    const numbers = Array.from({ length: 1005 }, (_, index) => index * 9 + 1);
    await placeParts(UploadId, numbers);
    const first = await s3.send(new ListPartsCommand({ ...at, UploadId, MaxParts: 5000 }));
    expect(first).toMatchObject({ IsTruncated: true, MaxParts: 1000, NextPartNumberMarker: String(numbers[999]) });
    expect(first.Parts).toHaveLength(1000);
    const seen: (number | undefined)[] = [];
    for await (const page of paginateListParts({ client: s3, pageSize: 400 }, { ...at, UploadId })) {
      seen.push(...(page.Parts ?? []).map((part) => part.PartNumber));
    }
    expect(seen).toEqual(numbers);
    const rest = await s3.send(new ListPartsCommand({ ...at, UploadId, PartNumberMarker: String(numbers[1000]) }));
    expect(rest).toMatchObject({ IsTruncated: false });
    expect(rest.Parts?.map((part) => part.PartNumber)).toEqual(numbers.slice(1001));
  });

  it.each([{ 'max-parts': 'x' }, { 'part-number-marker': '-1' }])('checks %o', async (query) => {
    const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'checked' }));
    const answer = await sendRaw(practice, { path: `/${Bucket}/checked`, query: { uploadId: UploadId, ...query } });
    expect(answer).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });
});

describe('ListMultipartUploads', () => {
  it('pages by key and upload id, under a prefix', async () => {
    const ids: (string | undefined)[] = [];
    for (const Key of ['u/a', 'u/b', 'u/b', 'u/b', 'u/c/x', 'v']) {
      ids.push((await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId);
    }
    for (const MaxUploads of [1, 2, 1000]) {
      const seen: (string | undefined)[] = [];
      let markers: Partial<ListMultipartUploadsCommandInput> | undefined = {};
      while (markers !== undefined) {
        const page: ListMultipartUploadsCommandOutput = await listUploads({ Prefix: 'u/', MaxUploads, ...markers });
        seen.push(...(page.Uploads ?? []).map((upload) => upload.UploadId));
        const next = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
        markers = page.IsTruncated === true ? next : undefined;
      }
      expect(seen).toEqual(ids.slice(0, 5));
    }
    const grouped = await listUploads({ Prefix: 'u/', Delimiter: '/', KeyMarker: 'u/b' });
    expect(grouped.Uploads).toBeUndefined();
    expect(grouped.CommonPrefixes).toEqual([{ Prefix: 'u/c/' }]);
    expect((await listUploads({ Prefix: 'u/', Delimiter: '/', KeyMarker: 'u/c/' })).CommonPrefixes).toBeUndefined();
  });
});

describe('buckets', () => {
  it('are listed on AWS, and not for an object-scoped token of R2', async () => {
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
    const aws = await startPractice({ rules: 'aws', buckets: ['one-bucket', 'two-bucket'] });
    const { Buckets } = await practiceClient(aws).send(new ListBucketsCommand({}));
    expect(Buckets?.map((each) => each.Name)).toEqual(['one-bucket', 'two-bucket']);
    await aws.stop();
  });

  it('say where they are, or that they are not', async () => {
    expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: 'auto' });
    expect(await s3.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({ LocationConstraint: 'auto' });
    await s3.send(new HeadBucketCommand({ Bucket: 'other.bucket' }));
    const missing = await sendRaw(practice, { path: '/no-such-bucket', query: { 'list-type': '2' } });
    expect(missing).toMatchObject({ status: 404, code: 'NoSuchBucket' });
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'missing' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('are addressed by the host name as well', async () => {
    const host = `${Bucket}.localhost:${practice.server.port}`;
    const answer = await sendRaw(practice, { path: '/a/1', headers: { host } });
    expect(answer).toMatchObject({ status: 200, text: 'a/1' });
    expect(
      (await sendRaw(practice, { path: '/', query: { 'list-type': '2' }, headers: { host } })).text,
    ).toContain('<Key>b</Key>');
  });
});
