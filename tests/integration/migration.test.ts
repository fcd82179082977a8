import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import type { MigrationRequest, MigrationState } from '../../shared/migration.ts';
import { filesIn } from '../support/disk-stage.ts';
import { delayAnswer, resetAfterBytes, respondError } from '../support/faults.ts';
import { type MigrationStage, setMigrationStage } from '../support/migration-stage.ts';
import { sha256 } from '../support/sample-video.ts';

let stage: MigrationStage;
beforeEach(async () => {
  stage = await setMigrationStage();
});
afterEach(() => stage.end());

const fromFolder = (destinationId: string): MigrationRequest => ({ source: { kind: 'folder' }, destinationId, onDifferent: 'skip' });
const from = (id: string, destinationId: string, prefix = ''): MigrationRequest => ({
  source: { kind: 'destination', id, prefix },
  destinationId,
  onDifferent: 'skip',
});
const counted = ({ counts }: MigrationState) =>
  Object.fromEntries(Object.entries(counts).flatMap(([status, { videos }]) => (videos > 0 ? [[status, videos]] : [])));

/** Requests that write anything. */
const writes = (target: MigrationStage['a']): number =>
  ['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'].reduce((sum, name) => sum + target.count(name), 0);

/** Videos in the bucket `a`, sent there from a folder. */
async function fillA(sizes: Readonly<Record<string, number>>): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const [name, size] of Object.entries(sizes)) hashes[name] = await sha256(await stage.video(name, size));
  const migration = await stage.start();
  await migration.desk.sourceChosen(stage.old);
  await migration.plan(fromFolder('a'));
  expect(counted(await migration.run())).toEqual({ sent: Object.keys(sizes).length });
  await migration.end();
  return hashes;
}

describe('from a folder', () => {
  it('to a bucket: planned, sent and proved; the second time nothing is sent', async () => {
    const path = await stage.video('course 1/video_1.mp4', 12 * MiB + 77);
    for (let n = 2; n <= 12; n += 1) await stage.video(`course ${n % 3}/video_${n}.mp4`, 100_000 + n);
    await writeFile(join(stage.old, 'broken.mp4'), 'this is no video at all, whatever its name says');
    await writeFile(join(stage.old, 'empty.mp4'), '');
    const migration = await stage.start();
    await migration.desk.sourceChosen(stage.old);
    const plan = await migration.plan(fromFolder('b'));
    expect(counted(plan)).toEqual({ new: 12, invalid: 2 });
    expect(writes(stage.b)).toBe(0);
    expect(counted(await migration.run())).toEqual({ sent: 12, invalid: 2 });
    expect(await stage.b.objectSha256('moved/videos/video_1.mp4')).toBe(await sha256(path));
    expect(migration.queue.snapshot().uploads.every((upload) => upload.status === 'completed')).toBe(true);
    const lines = migration.desk.map().trim().split('\r\n');
    expect(lines).toHaveLength(15);
    expect(lines).toContain('1,course 1/video_1.mp4,moved/videos/video_1.mp4,https://videos.example/moved/videos/video_1.mp4,sent');
    const before = writes(stage.b);
    expect(counted(await migration.plan(fromFolder('b')))).toEqual({ same: 12, invalid: 2 });
    await migration.run();
    expect(writes(stage.b)).toBe(before);
  });

  it('goes on after a restart, and sends no byte twice', async () => {
    const path = await stage.video('video_1.mp4', 32 * MiB + 5);
    stage.a.proxy.setDecide(({ operation, partNumber = 0 }) =>
      operation === 'UploadPart' && partNumber > 3 ? delayAnswer(1_500) : null,
    );
    const first = await stage.start();
    await first.desk.sourceChosen(stage.old);
    await first.plan(fromFolder('a'));
    await first.desk.run();
    await first.until(() => stage.a.requests().filter(({ operation, status }) => operation === 'UploadPart' && status === 200).length >= 3);
    await first.end();
    stage.a.proxy.setDecide(() => null);
    const second = await stage.start();
    expect(counted(await second.until(({ phase }) => phase === 'done'))).toEqual({ sent: 1 });
    expect(await stage.a.objectSha256('videos/video_1.mp4')).toBe(await sha256(path));
    expect(stage.a.count('CreateMultipartUpload')).toBe(1);
    expect(stage.a.receivedPartBytes()).toBeLessThanOrEqual(32 * MiB + 5 + 3 * 5 * MiB);
  });

  it('to a disk', async () => {
    const path = await stage.video('video_1.mp4', 11 * MiB);
    await stage.video('aula.mp4', 70_000);
    const migration = await stage.start();
    await migration.desk.sourceChosen(stage.old);
    await migration.plan(fromFolder('disk'));
    expect(counted(await migration.run())).toEqual({ sent: 2 });
    expect(await sha256(join(stage.disk, 'videos/video_1.mp4'))).toBe(await sha256(path));
    expect(counted(await migration.plan(fromFolder('disk')))).toEqual({ same: 2 });
  });
});

