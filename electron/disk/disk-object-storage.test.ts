import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiskStage, bodyOf, filesIn, setDiskStage } from '../../tests/support/disk-stage.ts';
import { crc64 } from '../../tests/support/received-body.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import type { ObjectStorage } from '../uploads/ports.ts';

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

const put = (of: Uint8Array = bytes, changes: Partial<typeof object> = {}, mustBeNew = true) =>
  storage.putObject({ ...object, size: of.length, ...changes }, { body: bodyOf(of), signal: patient, mustBeNew });
describe('an object', () => {
  it('is a plain file, and HEAD tells of it what was said when it was sent', async () => {
    const { etag } = await put();
    expect((await readFile(stage.objectPath(key))).equals(bytes)).toBe(true);
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
      const part = { key, uploadId: id, partNumber: 1, offset: 0, body: bodyOf(bytes), signal: patient };
      await expect(storage.uploadPart(part)).rejects.toMatchObject({ code: 'upload-expired' });
      await expect(storage.listParts(key, id, patient)).rejects.toMatchObject({ code: 'upload-expired' });
      await storage.abortMultipartUpload(key, id, patient);
    }
    expect(await filesIn(folder.path)).toContain('.remessa/destination.json');
  });

  it('of another object do not get at an upload', async () => {
    const { uploadId } = await storage.createMultipartUpload(object, patient);
    await expect(storage.listParts('videos/b.mp4', uploadId, patient)).rejects.toMatchObject({ code: 'upload-expired' });
  });
});

describe('the volume', () => {
  it('that is not the one that was claimed is missing, and nothing is made in its place', async () => {
    expect(await storage.isReachable(patient)).toBe(true);
    await rename(join(folder.path, '.remessa'), `${folder.path}.away`);
    expect(await storage.isReachable(patient)).toBe(false);
    const works: ReadonlyArray<() => Promise<unknown>> = [
      () => put(),
      () => storage.createMultipartUpload(object, patient),
      () => storage.headObject(key, patient),
      () => storage.abortMultipartUpload(key, 'x', patient),
    ];
    for (const work of works) {
      await expect(work()).rejects.toMatchObject({ code: 'disk-missing' });
    }
    expect(await readdir(folder.path)).toEqual([]);
    await rename(`${folder.path}.away`, join(folder.path, '.remessa'));
    stage.address = { ...stage.address, volumeId: 'another' };
    expect(await stage.storage.isReachable(patient)).toBe(false);
    stage.address = { ...stage.address, folder: join(folder.path, 'none') };
    await expect(stage.storage.headObject(key, patient)).rejects.toMatchObject({ code: 'disk-missing' });
  });
});

it('bytes that have rotted, with size and time as they were, are not what was noted of them', async () => {
  await put();
  const path = stage.objectPath(key);
  const { atime, mtime } = await stat(path);
  const rotten = Buffer.from(bytes);
  rotten[500] = (rotten[500] ?? 0) ^ 1;
  await writeFile(path, rotten);
  await utimes(path, atime, mtime);
  const found = await storage.headObject(key, patient);
  expect(found?.crc64nvme).toBe(crc64(bytes));
  expect(await storage.checksumOf(key, patient, found!)).toBe(crc64(rotten));
});
