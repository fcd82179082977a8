import { rename, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { addFile, isStatus, startEngine, until } from '../support/engine.ts';
import { delayAnswer } from '../support/faults.ts';
import { letRest, makeVideo, sha256 } from '../support/sample-video.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  stage.target.proxy.setDecide(() => null);
  await stage.target.proxy.offline(false);
});
afterAll(() => stage.end());

const size = 43 * MiB;
const slowParts = (): void =>
  stage.target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(200) : null));

/** An upload of which more has been handed over than four parts in flight can hold, and that is still at it. */
async function underWay(journal: string, name: string, bytes = size) {
  slowParts();
  const queue = await stage.engine(journal);
  const path = await stage.video(name, bytes);
  const id = await addFile(queue, path);
  await until(queue, id, (u) => 'uploadedBytes' in u && u.uploadedBytes > 26 * MiB);
  return { queue, path, id };
}

describe('pause', () => {
  it('stops what is in flight within a second, keeps what has arrived, and goes on from there', async () => {
    const { queue, path, id } = await underWay('pause', 'video_1.mp4');
    const asked = Date.now();
    await queue.pause([id]);
    // The proxy holds its answers back for a moment; the engine itself waits for nothing.
    await expect.poll(() => stage.target.proxy.pending(), { timeout: 1000, interval: 10 }).toBe(0);
    expect(Date.now() - asked).toBeLessThan(1000);
    const paused = await until(queue, id, isStatus('paused'));
    expect('uploadedBytes' in paused && paused.uploadedBytes).toBeGreaterThan(5 * MiB);
    stage.target.proxy.setDecide(() => null);
    await queue.resume([id]);
    const upload = await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256(upload.key)).toBe(await sha256(path));
  });
});

describe('cancel', () => {
  it('removes what had arrived from the server and the row from the list', async () => {
    const { queue, id } = await underWay('cancel', 'video_2.mp4');
    await queue.cancel([id]);
    await expect.poll(() => queue.snapshot().uploads, { timeout: 10_000 }).toEqual([]);
    expect(await stage.target.unfinishedUploads()).toBe(0);
  });

  it('asked without a network is carried out later, also after a restart', async () => {
    const { queue, id } = await underWay('cancel-offline', 'video_3.mp4');
    await stage.target.proxy.offline(true);
    await queue.cancel([id]);
    await until(queue, id, isStatus('canceling'));
    await queue.stop();
    expect(await stage.target.unfinishedUploads()).toBe(1);
    const again = await stage.engine('cancel-offline');
    await until(again, id, isStatus('canceling'));
    await stage.target.proxy.offline(false);
    await expect.poll(() => again.snapshot().uploads, { timeout: 15_000 }).toEqual([]);
    expect(await stage.target.unfinishedUploads()).toBe(0);
  });
});

describe('the source file', () => {
  it('deleted half-way: waits for it, and continues by itself when it is back', async () => {
    const { queue, path, id } = await underWay('deleted', 'video_4.mp4');
    await rename(path, `${path}.elsewhere`);
    await until(queue, id, (u) => u.status === 'waiting' && u.reason === 'source');
    await rename(`${path}.elsewhere`, path);
    stage.target.proxy.setDecide(() => null);
    const upload = await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256(upload.key)).toBe(await sha256(path));
  });

  it('moved: is found where the person shows it, if it is the same content', async () => {
    const { queue, path, id } = await underWay('moved', 'video_5.mp4');
    const elsewhere = join(stage.folder, 'moved.mp4');
    await rename(path, elsewhere);
    await until(queue, id, (u) => u.status === 'waiting' && u.reason === 'source');
    const other = await stage.video('other.mp4', size);
    await expect(queue.edit.locate(id, other)).rejects.toMatchObject({ code: 'source-changed' });
    stage.target.proxy.setDecide(() => null);
    await queue.edit.locate(id, elsewhere);
    const upload = await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256(upload.key)).toBe(await sha256(elsewhere));
  });

  it.each([
    ['rewritten with the same size', async (path: string) => void (await makeVideo(path, size))],
    ['truncated', (path: string) => truncate(path, size - MiB)],
    ['grown', (path: string) => writeFile(path, 'more', { flag: 'a' })],
    [
      'rewritten with its old time',
      async (path: string) => {
        await makeVideo(path, size);
        await utimes(path, new Date(1_700_000_000_000), new Date(1_700_000_000_000));
      },
    ],
  ])('%s half-way: stops, never a mixed object; the new version goes on request', async (name, change) => {
    const { queue, path, id } = await underWay(`changed-${name}`, `video_6${name.length}.mp4`);
    await change(path);
    const failed = await until(queue, id, isStatus('failed'));
    expect(failed).toMatchObject({ error: { code: 'source-changed' } });
    const objects = await stage.target.objectCount();
    stage.target.proxy.setDecide(() => null);
    await queue.edit.restart(id);
    const upload = await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256(upload.key)).toBe(await sha256(path));
    expect(await stage.target.objectCount()).toBe(objects + 1);
    expect(await stage.target.unfinishedUploads()).toBe(0);
  });
});