describe('from one destination to another', () => {
  const sizes = { 'video_1.mp4': 18 * MiB + 3, 'video_2.mp4': 90_000, 'video_3.mp4': 9 * MiB };

  it('bucket to bucket: a stream without a file, the same bytes, nothing left over, and nothing the second time', async () => {
    const hashes = await fillA(sizes);
    const migration = await stage.start();
    const filesBefore = await filesIn(join(stage.old, '..'));
    expect(counted(await migration.plan(from('a', 'b')))).toEqual({ new: 3 });
    await migration.desk.run();
    await migration.until(({ sentBytes }) => sentBytes > MiB);
    expect((await filesIn(join(stage.old, '..'))).filter((file) => !filesBefore.includes(file))).toEqual([]);
    const done = await migration.until(({ phase }) => phase === 'done');
    expect(counted(done)).toEqual({ sent: 3 });
    expect(done.sentBytes).toBe(Object.values(sizes).reduce((sum, size) => sum + size, 0));
    for (const [name, hash] of Object.entries(hashes)) expect(await stage.b.objectSha256(`moved/videos/${name}`)).toBe(hash);
    expect(await stage.b.unfinishedUploads()).toBe(0);
    expect(migration.queue.records().filter(({ destinationId }) => destinationId === 'b')).toEqual([]);
    const before = writes(stage.b);
    expect(counted(await migration.plan(from('a', 'b')))).toEqual({ same: 3 });
    await migration.run();
    expect(writes(stage.b)).toBe(before);
  });

  it('survives connections that break on both sides', async () => {
    const hashes = await fillA(sizes);
    let [reads, parts] = [0, 0];
    stage.a.proxy.setDecide(({ operation, path }) => {
      if (operation !== 'GetObject' || !path.endsWith('/video_1.mp4')) return null;
      reads += 1;
      return reads === 1 ? { kind: 'cut-answer', bytes: 6 * MiB } : null;
    });
    stage.b.proxy.setDecide(({ operation }) => {
      if (operation !== 'UploadPart') return null;
      parts += 1;
      return parts === 2 ? resetAfterBytes(100_000) : parts === 4 ? respondError(503, 'SlowDown') : null;
    });
    const migration = await stage.start();
    await migration.plan(from('a', 'b'));
    expect(counted(await migration.run())).toEqual({ sent: 3 });
    expect(reads).toBe(2);
    for (const [name, hash] of Object.entries(hashes)) expect(await stage.b.objectSha256(`moved/videos/${name}`)).toBe(hash);
    expect(await stage.b.unfinishedUploads()).toBe(0);
  });

  it('is stopped within a moment, leaves nothing half, and goes on after a restart', async () => {
    const hashes = await fillA(sizes);
    stage.b.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(1_000) : null));
    const first = await stage.start();
    await first.plan(from('a', 'b'));
    await first.desk.run();
    await first.until(() => stage.b.count('CreateMultipartUpload') > 0);
    // Nobody may take it for a leftover meanwhile.
    expect(first.desk.isCopying('b', 'moved/videos/video_1.mp4')).toBe(true);
    expect(first.desk.isCopying('b', 'moved/videos/video_9.mp4')).toBe(false);
    expect(first.desk.isCopying('a', 'moved/videos/video_1.mp4')).toBe(false);
    expect(first.desk.pendingCopies()).toBeGreaterThanOrEqual(2);
    await first.end();
    expect(await stage.b.unfinishedUploads()).toBe(0);
    stage.b.proxy.setDecide(() => null);
    const second = await stage.start();
    expect(counted(await second.until(({ phase }) => phase === 'done'))).toEqual({ sent: 3 });
    for (const [name, hash] of Object.entries(hashes)) expect(await stage.b.objectSha256(`moved/videos/${name}`)).toBe(hash);
  });

  it('stops when one of its ends is removed, and for no other', async () => {
    await fillA(sizes);
    const migration = await stage.start();
    for (const end of ['a', 'b']) {
      stage.b.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(1_000) : null));
      await migration.plan(from('a', 'b'));
      await migration.desk.run();
      await migration.until(() => stage.b.count('CreateMultipartUpload') > 0);
      await migration.desk.leave('disk');
      expect(migration.desk.snapshot().phase).toBe('running');
      await migration.desk.leave(end);
      expect(migration.desk.snapshot().phase).toBe('stopped');
      expect(await stage.b.unfinishedUploads()).toBe(0);
    }
  });

  it('bucket to disk, and disk to another bucket, below a prefix', async () => {
    const hashes = await fillA(sizes);
    const migration = await stage.start();
    await migration.plan(from('a', 'disk', 'videos/'));
    expect(counted(await migration.run())).toEqual({ sent: 3 });
    for (const [name, hash] of Object.entries(hashes)) expect(await sha256(join(stage.disk, 'videos', name))).toBe(hash);
    expect((await readdir(stage.disk)).filter((name) => name !== '.remessa')).toEqual(['videos']);
    await migration.plan(from('disk', 'b'));
    expect(counted(await migration.run())).toEqual({ sent: 3 });
    for (const [name, hash] of Object.entries(hashes)) expect(await stage.b.objectSha256(`moved/videos/${name}`)).toBe(hash);
    // Without a checksum, nothing but a look at all bytes would say it.
    const asOriginal = stage.a.name === 'practice' ? { same: 3 } : { unsure: 3 };
    expect(counted(await migration.plan(from('disk', 'a')))).toEqual(asOriginal);
  });

  it('says why a plan or a run cannot go on', async () => {
    await fillA({ 'video_1.mp4': 90_000 });
    const migration = await stage.start();
    stage.a.proxy.setDecide(({ operation }) => (operation === 'ListObjectsV2' ? respondError(403, 'AccessDenied') : null));
    expect(await migration.plan(from('a', 'b'))).toMatchObject({ phase: 'failed', error: { code: 'access-denied' } });
    stage.a.proxy.setDecide(() => null);
    await migration.plan(from('a', 'b'));
    stage.b.proxy.setDecide(({ operation }) => (operation === 'PutObject' ? respondError(403, 'InvalidAccessKeyId') : null));
    expect(await migration.run()).toMatchObject({ phase: 'failed', error: { code: 'credentials-rejected' }, isPlanned: true });
    stage.b.proxy.setDecide(() => null);
    expect(counted(await migration.run())).toEqual({ sent: 1 });
  });
});
