import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { sendRaw, type RawAnswer } from '../../tests/support/practice-request.ts';
import { createHasher, type ChecksumAlgorithm } from './checksums.ts';

const KiB = 1024;
let r2: PracticeFixture;
let aws: PracticeFixture;
let radosgw: PracticeFixture;
const body = randomBytes(100 * KiB);

beforeAll(async () => {
  r2 = await startPractice({ minPartSize: 64 * KiB });
  aws = await startPractice({ rules: 'aws', minPartSize: 64 * KiB });
  radosgw = await startPractice({ checksums: 'ignored', minPartSize: 64 * KiB });
});
afterAll(async () => {
  await Promise.all([r2.stop(), aws.stop(), radosgw.stop()]);
});

function sum(algorithm: ChecksumAlgorithm | 'md5', bytes: Buffer = body): string {
  const hasher = createHasher(algorithm);
  hasher.update(bytes);
  return hasher.digest().toString('base64');
}

const wrong = Buffer.from('wrong');

type Headers = Readonly<Record<string, string>>;

async function put(practice: PracticeFixture, headers: Headers, payloadHash?: string): Promise<RawAnswer> {
  return await sendRaw(practice, {
    method: 'PUT', path: `/${practice.bucket}/checked`, headers, body,
    ...(payloadHash === undefined ? {} : { payloadHash }),
  });
}

describe('a body that is not what was announced is refused, and nothing is stored', () => {
  it.each([
    ['x-amz-content-sha256', {}, createHash('sha256').update('x').digest('hex'), 'XAmzContentSHA256Mismatch'],
    ['Content-MD5', { 'content-md5': sum('md5', wrong) }, undefined, 'BadDigest'],
    ['a Content-MD5 that is none', { 'content-md5': 'abc' }, undefined, 'InvalidDigest'],
    ['crc32', { 'x-amz-checksum-crc32': sum('crc32', wrong) }, undefined, 'BadDigest'],
    ['crc64nvme', { 'x-amz-checksum-crc64nvme': sum('crc64nvme', wrong) }, undefined, 'BadDigest'],
    ['sha1', { 'x-amz-checksum-sha1': sum('sha1', wrong) }, undefined, 'BadDigest'],
    ['sha256', { 'x-amz-checksum-sha256': sum('sha256', wrong) }, undefined, 'BadDigest'],
    ['a checksum that is none', { 'x-amz-checksum-crc32': 'abc' }, undefined, 'InvalidRequest'],
    [
      'two checksums',
      { 'x-amz-checksum-crc32': sum('crc32'), 'x-amz-checksum-sha1': sum('sha1') },
      undefined,
      'InvalidRequest',
    ],
    ['a checksum announced and not sent', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, undefined, 'InvalidRequest'],
  ] as const)('%s', async (_what, headers, payloadHash, code) => {
    expect(await put(r2, headers, payloadHash)).toMatchObject({ status: 400, code });
    expect((await r2.server.usage()).objects).toBe(0);
  });

  it('takes the right ones, and answers and keeps what was checked', async () => {
    const { md5 } = { md5: sum('md5') };
    expect((await put(aws, { 'content-md5': md5 })).status).toBe(200);
    const client = practiceClient(aws, { responseChecksumValidation: 'WHEN_SUPPORTED' });
    for (const algorithm of ['crc32', 'crc64nvme', 'sha1', 'sha256'] as const) {
      const answer = await put(aws, { [`x-amz-checksum-${algorithm}`]: sum(algorithm) });
      expect(answer.headers[`x-amz-checksum-${algorithm}`]).toBe(sum(algorithm));
      const at = { Bucket: aws.bucket, Key: 'checked' };
      const plain = await client.send(new HeadObjectCommand(at));
      expect(plain.ChecksumType).toBeUndefined();
      const head = await client.send(new HeadObjectCommand({ ...at, ChecksumMode: 'ENABLED' }));
      expect(head).toMatchObject(
        { [`Checksum${algorithm.toUpperCase()}`]: sum(algorithm), ChecksumType: 'FULL_OBJECT' },
      );
      // The SDK compares the bytes with the header itself.
      const got = await client.send(new GetObjectCommand({ ...at, ChecksumMode: 'ENABLED' }));
      expect(body.equals(await got.Body!.transformToByteArray())).toBe(true);
      const range = await client.send(new GetObjectCommand({ ...at, ChecksumMode: 'ENABLED', Range: 'bytes=0-9' }));
      expect(range.ChecksumType).toBeUndefined();
    }
  });

  it('wants a length, and never guesses one', async () => {
    const answer = await put(r2, { 'transfer-encoding': 'chunked' }, 'UNSIGNED-PAYLOAD');
    expect(answer).toMatchObject({ status: 411, code: 'MissingContentLength' });
  });
});

