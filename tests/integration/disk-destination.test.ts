import { readFile, stat, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { type DiskStage, setDiskStage, untilAborted } from '../support/disk-stage.ts';
import { addFile, isStatus, until } from '../support/engine.ts';
import { type Volume, mountVolume, possibleVolumes } from '../support/loop-volume.ts';
import { sha256, temporaryFolder } from '../support/sample-video.ts';

const patient = new AbortController().signal;
const size = 23 * MiB + 4321;

/** Real file systems that are small; where none can be mounted, a folder of this computer. */
const kinds = [...possibleVolumes(['ext4', 'btrfs', 'xfs', 'exfat']), 'this computer'] as const;

describe.each(kinds)('a disk: %s', (kind) => {
  let volume: Volume | null = null;
  let folder: string;
  let remove: () => Promise<void>;
  let stage: DiskStage;
  beforeAll(async () => {
    if (kind === 'this computer') ({ path: folder, remove } = await temporaryFolder());
    else {
      volume = await mountVolume(kind, 400);
      ({ path: folder, end: remove } = volume);
    }
  });
  afterAll(() => remove());
  beforeEach(async () => {
    stage = await setDiskStage(folder);
  });
  afterEach(() => stage.end());

  it.each([
    ['in one piece', 'video_1.mp4', 3 * MiB + 17, 'single'],
    ['in parts', 'video_2.mp4', size, 'multipart'],
  ])('takes a video %s, proves it and shows nothing but it', async (_how, name, bytes, how) => {
    const queue = await stage.engine('life');
    const path = await stage.video(name, bytes);
    const upload = await stage.sendAndCheck(queue, path);
    expect(upload).toMatchObject({ status: 'completed', verification: 'checksum', key: `videos/${name}` });
    expect(queue.records()[0]?.transfer.kind).toBe(how);
    expect(await stage.visible()).toContain(`videos/${name}`);
    expect((await stage.visible()).every((file) => file.startsWith('videos/video_'))).toBe(true);
    expect(await stage.staged()).toEqual([]);
    const found = await stage.storage.headObject(upload.key, patient);
    expect(found).toMatchObject({ size: bytes, contentType: 'video/mp4', uploadToken: queue.records()[0]?.uploadToken });
    expect(found?.crc64nvme).toBe(await stage.storage.checksumOf(upload.key, patient));
  });

  it('goes on after a stop with the parts that are missing, and with no others', async () => {
    const path = await stage.video('video_3.mp4', size);
    const first = await stage.engine('stopped');
    stage.beforePart = ({ partNumber, signal }) => (partNumber < 3 ? Promise.resolve() : untilAborted(signal));
    const id = await addFile(first, path);
    await expect.poll(() => stage.sentParts.length, { timeout: 10_000 }).toBe(4);
    await first.stop();
    stage.beforePart = async () => undefined;
    const [uploadId = ''] = await stage.staged();
    expect((await stage.storage.listParts('videos/video_3.mp4', uploadId, patient)).map((part) => part.partNumber)).toEqual([1, 2]);
    stage.sentParts.length = 0;
    const again = await stage.engine('stopped');
    await until(again, id, isStatus('completed'));
    expect(stage.sentParts.toSorted((a, b) => a - b)).toEqual([3, 4, 5]);
    expect(await sha256(stage.objectPath('videos/video_3.mp4'))).toBe(await sha256(path));
    expect(await stage.staged()).toEqual([]);
  });

  it('replaces a video only when told to, and never by half', async () => {
    const queue = await stage.engine('replace');
    const old = await stage.video('video_4.mp4', size);
    await stage.sendAndCheck(queue, old);
    const another = await stage.video('video_4_new.mp4', size);
    const id = await addFile(queue, another);
    expect(await until(queue, id, isStatus('failed'))).toMatchObject({ error: { code: 'object-exists' }, existing: { size } });
    expect(await sha256(stage.objectPath('videos/video_4.mp4'))).toBe(await sha256(old));
    await queue.edit.settleConflict([id], 'replace');
    expect(await until(queue, id, isStatus('completed'))).toMatchObject({ verification: 'checksum' });
    expect(await sha256(stage.objectPath('videos/video_4.mp4'))).toBe(await sha256(another));
    expect(await stage.staged()).toEqual([]);
  });

  it('lets one of two uploads to a key win', async () => {
    const paths = [await stage.video('video_5.mp4', size), await stage.video('video_5_b.mp4', size)];
    const engines = [await stage.engine('race-1'), await stage.engine('race-2')];
    const ids = await Promise.all(engines.map((queue, n) => addFile(queue, paths[n]!)));
    const ends = await Promise.all(engines.map((queue, n) => until(queue, ids[n]!, isStatus('completed', 'failed'))));
    expect(ends.map(({ status }) => status).sort()).toEqual(['completed', 'failed']);
    const winner = ends.findIndex(({ status }) => status === 'completed');
    expect(ends[1 - winner]).toMatchObject({ error: { code: 'object-exists' } });
    expect(await sha256(stage.objectPath('videos/video_5.mp4'))).toBe(await sha256(paths[winner]!));
    expect((await stage.storage.headObject('videos/video_5.mp4', patient))?.uploadToken).toBe(
      engines[winner]!.records()[0]?.uploadToken,
    );
  });

  it('knows a video no more that was changed by hand, and reads it to compare', async () => {
    const queue = await stage.engine('by-hand');
    const path = await stage.video('video_6.mp4', size);
    const { key } = await stage.sendAndCheck(queue, path);
    const file = stage.objectPath(key);
    const bytes = await readFile(file);
    bytes[size - 1]! ^= 1;
    await writeFile(file, bytes);
    const found = await stage.storage.headObject(key, patient);
    expect(found).toMatchObject({ size, uploadToken: null, crc64nvme: null, contentType: 'video/mp4' });
    expect(found?.etag).toBe(`${size}-${(await stat(file)).mtimeMs}`);
    const changed = await stage.storage.checksumOf(key, patient);
    bytes[size - 1]! ^= 1;
    await writeFile(file, bytes);
    expect(await stage.storage.checksumOf(key, patient)).not.toBe(changed);
  });

  it('forgets what is canceled, and what is deleted', async () => {
    const queue = await stage.engine('cancel');
    stage.beforePart = ({ partNumber, signal }) => (partNumber < 3 ? Promise.resolve() : untilAborted(signal));
    const id = await addFile(queue, await stage.video('video_7.mp4', size));
    await expect.poll(() => stage.sentParts.length, { timeout: 10_000 }).toBe(4);
    const before = await stage.staged();
    await queue.cancel([id]);
    await expect.poll(() => queue.snapshot().uploads, { timeout: 10_000 }).toEqual([]);
    expect(await stage.staged()).toHaveLength(before.length - 1);
    for (const key of await stage.visible()) await stage.upkeep.deleteObject(key, patient);
    expect(await stage.visible()).toEqual([]);
  });
});
