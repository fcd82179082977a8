import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import { type S3Target, openTarget } from '../support/s3-target.ts';
import { type RunningApp, clipboardText, dropFiles, launchApp, newProfile } from './app.ts';
import { saveServer, sentBytes, slowParts, statusOf } from './window.ts';

const MiB = 1024 * 1024;
const size = 72 * MiB + 77;
let profile: Awaited<ReturnType<typeof newProfile>>;
let running: RunningApp;
let target: S3Target;

test.beforeEach(async () => {
  profile = await newProfile();
  target = await openTarget();
  running = await launchApp({ profile: profile.path });
});
test.afterEach(async () => {
  await running.kill();
  await target.stop();
  await profile.remove();
});

const fetchedSha256 = async (url: string): Promise<string> =>
  createHash('sha256')
    .update(Buffer.from(await (await fetch(url)).arrayBuffer()))
    .digest('hex');

test('a newcomer: practice bucket, drop, verified, link, the same bytes', async () => {
  const { app, page } = running;
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const path = await makeVideo(join(profile.path, 'video_5_simple.mp4'), size);
  await dropFiles(page, [path]);
  await expect(page.getByText('Sent and verified', { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  await expect(page.getByTestId('toast')).toBeVisible();
  const url = await clipboardText(app);
  expect(url).toContain('/videos/video_5.mp4?');
  expect(await fetchedSha256(url)).toBe(await sha256(path));
});

test('SIGKILL in the middle: continues without a click, and no finished part is sent twice', async () => {
  await saveServer(running.page, target);
  slowParts(target);
  const path = await makeVideo(join(profile.path, 'video_7.mp4'), size);
  await dropFiles(running.page, [path]);
  await expect.poll(() => sentBytes(running.page)).toBeGreaterThan(40 * MiB);
  await running.kill();
  target.proxy.setDecide(() => null);
  const arrivedBefore = new Set(
    target.requests().flatMap(({ operation, status, partNumber }) =>
      operation === 'UploadPart' && status === 200 && partNumber !== undefined ? [partNumber] : [],
    ),
  );
  const seen = target.requests().length;
  running = await launchApp({ profile: profile.path });
  await expect.poll(() => statusOf(running.page), { timeout: 30_000 }).toBe('completed');
  const after = target.requests().slice(seen);
  const sentAgain = after.filter(
    ({ operation, partNumber }) => operation === 'UploadPart' && arrivedBefore.has(partNumber ?? 0),
  );
  expect(arrivedBefore.size).toBeGreaterThan(0);
  expect(sentAgain).toEqual([]);
  expect(target.count('CreateMultipartUpload', 'video_7.mp4')).toBe(1);
  expect(await target.objectSha256('videos/video_7.mp4')).toBe(await sha256(path));
  expect(await target.unfinishedUploads()).toBe(0);
  await running.page.getByRole('button', { name: 'Copy link' }).first().click();
  await expect.poll(() => clipboardText(running.app)).toContain('/videos/video_7.mp4?');
  expect(await fetchedSha256(await clipboardText(running.app))).toBe(await sha256(path));
});

test('the window reloads in the middle: nothing is lost, nothing begins anew', async () => {
  const { page } = running;
  await saveServer(page, target);
  slowParts(target);
  const path = await makeVideo(join(profile.path, 'video_8.mp4'), size);
  await dropFiles(page, [path]);
  await expect.poll(() => sentBytes(page)).toBeGreaterThan(20 * MiB);
  await page.reload();
  await expect(page.getByRole('row', { name: /video_8\.mp4/ })).toBeVisible();
  await expect.poll(() => statusOf(page), { timeout: 30_000 }).toBe('completed');
  expect(target.count('CreateMultipartUpload', 'video_8.mp4')).toBe(1);
  expect(target.receivedPartBytes('video_8.mp4')).toBe(size);
});

test('quitting in the middle asks once, and the next start continues', async () => {
  await saveServer(running.page, target);
  slowParts(target);
  const path = await makeVideo(join(profile.path, 'video_9.mp4'), size);
  await dropFiles(running.page, [path]);
  await expect.poll(() => sentBytes(running.page)).toBeGreaterThan(40 * MiB);
  await running.app.evaluate(({ app }) => app.quit());
  const question = running.page.getByRole('alertdialog');
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: /keep uploading/i }).click();
  await expect(question).toBeHidden();
  await running.app.evaluate(({ app }) => app.quit());
  const gone = new Promise((resolve) => {
    running.app.process().once('exit', resolve);
  });
  await question.getByRole('button', { name: /^quit/i }).click();
  await gone;
  target.proxy.setDecide(() => null);
  running = await launchApp({ profile: profile.path });
  await expect.poll(() => statusOf(running.page), { timeout: 30_000 }).toBe('completed');
  expect(target.count('CreateMultipartUpload', 'video_9.mp4')).toBe(1);
  expect(await target.objectSha256('videos/video_9.mp4')).toBe(await sha256(path));
});
