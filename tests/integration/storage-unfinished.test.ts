import { CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { practiceClient } from '../support/practice-client.ts';
import { type PracticeFixture, startPractice } from '../support/practice-fixture.ts';
import { temporaryFolder } from '../support/sample-video.ts';
import { setDiskStage, untilAborted } from '../support/disk-stage.ts';
import { addFile } from '../support/engine.ts';
import { r2Settings, storageCommands } from '../support/storage-command.ts';

const dayMs = 24 * 3_600_000;
const commands = storageCommands();
let practice: PracticeFixture;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.stop());
afterAll(() => commands.killAll());

const run = (...args: readonly string[]) => commands.run('unfinished', args, { env: r2Settings(practice) });

/** An upload with one part, as it was begun so many days ago. */
async function begin(Key: string, daysAgo: number): Promise<void> {
  practice = await practice.restart({ clockOffsetMs: -daysAgo * dayMs });
  const client = practiceClient(practice, { systemClockOffset: -daysAgo * dayMs });
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: practice.bucket, Key }));
  await client.send(new UploadPartCommand({ Bucket: practice.bucket, Key, UploadId, PartNumber: 1, Body: Buffer.alloc(6 * MiB) }));
  client.destroy();
  practice = await practice.restart({ clockOffsetMs: 0 });
}

const keysLeft = async (): Promise<readonly string[]> => {
  const { stdout } = await run('--json');
  return (JSON.parse(stdout) as { uploads: ReadonlyArray<{ key: string }> }).uploads.map(({ key }) => key);
};

it('lists what was begun with its age, size and cost, and says what it cannot know', async () => {
  await begin('videos/old\u001b[2J.mp4', 5);
  await begin('videos/new.mp4', 1);
  const { code, stdout, stderr } = await run();
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('2 unfinished uploads · 12.6 MB · less than $0.01 a month');
  expect(stdout).toContain('  videos/old\\u{1b}[2J.mp4\n    begun 5 days ago · 6.3 MB · 1 part · less than $0.01 a month');
  expect(stdout).toContain('cannot be seen from here');
  const json = JSON.parse((await run('--json')).stdout) as unknown;
  expect(json).toMatchObject({
    uploads: [
      { key: 'videos/old\u001b[2J.mp4', ageDays: 5, bytes: 6 * MiB, parts: 1, isRemoved: false, uploadId: expect.any(String) },
      { key: 'videos/new.mp4', ageDays: 1 },
    ],
    total: { uploads: 2, bytes: 12 * MiB, monthlyUsd: ((12 * MiB) / 1e9) * 0.015 },
    knowsRunningUploads: false,
  });
});

it('removes what is old enough, and nothing that is younger', async () => {
  await begin('videos/old.mp4', 5);
  await begin('videos/older.mp4', 6);
  await begin('elsewhere/old.mp4', 5);
  await begin('videos/new.mp4', 1);
  const seen = await run('--older-than', '3', '--prefix', 'videos');
  expect(seen.stdout).not.toContain('new.mp4');
  expect(seen.stdout).toContain('1 unfinished upload not older than 3 days: not shown, and not touched.');
  expect(practice.operations()).not.toContain('AbortMultipartUpload');
  const { code, stdout } = await run('--remove', '--older-than', '3', '--prefix', 'videos', '--lang', 'pt-BR');
  expect(code).toBe(0);
  expect(stdout).toContain('✓ videos/older.mp4\n✓ videos/old.mp4\n');
  expect(stdout).toContain('2 envios inacabados apagados');
  expect(await keysLeft()).toEqual(['elsewhere/old.mp4', 'videos/new.mp4']);
});

it('ends with 1 where the destination refuses to forget, or to tell', async () => {
  await begin('videos/old.mp4', 5);
  const young = await run('--older-than', '100');
  expect(young.stdout).toContain('\n\n1 unfinished upload not older than 100 days: not shown, and not touched.\n');
  expect(young.stdout).not.toContain('Nothing unfinished');
  practice = await practice.restart({ refuses: ['AbortMultipartUpload'] });
  const kept = await run('--remove', '--older-than', '1');
  expect(kept.code).toBe(1);
  expect(kept.stdout).toContain('✗ videos/old.mp4');
  expect(kept.stdout).toContain('1 unfinished upload stayed: the destination refused.');
  practice = await practice.restart({ refuses: ['ListMultipartUploads'] });
  const hidden = await run('--json');
  expect(hidden.code).toBe(1);
  expect(JSON.parse(hidden.stdout)).toMatchObject({ error: { code: 'access-denied', remedy: expect.stringContaining('s3:ListBucketMultipartUploads') } });
});

it('looks at a folder, too', async () => {
  const folder = await temporaryFolder();
  const stage = await setDiskStage(folder.path);
  stage.beforePart = ({ partNumber, signal }) => (partNumber < 3 ? Promise.resolve() : untilAborted(signal));
  const queue = await stage.engine('half');
  await addFile(queue, await stage.video('video_7.mp4', 23 * MiB));
  await expect.poll(() => stage.sentParts.length, { timeout: 10_000 }).toBe(4);
  await queue.stop();
  const { stdout } = await run('--disk', folder.path);
  expect(stdout).toContain('  videos/video_7.mp4\n');
  expect(stdout).toContain('10.5 MB · 2 parts');
  const { code } = await run('--disk', folder.path, '--remove', '--older-than', '0.000001');
  expect(code).toBe(0);
  expect(await stage.staged()).toEqual([]);
  await stage.end();
  await folder.remove();
});
