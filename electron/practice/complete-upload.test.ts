import { randomBytes } from 'node:crypto';
import {
  GetObjectCommand,
  PutObjectCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { sendRaw } from '../../tests/support/practice-request.ts';
import { outcomeOf, PracticeUpload } from '../../tests/support/practice-upload.ts';
import type { PracticeServerOptions } from './practice-server.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

let practice: PracticeFixture;

/** Parts of 64 KiB keep the tests quick. */
async function begin(overrides: Partial<PracticeServerOptions> = {}): Promise<PracticeUpload> {
  practice = await startPractice({ minPartSize: 64 * KiB, ...overrides });
  return await new PracticeUpload(practice).create();
}

afterEach(async () => {
  await practice.stop();
});

const failure = (name: string): { readonly name: string } => ({ name });

const PART = '<Part><PartNumber>1</PartNumber><ETag>a</ETag></Part>';

describe('CompleteMultipartUpload', () => {
  it('wants each ETag to be the one it gave', async () => {
    const story = await begin();
    const part = await story.part(1, 10);
    await expect(
      story.complete([{ ...part, ETag: '"00000000000000000000000000000000"' }]),
    ).rejects.toMatchObject(failure('InvalidPart'));
    await expect(story.complete([part, { ...part, PartNumber: 2 }])).rejects.toMatchObject(failure('InvalidPart'));
    expect(await story.complete([{ ...part, ETag: part.ETag!.replaceAll('"', '') }])).toBeDefined();
  });

  it('wants 5 MiB of every part but the last', async () => {
    const story = await begin({ minPartSize: undefined });
    const parts = [await story.part(1, 5 * MiB - 1), await story.part(2, 1)];
    await expect(story.complete(parts)).rejects.toMatchObject(failure('EntityTooSmall'));
    const enough = [await story.part(1, 5 * MiB), await story.part(2, 1)];
    expect(await story.complete(enough)).toBeDefined();
  });

  it('wants ascending part numbers on AWS, sorts them on R2', async () => {
    for (const rules of ['aws', 'r2'] as const) {
      const story = await begin({ rules });
      const body = randomBytes(64 * KiB + 5);
      const parts = [await story.part(2, body.subarray(64 * KiB)), await story.part(1, body.subarray(0, 64 * KiB))];
      expect(await outcomeOf(story.complete([parts[1]!, parts[1]!]))).toBe('InvalidPartOrder');
      expect(await outcomeOf(story.complete(parts))).toBe(rules === 'aws' ? 'InvalidPartOrder' : 'done');
      if (rules === 'aws') await story.complete(parts.toReversed());
      const got = await story.s3.send(new GetObjectCommand(story.at));
      expect(body.equals(await got.Body!.transformToByteArray())).toBe(true);
      await practice.stop();
    }
  });

  it.each([
    ['unequal parts', [70, 64, 10]],
    ['a last part larger than the others', [64, 64, 65]],
  ])('refuses %s on R2 only', async (_what, sizes) => {
    for (const rules of ['r2', 'aws'] as const) {
      const story = await begin({ rules });
      const parts: CompletedPart[] = [];
      for (const [index, size] of sizes.entries()) parts.push(await story.part(index + 1, size * KiB));
      expect(await outcomeOf(story.complete(parts))).toBe(rules === 'r2' ? 'InvalidPart' : 'done');
      await practice.stop();
    }
  });

  it('keeps the upload after a failed condition on AWS, loses it on R2', async () => {
    for (const rules of ['r2', 'aws'] as const) {
      const story = await begin({ rules });
      const part = await story.part(1, 10);
      await story.s3.send(new PutObjectCommand({ ...story.at, Body: 'was first' }));
      await expect(story.complete([part], { IfNoneMatch: '*' })).rejects.toMatchObject(failure('PreconditionFailed'));
      expect(await story.isOpen()).toBe(rules === 'aws');
      const got = await story.s3.send(new GetObjectCommand(story.at));
      expect(await got.Body!.transformToString()).toBe('was first');
      await practice.stop();
    }
  });

  it('completes under If-None-Match where nothing is', async () => {
    const story = await begin();
    expect(await story.complete([await story.part(1, 10)], { IfNoneMatch: '*' })).toBeDefined();
  });

  it('repeats itself on AWS, and knows nothing any more on R2', async () => {
    for (const rules of ['r2', 'aws'] as const) {
      const story = await begin({ rules });
      const part = await story.part(1, 10);
      const ETag = await story.complete([part]);
      const again = await story.complete([part]).catch((error: { readonly name: string }) => error.name);
      expect(again).toBe(rules === 'aws' ? ETag : 'NoSuchUpload');
      await expect(story.complete([{ ...part, PartNumber: 2 }])).rejects.toMatchObject(failure('NoSuchUpload'));
      await practice.stop();
    }
  });

  it('compares x-amz-mp-object-size', async () => {
    const story = await begin();
    const part = await story.part(1, 10);
    await expect(story.complete([part], { MpuObjectSize: 11 })).rejects.toMatchObject(failure('InvalidRequest'));
    expect(await story.complete([part], { MpuObjectSize: 10 })).toBeDefined();
  });

  it.each([
    ['no XML', 'hello'],
    ['no parts', '<CompleteMultipartUpload></CompleteMultipartUpload>'],
    ['another root', '<Delete><Part/></Delete>'],
    [
      'a part without ETag',
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
    ],
    [
      'a number that is none',
      '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>',
    ],
    ['10,001 parts', `<CompleteMultipartUpload>${PART.repeat(10_001)}</CompleteMultipartUpload>`],
    ['five megabytes', `<CompleteMultipartUpload>${' '.repeat(5 * MiB)}</CompleteMultipartUpload>`],
  ])('refuses a body of %s', async (_what, body) => {
    const { uploadId } = await begin();
    const path = `/${practice.bucket}/video.mp4`;
    const answer = await sendRaw(practice, { method: 'POST', path, query: { uploadId }, body });
    expect(answer).toMatchObject({ status: 400, code: 'MalformedXML' });
  });

  it('stops reading a list that has no length and no end', async () => {
    const { uploadId } = await begin();
    const answer = await sendRaw(practice, {
      method: 'POST', path: `/${practice.bucket}/video.mp4`, query: { uploadId }, body: Buffer.alloc(5 * MiB, ' '),
      headers: { 'transfer-encoding': 'chunked' }, payloadHash: 'UNSIGNED-PAYLOAD',
    });
    expect(answer).toMatchObject({ status: 400, code: 'EntityTooLarge' });
  });
});
