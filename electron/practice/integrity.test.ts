import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
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

async function put(practice: PracticeFixture, headers: Record<string, string>, payloadHash?: string): Promise<RawAnswer> {
  return await sendRaw(practice, {
    method: 'PUT', path: `/${practice.bucket}/checked`, headers, body, ...(payloadHash === undefined ? {} : { payloadHash }),
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
    ['two checksums', { 'x-amz-checksum-crc32': sum('crc32'), 'x-amz-checksum-sha1': sum('sha1') }, undefined, 'InvalidRequest'],
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
      expect(head).toMatchObject({ [`Checksum${algorithm.toUpperCase()}`]: sum(algorithm), ChecksumType: 'FULL_OBJECT' });
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
    const answer = await put(radosgw, { 'x-amz-checksum-crc32': sum('crc32', wrong), 'x-amz-sdk-checksum-algorithm': 'CRC32' });
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
    await client.send(new UploadPartCommand({ Bucket: radosgw.bucket, Key: 'k', UploadId, PartNumber: 1, Body: body, ChecksumCRC32: sum('crc32') }));
    const listed = await client.send(new ListPartsCommand({ Bucket: radosgw.bucket, Key: 'k', UploadId }));
    expect(listed.Parts?.[0]?.ChecksumCRC32).toBeUndefined();
  });
});

const trailed = (practice: PracticeFixture, text: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  sendRaw(practice, {
    method: 'PUT', path: `/${practice.bucket}/trailed`, body: text, payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    headers: {
      'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '9', 'x-amz-trailer': 'x-amz-checksum-crc32', ...headers,
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

describe('checksums of multipart uploads', () => {
  type Name = 'CRC64NVME' | 'CRC32' | 'SHA256';
  const pieces = [body.subarray(0, 64 * KiB), body.subarray(64 * KiB)];

  interface Begun {
    readonly target: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined };
    readonly parts: CompletedPart[];
    readonly client: ReturnType<typeof practiceClient>;
  }

  async function upload(practice: PracticeFixture, name: Name, type?: 'COMPOSITE' | 'FULL_OBJECT'): Promise<Begun> {
    const client = practiceClient(practice);
    const at = { Bucket: practice.bucket, Key: 'whole' };
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: name, ...(type === undefined ? {} : { ChecksumType: type }) }),
    );
    const parts: CompletedPart[] = [];
    for (const [index, Body] of pieces.entries()) {
      const PartNumber = index + 1;
      const field = { [`Checksum${name}`]: sum(name.toLowerCase() as ChecksumAlgorithm, Body) };
      const { ETag } = await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body, ...field }));
      parts.push({ PartNumber, ETag, ...field });
    }
    return { target: { ...at, UploadId }, parts, client };
  }

  it.each([
    ['r2', 'CRC64NVME', undefined],
    ['aws', 'CRC64NVME', 'FULL_OBJECT'],
    ['aws', 'CRC32', 'FULL_OBJECT'],
  ] as const)('%s combines %s to that of the whole object, and compares it', async (rules, name, type) => {
    const practice = rules === 'r2' ? r2 : aws;
    const { target, parts, client } = await upload(practice, name, type);
    const whole = { [`Checksum${name}`]: sum(name.toLowerCase() as ChecksumAlgorithm) };
    const bare = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    const bad = { [`Checksum${name}`]: sum(name.toLowerCase() as ChecksumAlgorithm, wrong) };
    const complete = (more: object): Promise<object> =>
      client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts: bare }, ...more }));
    await expect(complete(bad)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(complete({ ...whole, ChecksumType: 'COMPOSITE' })).rejects.toMatchObject({ name: 'BadDigest' });
    expect(await complete({ ...whole, ChecksumType: 'FULL_OBJECT' })).toMatchObject({ ...whole, ChecksumType: 'FULL_OBJECT' });
  });

  it('composes CRC32 and SHA256, and lists them part by part', async () => {
    for (const name of ['CRC32', 'SHA256'] as const) {
      const { target, parts, client } = await upload(r2, name);
      const listed = await client.send(new ListPartsCommand(target));
      expect(listed).toMatchObject({ ChecksumAlgorithm: name, ChecksumType: 'COMPOSITE', Parts: parts });
      const bare = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
      const complete = (Parts: CompletedPart[]): Promise<object> =>
        client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));
      await expect(complete(bare)).rejects.toMatchObject({ name: 'InvalidRequest' });
      const swapped = bare.map((part, index) => ({ ...parts[1 - index], ...part }));
      await expect(complete(swapped)).rejects.toMatchObject({ name: 'InvalidPart' });
      const algorithm = name.toLowerCase() as ChecksumAlgorithm;
      const composed = sum(algorithm, Buffer.concat(pieces.map((piece) => Buffer.from(sum(algorithm, piece), 'base64'))));
      expect(await complete(parts)).toMatchObject({ [`Checksum${name}`]: `${composed}-2`, ChecksumType: 'COMPOSITE' });
    }
  });

  it('keeps parts to the algorithm of the upload', async () => {
    const client = practiceClient(r2);
    const at = { Bucket: r2.bucket, Key: 'mixed' };
    const create = (more: object = {}): Promise<{ readonly UploadId?: string | undefined }> =>
      client.send(new CreateMultipartUploadCommand({ ...at, ...more }));
    const part = (UploadId: string | undefined, more: object = {}): Promise<object> =>
      client.send(new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: body, ...more }));
    const plain = await create();
    await expect(part(plain.UploadId, { ChecksumCRC32: sum('crc32') })).rejects.toThrow('expected checksum Type: null');
    const composite = await create({ ChecksumAlgorithm: 'CRC32' });
    await expect(part(composite.UploadId)).rejects.toThrow('actual checksum Type: null');
    const full = await create({ ChecksumAlgorithm: 'CRC64NVME' });
    await expect(part(full.UploadId, { ChecksumCRC32: sum('crc32') })).rejects.toThrow('expected checksum Type: crc64nvme');
    // A full-object checksum can be combined of parts that came without one: the server takes its own.
    await part(full.UploadId);
  });

  it.each([
    [{ ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' }, 400, 400],
    [{ ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' }, 400, 400],
    [{ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }, 400, 200],
    [{ ChecksumType: 'COMPOSITE' }, 400, 400],
    [{ ChecksumAlgorithm: 'CRC32C' }, 501, 501],
  ] as const)('knows which pairs exist: %o', async (choice, onR2, onAws) => {
    for (const [practice, status] of [[r2, onR2], [aws, onAws]] as const) {
      const command = new CreateMultipartUploadCommand({ Bucket: practice.bucket, Key: 'pair', ...choice });
      const sent = practiceClient(practice).send(command);
      const got = await sent.then((output) => output.$metadata, (error: { readonly $metadata: object }) => error.$metadata);
      expect(got).toMatchObject({ httpStatusCode: status });
    }
  });
});
