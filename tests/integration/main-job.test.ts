import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { addFile, isStatus, startEngine, until } from '../support/engine.ts';
import { sha256 } from '../support/sample-video.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.end());

describe('a video of several parts', () => {
  it('arrives identical, with type and token, and is proved', async () => {
    const path = await stage.video('video_5_simple.mp4', 33 * MiB + 1);
    const upload = await stage.sendAndCheck(await stage.engine('parts'), path);
    expect(upload).toMatchObject({ key: 'videos/video_5.mp4', status: 'completed' });
    // Radosgw keeps no CRC-64/NVME.
    const verification = stage.target.name === 'practice' ? 'checksum' : 'object';
    expect(upload).toMatchObject({ verification });
    expect(stage.target.count('UploadPart')).toBe(7);
    const { type, metadata } = await stage.target.head(upload.key);
    expect(type).toBe('video/mp4');
    expect(metadata).toMatchObject({ 'remessa-name': 'video_5_simple.mp4', 'remessa-version': '0.0.0-test' });
  });

  it('has a presigned link that a stranger can fetch', async () => {
    const path = await stage.video('video_6.mp4', 6 * MiB);
    const { queue, clients } = startEngine({ journalFolder: `${stage.folder}/link`, open: stage.target.open });
    await queue.start();
    const id = await addFile(queue, path);
    const { key } = await until(queue, id, isStatus('completed'));
    const { url, expiresAt } = await clients.presignedUrl('test', key, 24);
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('video/mp4');
    expect((await answer.arrayBuffer()).byteLength).toBe(6 * MiB);
    expect(expiresAt - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    await queue.stop();
  });
});

describe('the threshold', () => {
  // The engines of these tests take one request up to 5 MiB.
  it.each([
    ['one byte below', 5 * MiB - 1, 'PutObject'],
    ['at it', 5 * MiB, 'PutObject'],
    ['one byte above', 5 * MiB + 1, 'CompleteMultipartUpload'],
  ])('%s is sent by %s bytes in the right way: %s', async (_name, size, operation) => {
    const before = stage.target.count(operation);
    const path = await stage.video(`video_${size}.mp4`, size);
    await stage.sendAndCheck(await stage.engine(`threshold-${size}`), path);
    expect(stage.target.count(operation) - before).toBe(1);
  });

  it('exact multiples of the part size make no empty last part', async () => {
    const before = stage.target.count('UploadPart');
    const path = await stage.video('video_multiple.mp4', 15 * MiB);
    await stage.sendAndCheck(await stage.engine('multiple'), path);
    expect(stage.target.count('UploadPart') - before).toBe(3);
  });
});

describe('names', () => {
  it.each(['aula de física ção.mp4', 'vídeo 🎬 final (1).mp4', "it's 100% + more.mp4"])('%s arrives', async (name) => {
    const path = await stage.video(name, 5 * MiB + 7);
    const upload = await stage.sendAndCheck(await stage.engine(`name-${name.length}`), path);
    const { metadata } = await stage.target.head(upload.key);
    expect(decodeURIComponent(metadata['remessa-name'] ?? '')).toBe(name);
  });

  it('a typed key with everything that a key may have makes a working link', async () => {
    const key = "videos/curso 1/é +%&=?#'()😀.mp4";
    const never = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1440, mbit: 0 };
    const settings = { schedule: [never] };
    const { queue, clients } = startEngine({ journalFolder: `${stage.folder}/odd-key`, open: stage.target.open, settings });
    const path = await stage.video('odd.mp4', 5 * MiB + 9);
    const id = await addFile(queue, path);
    // The schedule lets nothing out yet: the key can still be changed.
    expect(await until(queue, id, isStatus('waiting'))).toMatchObject({ reason: 'schedule', keyEditable: true });
    await queue.edit.setKey(id, key);
    settings.schedule = [];
    queue.settingsChanged();
    const upload = await until(queue, id, isStatus('completed'));
    const { url } = await clients.presignedUrl('test', upload.key, 1);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(upload.key).toBe(key);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(await sha256(path));
    await queue.stop();
  });
});

describe('several at once', () => {
  it('sends them all, each whole, in no more parts than planned', async () => {
    const queue = await stage.engine('several', { settings: { filesInParallel: 3 } });
    const paths = await Promise.all([1, 2, 3, 4, 5].map((n) => stage.video(`video_90${n}.mp4`, 12 * MiB + n)));
    const { addedIds } = await queue.add(paths, { destinationIds: ['test'], waits: false });
    const before = stage.target.count('UploadPart');
    await Promise.all(addedIds.map((id) => until(queue, id, isStatus('completed'))));
    expect(stage.target.count('UploadPart') - before).toBeLessThanOrEqual(15);
    for (const [n, path] of paths.entries()) {
      expect(await stage.target.objectSha256(`videos/video_90${n + 1}.mp4`)).toBe(await sha256(path));
    }
  });
});
