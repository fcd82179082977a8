import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { addFile, isStatus, startEngine, until } from '../support/engine.ts';
import { makeVideo, sha256, temporaryFolder } from '../support/sample-video.ts';
import { type PracticeFixture, startPractice } from '../support/practice-fixture.ts';

let practice: PracticeFixture;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  practice = await startPractice();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await practice.stop();
  await folder.remove();
});

describe('smoke', () => {
  it('uploads', async () => {
    const open = () => ({
      address: { endpoint: practice.endpoint, region: 'auto', bucket: practice.bucket, isPathStyle: true },
      credentials: { ...practice.credentials, sessionToken: null },
    });
    const { queue, clients } = startEngine({ journalFolder: join(folder.path, 'journal'), open, onWarn: console.log });
    await queue.start();
    const path = await makeVideo(join(folder.path, 'video_5_simple.mp4'), 33 * MiB + 1);
    const t = Date.now();
    const id = await addFile(queue, path);
    const done = await until(queue, id, isStatus('completed', 'failed'), 20000);
    console.log(Date.now() - t, done, practice.operations());
    const { url } = await clients.presignedUrl('test', done.key, 1);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(await sha256(path));
  });
});