describe('another object under the key', () => {
  it('is never replaced without a word', async () => {
    const queue = await stage.engine('exists');
    const first = await stage.video('video_70.mp4', 6 * MiB);
    await stage.sendAndCheck(queue, first);
    const second = join(stage.folder, 'again', '..', 'video_70_other.mp4');
    await makeVideo(second, 7 * MiB);
    const id = await addFile(queue, second);
    const failed = await until(queue, id, isStatus('failed'));
    expect(failed).toMatchObject({ error: { code: 'object-exists' }, keyEditable: true });
    expect(await stage.target.objectSha256('videos/video_70.mp4')).toBe(await sha256(first));
    await queue.edit.settleConflict([id], 'replace');
    await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256('videos/video_70.mp4')).toBe(await sha256(second));
  });

  it('leaves another name as a way out', async () => {
    const queue = await stage.engine('exists');
    const third = await stage.video('video_70_third.mp4', 6 * MiB);
    const id = await addFile(queue, third);
    await until(queue, id, isStatus('failed'));
    await queue.edit.setKey(id, 'videos/video_70-b.mp4');
    await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256('videos/video_70-b.mp4')).toBe(await sha256(third));
  });
});

describe('keys', () => {
  it('that are wrong stop everything to that destination once, and new ones set it going', async () => {
    let secret = 'not-the-secret-at-all';
    const { queue } = startEngine({
      journalFolder: join(stage.folder, 'journals', 'keys'),
      open: () => {
        const { address, credentials } = stage.target.open();
        return { address, credentials: secret === '' ? credentials : { ...credentials, secretAccessKey: secret } };
      },
    });
    await queue.start();
    const paths = await Promise.all([1, 2, 3].map((n) => stage.video(`video_80${n}.mp4`, 11 * MiB)));
    const { addedIds } = await queue.add(paths, { destinationIds: ['test'], waits: false });
    await expect
      .poll(() => queue.snapshot().destinations, { timeout: 20_000 })
      .toMatchObject([{ state: 'blocked', error: { code: 'credentials-rejected' } }]);
    expect(queue.snapshot().uploads.some(({ status }) => status === 'failed')).toBe(false);
    secret = '';
    queue.openDestination('test');
    await Promise.all(addedIds.map((id) => until(queue, id, isStatus('completed'))));
    await queue.stop();
  });

  it('a bucket that is not there is said so', async () => {
    const { queue } = startEngine({
      journalFolder: join(stage.folder, 'journals', 'no-bucket'),
      open: () => {
        const { address, credentials } = stage.target.open();
        return { address: { ...address, bucket: 'no-such-bucket-here' }, credentials };
      },
    });
    await queue.start();
    await addFile(queue, await stage.video('video_810.mp4', 11 * MiB));
    await expect
      .poll(() => queue.snapshot().destinations, { timeout: 20_000 })
      .toMatchObject([{ state: 'blocked', error: { code: 'bucket-not-found' } }]);
    await queue.stop();
  });
});

it('refuses what is no video, each for itself, and takes the rest', async () => {
  const queue = await stage.engine('refuse');
  const good = await stage.video('video_900.mp4', 5 * MiB + 1);
  const text = join(stage.folder, 'notes.mp4');
  const empty = join(stage.folder, 'empty.mp4');
  await writeFile(text, 'This is not a video, whatever its name says.');
  await writeFile(empty, '');
  await Promise.all([text, empty].map(letRest));
  const paths = [text, empty, join(stage.folder, 'gone.mp4'), '/dev/null', good];
  const report = await queue.add(paths, { destinationIds: ['test'], waits: false });
  expect(report.refused.map(({ code }) => code)).toEqual(['not-a-video', 'source-empty', 'source-missing', 'not-a-video']);
  expect(report.addedIds).toHaveLength(1);
  await until(queue, report.addedIds[0] ?? '', isStatus('completed'));
});
