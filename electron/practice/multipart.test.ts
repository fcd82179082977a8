import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterEach, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { sendRaw, type RawAnswer } from '../../tests/support/practice-request.ts';
import type { PracticeServerOptions } from './practice-server.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** One upload with the words of the tests; part sizes of 64 KiB keep them quick. */
class Story {
  readonly practice: PracticeFixture;
  readonly s3: S3Client;
  readonly at: { readonly Bucket: string; readonly Key: string };
  uploadId = '';

  constructor(practice: PracticeFixture, key = 'video.mp4') {
    this.practice = practice;
    this.s3 = practiceClient(practice);
    this.at = { Bucket: practice.bucket, Key: key };
  }

  async create(): Promise<this> {
    const { UploadId } = await this.s3.send(new CreateMultipartUploadCommand({ ...this.at, ContentType: 'video/mp4' }));
    this.uploadId = UploadId ?? '';
    return this;
  }

  async part(PartNumber: number, body: Buffer | number): Promise<CompletedPart> {
    const Body = typeof body === 'number' ? randomBytes(body) : body;
    const { ETag } = await this.s3.send(new UploadPartCommand({ ...this.at, UploadId: this.uploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  }

  async complete(parts: CompletedPart[], more: { IfNoneMatch?: string; MpuObjectSize?: number } = {}): Promise<string | undefined> {
    const command = new CompleteMultipartUploadCommand({
      ...this.at, ...more, UploadId: this.uploadId, MultipartUpload: { Parts: parts },
    });
    return (await this.s3.send(command)).ETag;
  }

  async isOpen(): Promise<boolean> {
    return await this.s3.send(new ListPartsCommand({ ...this.at, UploadId: this.uploadId })).then(() => true, () => false);
  }
}

let practice: PracticeFixture;

async function begin(overrides: Partial<PracticeServerOptions> = {}): Promise<Story> {
  practice = await startPractice({ minPartSize: 64 * KiB, ...overrides });
  return await new Story(practice).create();
}

afterEach(async () => {
  await practice.stop();
});

/** What became of a request: `done`, or the code of the error. */
const outcomeOf = (sent: Promise<unknown>): Promise<string> =>
  sent.then(() => 'done', (error: { readonly name: string }) => error.name);

const failure = (name: string): { readonly name: string } => ({ name });

describe('a whole upload', () => {
  it.each(['r2', 'aws'] as const)('gives the bytes back, with the ETag of %s', async (rules) => {
    const story = await begin({ rules, minPartSize: undefined });
    const body = randomBytes(11 * MiB);
    const cuts = [0, 5, 10, 11].map((each) => each * MiB);
    const sent = [1, 2, 3].map((n) => body.subarray(cuts[n - 1], cuts[n]));
    // Out of order, as parallel parts arrive.
    const parts = [await story.part(3, sent[2]!), await story.part(1, sent[0]!), await story.part(2, sent[1]!)];
    const ETag = await story.complete(parts.toSorted((a, b) => a.PartNumber! - b.PartNumber!));
    const md5s = Buffer.concat(sent.map((part) => createHash('md5').update(part).digest()));
    expect(ETag).toBe(`"${createHash('md5').update(md5s).digest('hex')}-3"`);
    const got = await story.s3.send(new GetObjectCommand({ ...story.at, Range: `bytes=${5 * MiB - 10}-${10 * MiB + 9}` }));
    expect(body.subarray(5 * MiB - 10, 10 * MiB + 10).equals(await got.Body!.transformToByteArray())).toBe(true);
    const head = await story.s3.send(new HeadObjectCommand(story.at));
    expect(head).toMatchObject({ ETag, ContentLength: body.length, ContentType: 'video/mp4' });
  });

  it('pleases lib-storage, with its default checksums too', async () => {
    const { at } = await begin({ rules: 'aws', minPartSize: undefined });
    for (const requestChecksumCalculation of ['WHEN_REQUIRED', 'WHEN_SUPPORTED'] as const) {
      const client = practiceClient(practice, { requestChecksumCalculation, responseChecksumValidation: 'WHEN_SUPPORTED' });
      const body = randomBytes(12 * MiB + 1);
      await new Upload({ client, params: { ...at, Body: body } }).done();
      const got = await client.send(new GetObjectCommand(at));
      expect(body.equals(await got.Body!.transformToByteArray())).toBe(true);
    }
  });

  it('takes one part of any size, even of none', async () => {
    const story = await begin();
    expect(await story.complete([await story.part(7, 0)])).toMatch(/-1"$/);
  });

  it('drops the parts that are not in the list, and the first body of a part that was sent twice', async () => {
    const story = await begin();
    await story.part(1, 64 * KiB);
    const first = await story.part(1, 64 * KiB);
    await story.part(2, 64 * KiB);
    const third = await story.part(3, 10);
    await story.complete([first, third]);
    expect(await practice.server.usage()).toEqual({ objects: 1, bytes: 64 * KiB + 10, unfinishedUploads: 0, unfinishedBytes: 0 });
  });
});

describe('UploadPart', () => {
  it.each(['0', '10001', '-1', '1.5', 'x', ''])('refuses the part number "%s"', async (partNumber) => {
    const { uploadId } = await begin();
    const answer = await sendRaw(practice, {
      method: 'PUT', path: `/${practice.bucket}/video.mp4`, query: { partNumber, uploadId }, body: 'x',
    });
    expect(answer).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });

  it('takes part 10,000', async () => {
    expect((await (await begin()).part(10_000, 1)).ETag).toBeDefined();
  });

  it('wants the upload, by its own key', async () => {
    const story = await begin();
    const other = new Story(practice, 'another.mp4');
    other.uploadId = story.uploadId;
    await expect(other.part(1, 1)).rejects.toMatchObject(failure('NoSuchUpload'));
    other.uploadId = '../../videos-test';
    await expect(other.part(1, 1)).rejects.toMatchObject(failure('NoSuchUpload'));
  });

  it.each([
    ['r2', 5 * 1024 * MiB - 5 * MiB],
    ['aws', 5 * 1024 * MiB],
  ] as const)('names the limit of %s before it reads', async (rules, limit) => {
    const { uploadId } = await begin({ rules });
    const send = (size: number): Promise<RawAnswer> =>
      sendRaw(practice, {
        method: 'PUT', path: `/${practice.bucket}/video.mp4`, query: { partNumber: '1', uploadId },
        headers: { 'content-length': String(size) }, payloadHash: 'UNSIGNED-PAYLOAD',
      });
    expect(await send(limit + 1)).toMatchObject({ status: 400, code: 'EntityTooLarge' });
  });

  it('answers opaque ETags where asked to, for the object too', async () => {
    const story = await begin({ partEtags: 'opaque' });
    const body = randomBytes(100);
    const part = await story.part(1, body);
    expect(part.ETag).toMatch(/^"[\da-f]{32}"$/);
    expect(part.ETag).not.toContain(createHash('md5').update(body).digest('hex'));
    expect(await story.complete([part])).toMatch(/^"[\da-f]{32}-1"$/);
  });
});

describe('CompleteMultipartUpload', () => {
  it('wants each ETag to be the one it gave', async () => {
    const story = await begin();
    const part = await story.part(1, 10);
    await expect(story.complete([{ ...part, ETag: '"00000000000000000000000000000000"' }])).rejects.toMatchObject(failure('InvalidPart'));
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
    ['a part without ETag', '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>'],
    ['a number that is none', '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>'],
    ['10,001 parts', `<CompleteMultipartUpload>${'<Part/>'.repeat(10_001)}</CompleteMultipartUpload>`],
    ['five megabytes', `<CompleteMultipartUpload>${' '.repeat(5 * MiB)}</CompleteMultipartUpload>`],
  ])('refuses a body of %s', async (_what, body) => {
    const { uploadId } = await begin();
    const path = `/${practice.bucket}/video.mp4`;
    const answer = await sendRaw(practice, { method: 'POST', path, query: { uploadId }, body });
    expect(answer).toMatchObject({ status: 400, code: 'MalformedXML' });
  });
});

describe('the end of an upload', () => {
  it('aborts once', async () => {
    const story = await begin();
    await story.part(1, 100);
    const abort = new AbortMultipartUploadCommand({ ...story.at, UploadId: story.uploadId });
    await story.s3.send(abort);
    await expect(story.s3.send(abort)).rejects.toMatchObject(failure('NoSuchUpload'));
    await expect(story.part(2, 1)).rejects.toMatchObject(failure('NoSuchUpload'));
    expect(await practice.server.usage()).toMatchObject({ unfinishedUploads: 0, unfinishedBytes: 0 });
  });

  it('forgets uploads after seven days on R2, never on AWS', async () => {
    for (const rules of ['r2', 'aws'] as const) {
      const story = await begin({ rules });
      await story.part(1, 100);
      practice = await practice.restart({ clockOffsetMs: 7 * 86_400_000 + 60_000 });
      const client = practiceClient(practice, { systemClockOffset: 7 * 86_400_000 });
      const parts = client.send(new ListPartsCommand({ ...story.at, UploadId: story.uploadId }));
      expect(await outcomeOf(parts)).toBe(rules === 'r2' ? 'NoSuchUpload' : 'done');
      await practice.stop();
    }
  });
});