describe('radosgw 16 ignores checksums', () => {
  it('stores the wrong byte and says nothing, but keeps to Content-MD5', async () => {
    const answer = await put(
      radosgw,
      { 'x-amz-checksum-crc32': sum('crc32', wrong), 'x-amz-sdk-checksum-algorithm': 'CRC32' },
    );
    expect(answer.status).toBe(200);
    expect(answer.headers['x-amz-checksum-crc32']).toBeUndefined();
    expect((await put(radosgw, { 'content-md5': sum('md5', wrong) })).code).toBe('BadDigest');
  });

  it('forgets the algorithm of an upload', async () => {
    const client = practiceClient(radosgw);
    const created = await client.send(
      new CreateMultipartUploadCommand({ Bucket: radosgw.bucket, Key: 'k', ChecksumAlgorithm: 'CRC64NVME' }),
    );
    expect(created.ChecksumAlgorithm).toBeUndefined();
    const { UploadId } = created;
    await client.send(new UploadPartCommand(
      { Bucket: radosgw.bucket, Key: 'k', UploadId, PartNumber: 1, Body: body, ChecksumCRC32: sum('crc32') },
    ));
    const listed = await client.send(new ListPartsCommand({ Bucket: radosgw.bucket, Key: 'k', UploadId }));
    expect(listed.Parts?.[0]?.ChecksumCRC32).toBeUndefined();
  });
});

const trailed = (practice: PracticeFixture, text: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  sendRaw(practice, {
    method: 'PUT', path: `/${practice.bucket}/trailed`, body: text, payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    headers: {
      'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '9',
      'x-amz-trailer': 'x-amz-checksum-crc32', ...headers,
    },
  });

describe('aws-chunked with a trailer', () => {
  const right = '5\r\n12345\r\n4\r\n6789\r\n0\r\nx-amz-checksum-crc32: y/Q5Jg==\r\n\r\n';

  it('is what the SDK sends for a stream, and AWS checks it', async () => {
    const client = practiceClient(aws, { requestChecksumCalculation: 'WHEN_SUPPORTED' });
    const at = { Bucket: aws.bucket, Key: 'streamed' };
    await client.send(new PutObjectCommand({ ...at, Body: Readable.from([body]), ContentLength: body.length }));
    const got = await client.send(new GetObjectCommand({ ...at, ChecksumMode: 'ENABLED' }));
    expect(got.ChecksumCRC32).toBe(sum('crc32'));
    expect(got.ContentEncoding).toBeUndefined();
    expect(body.equals(await got.Body!.transformToByteArray())).toBe(true);
  });

  it('is 501 on R2, as is every signed streaming mode anywhere', async () => {
    expect(await trailed(r2, right)).toMatchObject({ status: 501, code: 'NotImplemented' });
    expect((await put(r2, {}, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD')).status).toBe(501);
    expect((await put(aws, {}, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER')).status).toBe(501);
  });

  it('is decoded', async () => {
    expect((await trailed(aws, right, { 'content-encoding': 'gzip,aws-chunked' })).status).toBe(200);
    const got = await sendRaw(aws, { path: `/${aws.bucket}/trailed` });
    expect(got.text).toBe('123456789');
    expect(got.headers['content-encoding']).toBe('gzip');
  });

  it.each([
    ['a wrong checksum', right.replace('y/Q5', 'AAAA'), {}, 'BadDigest'],
    ['no checksum', right.replace(/x-amz.*\r\n\r\n/, '\r\n'), {}, 'InvalidRequest'],
    ['another length', right, { 'x-amz-decoded-content-length': '10' }, 'IncompleteBody'],
    ['an end in the middle', right.slice(0, 12), {}, 'IncompleteBody'],
    ['an end before the last line', right.slice(0, -2), {}, 'IncompleteBody'],
    ['a size that is none', right.replace('5', 'z'), {}, 'InvalidRequest'],
    ['a chunk longer than it says', right.replace('12345', '123456'), {}, 'InvalidRequest'],
    ['an unknown trailer', right, { 'x-amz-trailer': 'x-amz-checksum-md4' }, 'InvalidRequest'],
  ] as const)('is refused with %s', async (_what, text, headers, code) => {
    expect(await trailed(aws, text, headers)).toMatchObject({ status: 400, code });
  });
});

it('answers a malformed chunk although megabytes are still to come', async () => {
  const answer = await sendRaw(aws, {
    method: 'PUT', path: `/${aws.bucket}/k`, payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    headers: { 'x-amz-decoded-content-length': '8000000' }, body: Buffer.alloc(8_000_000, 'z'),
  });
  expect(answer).toMatchObject({ status: 400, code: 'InvalidRequest' });
});
