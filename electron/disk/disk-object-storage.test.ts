import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, readdir, rename, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn, setDiskStage, type DiskStage } from '../../tests/support/disk-stage.ts';
import { crc64 } from '../../tests/support/received-body.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import type { ObjectStorage, RequestBody } from '../uploads/ports.ts';
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

function bodyOf(of: Uint8Array, claims: Partial<RequestBody> = {}): RequestBody {
  return {
    size: of.length,
    sha256: null,
    crc64nvme: crc64(of),
    pieces: async function* pieces() {
      for (let done = 0; done < of.length; done += 64 * 1024) yield of.subarray(done, done + 64 * 1024);
    },
    ...claims,
  };
}

const put = (of: Uint8Array = bytes, changes: Partial<typeof object> = {}, mustBeNew = true) =>
  storage.putObject({ ...object, size: of.length, ...changes }, { body: bodyOf(of), signal: patient, mustBeNew });
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

describe('an object', () => {
  it('is a plain file, and HEAD tells of it what was said when it was sent', async () => {
    const { etag } = await put();
    expect(await readFile(stage.objectPath(key))).toEqual(bytes);
    const found = await storage.headObject(key, patient);
    expect(found).toMatchObject({ size: bytes.length, etag, crc64nvme: crc64(bytes), contentType: 'video/mp4', uploadToken: 'ours' });
    expect(etag).toMatch(/^[0-9a-f]{16}$/);
  });

  it('that is not there is none: nothing, a folder of its name, something below a file', async () => {
    await mkdir(join(folder.path, 'videos/folder.mp4'), { recursive: true });
    await writeFile(join(folder.path, 'file.mp4'), 'x');
    for (const absent of ['videos/none.mp4', 'videos/folder.mp4', 'file.mp4/below.mp4']) {
      expect(await storage.headObject(absent, patient)).toBeNull();
      expect(await storage.checksumOf(absent, patient)).toBeNull();
    }
    for (const taken of ['videos/folder.mp4', 'file.mp4/below.mp4', 'file.mp4/deep/below.mp4']) {
      await expect(put(bytes, { key: taken })).rejects.toMatchObject({ code: 'invalid-key' });
    }
    expect(await stage.staged()).toEqual([]);
  });

  it('is not replaced unless that is wanted, also by one of the same size in the same second', async () => {
    await put();
    const other = randomBytes(bytes.length);
    const refused = put(other, { uploadToken: 'other' });
    await expect(refused).rejects.toMatchObject({ code: 'object-exists', facts: { existing: { size: bytes.length } } });
    expect(await storage.headObject(key, patient)).toMatchObject({ uploadToken: 'ours', crc64nvme: crc64(bytes) });
    const before = await stat(stage.objectPath(key));
    await put(other, { uploadToken: 'other' }, false);
    expect((await stat(stage.objectPath(key))).mtimeMs).not.toBe(before.mtimeMs);
    expect(await storage.headObject(key, patient)).toMatchObject({ uploadToken: 'other', crc64nvme: crc64(other) });
    expect(await stage.staged()).toEqual([]);
  });

  it('in the place of somebody else’s, or changed by somebody else, is not ours', async () => {
    await put();
    const [facts] = (await filesIn(join(folder.path, '.remessa'))).filter((file) => file.startsWith('objects/'));
    expect(facts).toBeDefined();
    const path = stage.objectPath(key);
    const { mtime, atime } = await stat(path);
    await writeFile(path, bytes.subarray(1));
    await utimes(path, atime, mtime);
    expect(await storage.headObject(key, patient)).toMatchObject({ uploadToken: null, crc64nvme: null });
    expect(await storage.checksumOf(key, patient)).toBe(crc64(bytes.subarray(1)));
    await put(bytes, {}, false);
    await utimes(path, atime, new Date(Number(mtime) + 1));
    expect(await storage.headObject(key, patient)).toMatchObject({ uploadToken: null, crc64nvme: null });
  });

  it('whose notes are damaged is a file that nothing is known of', async () => {
    await put();
    const [facts = ''] = (await filesIn(join(folder.path, '.remessa'))).filter((file) => file.startsWith('objects/'));
    await truncate(join(folder.path, '.remessa', facts), 40);
    expect(await storage.headObject(key, patient)).toMatchObject({ size: bytes.length, uploadToken: null });
    await put(bytes, {}, false);
    expect(await storage.headObject(key, patient)).toMatchObject({ uploadToken: 'ours' });
  });

  it('of nothing, and of one byte', async () => {
    for (const of of [new Uint8Array(), Buffer.from('x')]) {
      await put(of, {}, false);
      expect(await storage.headObject(key, patient)).toMatchObject({ size: of.length, crc64nvme: crc64(of) });
    }
  });
});

