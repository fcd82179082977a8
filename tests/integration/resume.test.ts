import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import type { UploadQueue } from '../../electron/uploads/upload-queue.ts';
import { addFile, isStatus, until } from '../support/engine.ts';
import { delayAnswer } from '../support/faults.ts';
import { sha256 } from '../support/sample-video.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.end());

const size = 43 * MiB;

/** Sends until a few parts have arrived and stops there, as a quit would. Returns the upload's id. */
async function halfWay(queue: UploadQueue, path: string): Promise<string> {
  stage.target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(150) : null));
  const id = await addFile(queue, path);
  await until(queue, id, (upload) => 'uploadedBytes' in upload && upload.uploadedBytes > 16 * MiB);
  await queue.stop();
  stage.target.proxy.setDecide(() => null);
  return id;
}

async function completesFrom(journal: string, id: string, path: string): Promise<UploadQueue> {
  const queue = await stage.engine(journal);
  const upload = await until(queue, id, isStatus('completed', 'failed'));
  expect(upload).toMatchObject({ status: 'completed' });
  expect(await stage.target.objectSha256(upload.key)).toBe(await sha256(path));
  expect(await stage.target.unfinishedUploads()).toBe(0);
  return queue;
}

describe('after a quit', () => {
  it('continues without a click and sends no finished part again', async () => {
    const path = await stage.video('video_1.mp4', size);
    const before = stage.target.receivedPartBytes();
    const id = await halfWay(await stage.engine('quit'), path);
    await completesFrom('quit', id, path);
    // In flight at the stop: four parts, which the server may have had in full.
    expect(stage.target.receivedPartBytes() - before).toBeLessThanOrEqual(size + 4 * 5 * MiB);
    expect(stage.target.count('CreateMultipartUpload')).toBe(1);
  });

  it('continues as well by a re-drop of the same file, in the same upload', async () => {
    const path = await stage.video('video_2.mp4', size);
    const first = await stage.engine('redrop');
    stage.target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(150) : null));
    const id = await addFile(first, path);
    await until(first, id, (upload) => 'uploadedBytes' in upload && upload.uploadedBytes > 16 * MiB);
    await first.pause([id]);
    stage.target.proxy.setDecide(() => null);
    const created = stage.target.count('CreateMultipartUpload');
    expect(await first.add([path], { destinationIds: ['test'], waits: false })).toMatchObject({ known: [id], addedIds: [] });
    await until(first, id, isStatus('completed'));
    expect(stage.target.count('CreateMultipartUpload')).toBe(created);
    await first.stop();
  });
});

describe('a damaged journal', () => {
  it('is rebuilt from its spare copy and from the server', async () => {
    const path = await stage.video('video_3.mp4', size);
    const id = await halfWay(await stage.engine('damaged'), path);
    const folder = join(stage.folder, 'journals', 'damaged');
    await writeFile(join(folder, `${id}.json`), '{"schemaVersion":1,"id":');
    const created = stage.target.count('CreateMultipartUpload');
    const queue = await completesFrom('damaged', id, path);
    expect(stage.target.count('CreateMultipartUpload')).toBe(created);
    expect(queue.snapshot().uploads[0]).toMatchObject({ notice: 'rebuilt-from-server' });
    expect(await readdir(folder)).toContain(`${id}.json.damaged`);
  });

  it('with its part lines lost asks the server and checks its parts against the file', async () => {
    const path = await stage.video('video_4.mp4', size);
    const before = stage.target.receivedPartBytes();
    const id = await halfWay(await stage.engine('no-lines'), path);
    const parts = join(stage.folder, 'journals', 'no-lines', `${id}.parts`);
    await writeFile(parts, (await readFile(parts, 'utf8')).split('\n')[0] ?? '');
    await completesFrom('no-lines', id, path);
    expect(stage.target.receivedPartBytes() - before).toBeLessThanOrEqual(size + 4 * 5 * MiB);
  });

  it('that cannot be rebuilt is counted and set aside, and the others go on', async () => {
    const path = await stage.video('video_7.mp4', 5 * MiB + 1);
    const folder = join(stage.folder, 'journals', 'lost');
    const queue = await stage.engine('lost');
    await writeFile(join(folder, '11111111-1111-4111-8111-111111111111.json'), 'not json');
    await queue.stop();
    const again = await stage.engine('lost');
    expect(again.snapshot().setAside).toBe(1);
    await stage.sendAndCheck(again, path);
  });
});

describe('an upload that the server has dropped', () => {
  it('begins anew and says why', async () => {
    const path = await stage.video('video_5.mp4', size);
    const id = await halfWay(await stage.engine('dropped'), path);
    const { client, bucket: Bucket } = stage.target;
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    for (const { Key, UploadId } of Uploads ?? []) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    }
    const queue = await completesFrom('dropped', id, path);
    expect(queue.snapshot().uploads[0]).toMatchObject({ notice: 'restarted-expired' });
  });
});

describe('a part that is not ours any more', () => {
  it('is sent again when the file no longer has its bytes and nobody knows its ETag', async () => {
    const path = await stage.video('video_6.mp4', size);
    const id = await halfWay(await stage.engine('foreign-part'), path);
    const parts = join(stage.folder, 'journals', 'foreign-part', `${id}.parts`);
    const lines = (await readFile(parts, 'utf8')).split('\n');
    // The journal remembers another ETag for the first part than the server has.
    const wrong = lines.map((line) => line.replace(/"etag":"[0-9a-f]{32}"/, '"etag":"00000000000000000000000000000000"'));
    await writeFile(parts, wrong.join('\n'));
    await completesFrom('foreign-part', id, path);
  });
});
