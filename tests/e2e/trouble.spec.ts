import { execFileSync } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { respondError } from '../support/faults.ts';
import { letRest, makeVideo, sha256 } from '../support/sample-video.ts';
import { type S3Target, openTarget } from '../support/s3-target.ts';
import { type RunningApp, dropFiles, launchApp, newProfile } from './app.ts';
import { saveServer, sentBytes, slowParts, statusOf, uploads } from './window.ts';

const MiB = 1024 * 1024;
const size = 72 * MiB;
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

async function underWay(name: string): Promise<string> {
  await saveServer(running.page, target);
  slowParts(target);
  const path = await makeVideo(join(profile.path, name), size);
  await dropFiles(running.page, [path]);
  await expect.poll(() => sentBytes(running.page)).toBeGreaterThan(40 * MiB);
  return path;
}

test('the file is deleted in the middle: waits for it, says so, and goes on when it is back', async () => {
  const { page } = running;
  const path = await underWay('video_1.mp4');
  await rename(path, `${path}.away`);
  await expect(page.getByText('Waiting for the file').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /locate/i }).first()).toBeVisible();
  await rename(`${path}.away`, path);
  target.proxy.setDecide(() => null);
  await expect.poll(() => statusOf(page), { timeout: 30_000 }).toBe('completed');
  expect(await target.objectSha256('videos/video_1.mp4')).toBe(await sha256(path));
});

test('the file changes in the middle: stops, and the new version goes with one click', async () => {
  const { page } = running;
  const path = await underWay('video_2.mp4');
  await makeVideo(path, size);
  await expect(page.getByText('The file changed').first()).toBeVisible();
  expect(await target.objectCount()).toBe(0);
  target.proxy.setDecide(() => null);
  await page.getByRole('button', { name: /send the new version/i }).first().click();
  await expect.poll(() => statusOf(page), { timeout: 30_000 }).toBe('completed');
  expect(await target.objectSha256('videos/video_2.mp4')).toBe(await sha256(path));
  expect(await target.unfinishedUploads()).toBe(0);
});

test('the keys stop working: one banner, nothing fails, and trying again continues', async () => {
  const { page } = running;
  await underWay('video_3.mp4');
  target.proxy.setDecide(() => respondError(403, 'InvalidAccessKeyId'));
  await expect(page.getByTestId('banner')).toBeVisible({ timeout: 20_000 });
  expect((await uploads(page)).map(({ status }) => status)).toEqual(['waiting']);
  target.proxy.setDecide(() => null);
  await page.getByTestId('banner').getByRole('button', { name: /try/i }).click();
  await expect.poll(() => statusOf(page), { timeout: 30_000 }).toBe('completed');
  await expect(page.getByTestId('banner')).toBeHidden();
});

test('the network goes: offline is a state, and it goes on by itself', async () => {
  const { page } = running;
  await underWay('video_4.mp4');
  await target.proxy.offline(true);
  await expect(page.getByText('Waiting for the internet').first()).toBeVisible();
  await target.proxy.offline(false);
  target.proxy.setDecide(() => null);
  await expect.poll(() => statusOf(page), { timeout: 30_000 }).toBe('completed');
});

test('what is no video is refused by name, and the rest is sent', async () => {
  const { page } = running;
  await saveServer(page, target);
  const notes = join(profile.path, 'notes.mp4');
  await writeFile(notes, 'plain text');
  await letRest(notes);
  const video = await makeVideo(join(profile.path, 'video_6.mp4'), 6 * MiB);
  await dropFiles(page, [notes, video]);
  await expect(page.getByText('notes.mp4').first()).toBeVisible();
  await expect.poll(() => statusOf(page), { timeout: 30_000 }).toBe('completed');
});

test('the disk of the journal is full: nothing is sent that would not be remembered, and it goes on by itself', async () => {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  test.skip(!isRoot, 'needs a small file system of its own: Linux, as root');
  await running.kill();
  const small = join(profile.path, 'journal');
  await mkdir(small, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
  } catch {
    test.skip(true, 'this machine lets nobody mount a file system');
  }
  try {
    running = await launchApp({ profile: profile.path });
    await saveServer(running.page, target);
    slowParts(target);
    const path = await makeVideo(join(profile.path, 'video_7.mp4'), size);
    await dropFiles(running.page, [path]);
    await expect.poll(() => sentBytes(running.page)).toBeGreaterThan(20 * MiB);
    // dd ends with an error when the disk is full, which is what it is for.
    execFileSync('sh', ['-c', `dd if=/dev/zero of=${small}/filler bs=4k 2>/dev/null || true`]);
    await expect.poll(() => uploads(running.page)).toMatchObject([
      { status: 'waiting', error: { code: 'journal-unwritable' } },
    ]);
    target.proxy.setDecide(() => null);
    execFileSync('rm', [`${small}/filler`]);
    await expect.poll(() => statusOf(running.page), { timeout: 30_000 }).toBe('completed');
    expect(await target.objectSha256('videos/video_7.mp4')).toBe(await sha256(path));
  } finally {
    await running.kill();
    execFileSync('umount', ['-l', small]);
  }
});