describe('hostile keys', () => {
  it('that lead out of the folder through a link are refused by everything, and nothing happens there', async () => {
    const outside = await temporaryFolder();
    await writeFile(join(outside.path, 'a.mp4'), 'theirs');
    await symlink(outside.path, join(folder.path, 'videos'));
    await symlink(join(outside.path, 'a.mp4'), join(folder.path, 'link.mp4'));
    await symlink(join(outside.path, 'none.mp4'), join(folder.path, 'nowhere.mp4'));
    await symlink('circle.mp4', join(folder.path, 'circle.mp4'));
    await symlink('.remessa', join(folder.path, 'room'));
    for (const hostile of [key, 'videos/new/b.mp4', 'link.mp4', 'nowhere.mp4', 'circle.mp4', 'room/uploads/a.mp4']) {
      const refused = { code: 'outside-prefix' };
      await expect(storage.headObject(hostile, patient), hostile).rejects.toMatchObject(refused);
      await expect(put(bytes, { key: hostile }), hostile).rejects.toMatchObject(refused);
      await expect(storage.createMultipartUpload({ ...object, key: hostile }, patient), hostile).rejects.toMatchObject(refused);
      await expect(stage.upkeep.deleteObject(hostile, patient), hostile).rejects.toMatchObject(refused);
      await expect(stage.upkeep.read(hostile, patient), hostile).rejects.toMatchObject(refused);
    }
    expect(await filesIn(outside.path)).toEqual(['a.mp4']);
    expect(await stage.staged()).toEqual([]);
    await outside.remove();
  });

  it.each(['../a.mp4', '.remessa/destination.mp4', '.REMESSA/a.mp4', 'videos/../../a.mp4', '/etc/a.mp4'])('%s is refused', async (hostile) => {
    await expect(put(bytes, { key: hostile })).rejects.toMatchObject({ code: 'invalid-key' });
    await expect(storage.headObject(hostile, patient)).rejects.toMatchObject({ code: 'invalid-key' });
    await expect(stage.upkeep.deleteObject(hostile, patient)).rejects.toMatchObject({ code: 'invalid-key' });
  });

  it('too long for the file system are found before the first byte', async () => {
    let asked = 0;
    const body = bodyOf(bytes, { pieces: async function* pieces() { asked += 1; yield bytes; } });
    const long = { ...object, key: `videos/${'é'.repeat(200)}.mp4` };
    await expect(storage.putObject(long, { body, signal: patient, mustBeNew: true })).rejects.toMatchObject({ code: 'invalid-key' });
    expect(asked).toBe(0);
    expect(await stage.staged()).toEqual([]);
    await put(bytes, { key: 'vídeos/aula 🎬 "1" <2>?.mp4' });
    expect(await stage.visible()).toEqual(['vídeos/aula 🎬 "1" <2>?.mp4']);
  });

  it('in the place of an upload’s id name no upload', async () => {
    for (const id of ['..', '../../videos', '', 'x'.repeat(300)]) {
      await expect(send(id, 1)).rejects.toMatchObject({ code: 'upload-expired' });
      await expect(storage.listParts(key, id, patient)).rejects.toMatchObject({ code: 'upload-expired' });
      await storage.abortMultipartUpload(key, id, patient);
    }
    expect(await filesIn(folder.path)).toContain('.remessa/destination.json');
  });

  it('of another object do not get at an upload', async () => {
    const uploadId = await begin();
    await expect(storage.listParts('videos/b.mp4', uploadId, patient)).rejects.toMatchObject({ code: 'upload-expired' });
  });
});

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
    expect(await readFile(stage.objectPath(key))).toEqual(bytes);
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
    expect(await readFile(path)).toEqual(bytes);
  });

  it('can be completed again when another object was in the way and has gone', async () => {
    await put(Buffer.from('theirs'), { uploadToken: 'theirs' });
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

describe('the volume', () => {
  it('that is not the one that was claimed is missing, and nothing is made in its place', async () => {
    expect(await storage.isReachable(patient)).toBe(true);
    await rename(join(folder.path, '.remessa'), `${folder.path}.away`);
    expect(await storage.isReachable(patient)).toBe(false);
    for (const work of [put(), begin(), storage.headObject(key, patient), storage.abortMultipartUpload(key, 'x', patient)]) {
      await expect(work).rejects.toMatchObject({ code: 'disk-missing' });
    }
    expect(await readdir(folder.path)).toEqual([]);
    await rename(`${folder.path}.away`, join(folder.path, '.remessa'));
    stage.address = { ...stage.address, volumeId: 'another' };
    expect(await stage.storage.isReachable(patient)).toBe(false);
    stage.address = { ...stage.address, folder: join(folder.path, 'none') };
    await expect(stage.storage.headObject(key, patient)).rejects.toMatchObject({ code: 'disk-missing' });
  });
});
