import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterEach, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { rawPath, sendRaw, signRaw, type RawAnswer } from '../../tests/support/practice-request.ts';
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
    const got = await story.s3.send(
      new GetObjectCommand({ ...story.at, Range: `bytes=${5 * MiB - 10}-${10 * MiB + 9}` }),
    );
    expect(body.subarray(5 * MiB - 10, 10 * MiB + 10).equals(await got.Body!.transformToByteArray())).toBe(true);
    const head = await story.s3.send(new HeadObjectCommand(story.at));
    expect(head).toMatchObject({ ETag, ContentLength: body.length, ContentType: 'video/mp4' });
  });

  it('pleases lib-storage, with its default checksums too', async () => {
    const { at } = await begin({ rules: 'aws', minPartSize: undefined });
    for (const requestChecksumCalculation of ['WHEN_REQUIRED', 'WHEN_SUPPORTED'] as const) {
      const client = practiceClient(
        practice,
        { requestChecksumCalculation, responseChecksumValidation: 'WHEN_SUPPORTED' },
      );
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
    expect(await practice.server.usage()).toEqual(
      { objects: 1, bytes: 64 * KiB + 10, unfinishedUploads: 0, unfinishedBytes: 0, hiddenBytes: 0 },
    );
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
    const other = new PracticeUpload(practice, 'another.mp4');
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

  it('drops a part that is still on its way when the upload is aborted', async () => {
    const story = await begin();
    const raw = {
      method: 'PUT', path: `/${practice.bucket}/video.mp4`, payloadHash: 'UNSIGNED-PAYLOAD',
      query: { partNumber: '1', uploadId: story.uploadId },
    };
    const headers = { ...signRaw(practice, raw), 'content-length': '1000' };
    const sending = request(`${practice.endpoint}${rawPath(practice, raw)}`, { method: 'PUT', headers });
    sending.write(Buffer.alloc(500));
    const incoming = join(practice.folder, `bucket-${practice.bucket}`, 'incoming');
    await expect.poll(() => readdir(incoming), { interval: 5 }).toHaveLength(1);
    await story.s3.send(new AbortMultipartUploadCommand({ ...story.at, UploadId: story.uploadId }));
    sending.end(Buffer.alloc(500));
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(404);
    expect(await readdir(incoming)).toEqual([]);
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
