import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { addFile, isStatus, startEngine, until } from '../support/engine.ts';
import { delayAnswer, respondError } from '../support/faults.ts';
import { sha256 } from '../support/sample-video.ts';
import { type Stage, setStage } from '../support/stage.ts';

/** Rules that only the practice bucket can be told to obey; radosgw has its own. */
const isPractice = process.env['REMESSA_S3_ENDPOINT'] === undefined;
if (!isPractice) process.stdout.write('provider rules: not run against radosgw, whose rules cannot be chosen\n');

let stage: Stage;
const open = async (options: Partial<PracticeServerOptions>): Promise<void> => {
  stage = await setStage(options);
};
afterEach(() => stage.end());

describe.runIf(isPractice)('an object that appears while the parts are on their way', () => {
  it.each(['r2', 'aws'] as const)('is kept, and asked about, by the rules of %s; replacing it works', async (rules) => {
    await open({ rules });
    const { client, bucket: Bucket, proxy } = stage.target;
    const queue = await stage.engine('race');
    const path = await stage.video('video_1.mp4', 12 * MiB);
    await client.send(new PutObjectCommand({ Bucket, Key: 'videos/video_1.mp4', Body: 'theirs' }));
    // Every look says that nothing is there, so that the condition at Complete has to find out.
    proxy.setDecide(({ operation }) => (operation === 'HeadObject' ? respondError(404, 'NoSuchKey') : null));
    const id = await addFile(queue, path);
    const failed = await until(queue, id, isStatus('failed', 'completed'));
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'object-exists' } });
    proxy.setDecide(() => null);
    await queue.edit.settleConflict([id], 'replace');
    await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256('videos/video_1.mp4')).toBe(await sha256(path));
    expect(await stage.target.unfinishedUploads()).toBe(0);
  });
});

describe.runIf(isPractice)('a server', () => {
  it.each([
    ['that keeps checksums proves the whole object by its own', { checksums: 'full', partEtags: 'opaque' }, 'checksum'],
    ['that keeps none proves it by an ETag made of MD5s', { checksums: 'ignored', partEtags: 'md5' }, 'object'],
    ['with opaque ETags leaves a lower level of proof', { checksums: 'ignored', partEtags: 'opaque' }, 'size'],
  ] as const)('%s, and a resume goes by the journal', async (_what, rules, verification) => {
    await open(rules);
    stage.target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(100) : null));
    const name = `${rules.checksums}-${rules.partEtags}`;
    const first = await stage.engine(name);
    const path = await stage.video('video_2.mp4', 43 * MiB);
    const id = await addFile(first, path);
    await until(first, id, (u) => 'uploadedBytes' in u && u.uploadedBytes > 26 * MiB);
    await first.stop();
    const queue = await stage.engine(name);
    expect(await until(queue, id, isStatus('completed', 'failed'))).toMatchObject({ verification });
    expect(await stage.target.objectSha256('videos/video_2.mp4')).toBe(await sha256(path));
    expect(stage.target.receivedPartBytes()).toBeLessThanOrEqual(43 * MiB + 4 * 5 * MiB);
  });
});

describe.runIf(isPractice)('a computer whose clock is wrong', () => {
  it.each([
    ['two hours behind', 2 * 3_600_000],
    ['two hours ahead', -2 * 3_600_000],
  ])('by %s uploads, and its links are not expired', async (_name, clockOffsetMs) => {
    await open({ clockOffsetMs });
    const { queue, clients } = startEngine({ journalFolder: `${stage.folder}/clock`, open: stage.target.open });
    await queue.start();
    const id = await addFile(queue, await stage.video('video_3.mp4', 12 * MiB));
    const upload = await until(queue, id, isStatus('completed', 'failed'));
    expect(upload).toMatchObject({ status: 'completed' });
    const { url } = await clients.presignedUrl('test', upload.key, 1);
    expect((await fetch(url)).status).toBe(200);
    await queue.stop();
  });

  it('that copies a link before anything else has been asked gets a good one, too', async () => {
    await open({ clockOffsetMs: 2 * 3_600_000 });
    const { client, bucket: Bucket } = stage.target;
    await client.send(new PutObjectCommand({ Bucket, Key: 'videos/a.mp4', Body: 'x' })).catch(() => undefined);
    await client.send(new PutObjectCommand({ Bucket, Key: 'videos/a.mp4', Body: 'x' }));
    const { clients } = startEngine({ journalFolder: `${stage.folder}/link`, open: stage.target.open });
    const { url } = await clients.presignedUrl('test', 'videos/a.mp4', 1);
    expect((await fetch(url)).status).toBe(200);
  });
});
