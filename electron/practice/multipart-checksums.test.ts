import { randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { createHasher, type ChecksumAlgorithm } from './checksums.ts';

const KiB = 1024;
const body = randomBytes(100 * KiB);
const wrong = Buffer.from('wrong');
let r2: PracticeFixture;
let aws: PracticeFixture;

beforeAll(async () => {
  r2 = await startPractice({ minPartSize: 64 * KiB });
  aws = await startPractice({ rules: 'aws', minPartSize: 64 * KiB });
});
afterAll(async () => {
  await Promise.all([r2.stop(), aws.stop()]);
});

function sum(algorithm: ChecksumAlgorithm, bytes: Buffer = body): string {
  const hasher = createHasher(algorithm);
  hasher.update(bytes);
  return hasher.digest().toString('base64');
}

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
      new CreateMultipartUploadCommand(
        { ...at, ChecksumAlgorithm: name, ...(type === undefined ? {} : { ChecksumType: type }) },
      ),
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
    expect(
      await complete({ ...whole, ChecksumType: 'FULL_OBJECT' }),
    ).toMatchObject({ ...whole, ChecksumType: 'FULL_OBJECT' });
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
      const composed = sum(
        algorithm,
        Buffer.concat(pieces.map((piece) => Buffer.from(sum(algorithm, piece), 'base64'))),
      );
      expect(await complete(parts)).toMatchObject({ [`Checksum${name}`]: `${composed}-2`, ChecksumType: 'COMPOSITE' });
    }
  });

  it('never confirms a checksum it did not keep', async () => {
    const client = practiceClient(r2);
    const target = { Bucket: r2.bucket, Key: 'unasked' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: body }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const whole = { ChecksumCRC64NVME: sum('crc64nvme') };
    const command = new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload, ...whole });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'NotImplemented' });
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
    await expect(
      part(full.UploadId, { ChecksumCRC32: sum('crc32') }),
    ).rejects.toThrow('expected checksum Type: crc64nvme');
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
      const got = await sent.then(
        (output) => output.$metadata,
        (error: { readonly $metadata: object }) => error.$metadata,
      );
      expect(got).toMatchObject({ httpStatusCode: status });
    }
  });
});
