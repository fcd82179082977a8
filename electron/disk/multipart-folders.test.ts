import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiskStage, bodyOf, setDiskStage } from '../../tests/support/disk-stage.ts';
import { crc64 } from '../../tests/support/received-body.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import type { ObjectStorage } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';

const patient = new AbortController().signal;
const key = 'videos/a.mp4';
const bytes = randomBytes(1_000_000);
const object = { key, size: bytes.length, contentType: 'video/mp4', uploadToken: 'ours', originalName: 'a.mp4' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stage: DiskStage;
let storage: ObjectStorage;
beforeEach(async () => {
  folder = await temporaryFolder();
  stage = await setDiskStage(folder.path);
  ({ storage } = stage);
});
afterEach(async () => {
  await stage.end();
  await folder.remove();
});

const begin = async (): Promise<string> => (await storage.createMultipartUpload(object, patient)).uploadId;
const half = bytes.length / 2;
const send = (uploadId: string, partNumber: number, body = bodyOf(bytes.subarray((partNumber - 1) * half, partNumber * half))) =>
  storage.uploadPart({ key, uploadId, partNumber, offset: (partNumber - 1) * half, body, signal: patient });
const listed = async (uploadId: string) => (await storage.listParts(key, uploadId, patient)).map(({ partNumber }) => partNumber);
const complete = async (uploadId: string, changes: Partial<Parameters<ObjectStorage['completeMultipartUpload']>[0]> = {}) =>
  storage.completeMultipartUpload({
    key,
    uploadId,
    parts: await storage.listParts(key, uploadId, patient),
    crc64nvme: crc64(bytes),
    mustBeNew: true,
    signal: patient,
    ...changes,
  });
const dataOf = (uploadId: string): string => join(folder.path, '.remessa/uploads', uploadId, 'data.part');

describe('an upload in parts', () => {
  it('takes parts in any order, lists those that are there, and makes the object of them', async () => {
    const uploadId = await begin();
    const second = await send(uploadId, 2);
    expect(await listed(uploadId)).toEqual([2]);
    await send(uploadId, 1);
    const parts = await storage.listParts(key, uploadId, patient);
    expect(parts.map(({ size }) => size)).toEqual([half, half]);
    expect(parts[1]).toMatchObject({ etag: second.etag, crc64nvme: crc64(bytes.subarray(half)) });
    expect(await stage.visible()).toEqual([]);
    await complete(uploadId);
    expect((await readFile(stage.objectPath(key))).equals(bytes)).toBe(true);
    expect(await stage.staged()).toEqual([]);
  });

  it('is known by its key and its time until it is dropped, and dropping it twice is no mistake', async () => {
    const from = Date.now();
    const uploadId = await begin();
    const found = await storage.listUnfinished(key, patient);
    expect(found.map((one) => one.uploadId)).toEqual([uploadId]);
    expect(found[0]?.initiatedAt).toBeGreaterThanOrEqual(from);
    expect(await storage.listUnfinished('videos/a', patient)).toEqual([]);
    for (let n = 0; n < 2; n += 1) await storage.abortMultipartUpload(key, uploadId, patient);
    expect(await storage.listUnfinished(key, patient)).toEqual([]);
    await expect(storage.listParts(key, uploadId, patient)).rejects.toMatchObject({ code: 'upload-expired' });
    await expect(send(uploadId, 1)).rejects.toMatchObject({ code: 'upload-expired' });
    await expect(complete(uploadId, { parts: [] })).rejects.toMatchObject({ code: 'upload-expired' });
  });

  it('refuses a part that is not what was announced, and does not count it', async () => {
    const uploadId = await begin();
    const wrong = bodyOf(bytes.subarray(0, half), { crc64nvme: crc64(bytes) });
    const refused = { code: 'unexpected-answer', facts: { serverCode: 'BadDigest', isUnclear: true } };
    await expect(send(uploadId, 1, wrong)).rejects.toMatchObject(refused);
    await expect(send(uploadId, 1, { ...wrong, crc64nvme: null, sha256: '0'.repeat(64) })).rejects.toMatchObject(refused);
    expect(await listed(uploadId)).toEqual([]);
    // More or less than was announced would land in the next part, or leave a gap.
    await expect(send(uploadId, 1, { ...bodyOf(bytes), size: half })).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(send(uploadId, 1, { ...bodyOf(bytes.subarray(0, 10)), size: half })).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await listed(uploadId)).toEqual([]);
  });

  it('passes on what is wrong with the video, and does not count the part that it was sent over', async () => {
    const uploadId = await begin();
    await send(uploadId, 1);
    const changed = bodyOf(bytes.subarray(0, half), {
      pieces: async function* pieces() {
        yield bytes.subarray(half, half + 1000);
        throw new UploadError('source-changed');
      },
    });
    await expect(send(uploadId, 1, changed)).rejects.toMatchObject({ code: 'source-changed' });
    expect(await listed(uploadId)).toEqual([]);
    await send(uploadId, 1);
    expect(await listed(uploadId)).toEqual([1]);
  });

  it('does not take the disk’s trouble for the video’s', async () => {
    const uploadId = await begin();
    const vanishing = bodyOf(bytes.subarray(0, half), {
      pieces: async function* pieces() {
        yield bytes.subarray(0, half);
        await rm(dataOf(uploadId));
      },
    });
    await expect(send(uploadId, 1, vanishing)).rejects.toMatchObject({ code: 'disk-missing' });
  });

  it('does not count a part whose end a power cut took', async () => {
    const uploadId = await begin();
    await send(uploadId, 1);
    await send(uploadId, 2);
    await truncate(dataOf(uploadId), bytes.length - 1);
    expect(await listed(uploadId)).toEqual([1]);
  });

  it('makes no object of other parts than those it has, nor of another content', async () => {
    const uploadId = await begin();
    await send(uploadId, 1);
    await expect(complete(uploadId)).rejects.toMatchObject({ code: 'object-mismatch', facts: { serverCode: 'InvalidPart' } });
    await send(uploadId, 2);
    const parts = await storage.listParts(key, uploadId, patient);
    for (const wrong of [[], parts.toReversed(), [parts[0]!, { ...parts[1]!, etag: '0'.repeat(16) }]]) {
      await expect(complete(uploadId, { parts: wrong })).rejects.toMatchObject({ facts: { serverCode: 'InvalidPart' } });
    }
    const mismatch = { code: 'object-mismatch', facts: { serverCode: 'BadDigest' } };
    await expect(complete(uploadId, { crc64nvme: crc64(Buffer.from('x')) })).rejects.toMatchObject(mismatch);
    expect(await stage.visible()).toEqual([]);
    await complete(uploadId);
  });

  it('that is completed does not touch its object any more', async () => {
    const uploadId = await begin();
    await send(uploadId, 1);
    await send(uploadId, 2);
    // As a crash leaves it behind the placing: the bytes are the object's, and still the upload's.
    const path = stage.objectPath(key);
    await mkdir(join(folder.path, 'videos'));
    await link(dataOf(uploadId), path);
    await expect(send(uploadId, 1, bodyOf(randomBytes(half)))).rejects.toMatchObject({ code: 'upload-expired' });
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  it('can be completed again when another object was in the way and has gone', async () => {
    const theirs = Buffer.from('theirs');
    const foreign = { ...object, size: theirs.length, uploadToken: 'theirs' };
    await storage.putObject(foreign, { body: bodyOf(theirs), signal: patient, mustBeNew: true });
    const uploadId = await begin();
    await send(uploadId, 1);
    await send(uploadId, 2);
    const refused = { code: 'object-exists', facts: { existing: { size: 6 } } };
    await expect(complete(uploadId)).rejects.toMatchObject(refused);
    expect(await listed(uploadId)).toEqual([1, 2]);
    await stage.upkeep.deleteObject(key, patient);
    await complete(uploadId);
    expect(await storage.headObject(key, patient)).toMatchObject({ uploadToken: 'ours', crc64nvme: crc64(bytes) });
  });
});

describe('an interruption', () => {
  it('ends a part within a second, and nothing is read or written afterwards', async () => {
    const uploadId = await begin();
    const controller = new AbortController();
    let asked = 0;
    const slow = bodyOf(bytes.subarray(0, half), {
      pieces: async function* pieces() {
        for (let done = 0; done < half; done += 1000) {
          asked += 1;
          if (asked === 50) controller.abort(new Error('paused'));
          await wait(1);
          yield bytes.subarray(done, done + 1000);
        }
      },
    });
    const begun = performance.now();
    const sending = storage.uploadPart({ key, uploadId, partNumber: 1, offset: 0, body: slow, signal: controller.signal });
    await expect(sending).rejects.toThrow('paused');
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(asked).toBeLessThanOrEqual(51);
    const [asks, size] = [asked, (await stat(dataOf(uploadId))).size];
    await wait(100);
    expect(asked).toBe(asks);
    expect((await stat(dataOf(uploadId))).size).toBe(size);
    expect(await listed(uploadId)).toEqual([]);
  });

  it('before it begins leaves nothing', async () => {
    const signal = AbortSignal.abort(new Error('paused'));
    await expect(storage.createMultipartUpload(object, signal)).rejects.toThrow('paused');
    await expect(storage.putObject(object, { body: bodyOf(bytes), signal, mustBeNew: true })).rejects.toThrow('paused');
    await expect(storage.headObject(key, signal)).rejects.toThrow('paused');
    expect(await readdir(join(folder.path, '.remessa/uploads'))).toEqual([]);
  });
});
