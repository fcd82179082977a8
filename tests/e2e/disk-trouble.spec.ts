import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Volume, mountVolume, possibleVolumes } from '../support/loop-volume.ts';
import { sha256 } from '../support/sample-video.ts';
import { choose } from './dialogs.ts';
import { expect, test } from './fixtures.ts';
import { dropVideos, expectStatus, rowOf, saveFolder, untilSent } from './window.ts';

const MiB = 1024 * 1024;
/** Ext4 is what most disks have; the reason why there is none is printed. */
const isPossible = possibleVolumes(['ext4']).length > 0;
test.skip(!isPossible, 'no volume can be mounted here');

let volume: Volume;
test.beforeEach(async () => void (volume = await mountVolume('ext4', 700)));
test.afterEach(async () => volume.end());

const objectAt = (name: string): string => join(volume.path, 'videos', name);

/** In the middle of a copy: some of it has arrived, and most has not. */
async function underWay(page: Page, folder: string): Promise<string> {
  const [video = ''] = await dropVideos(page, folder, { 'video_7.mp4': 420 * MiB });
  await untilSent(page, 40 * MiB);
  return video;
}

test('a full disk: the row says so, and goes on by itself when there is room', async ({ launch, profile }) => {
  const { app, page } = await launch();
  await choose(app, volume.path);
  await saveFolder(page, 'Pen drive');
  const makeRoom = await volume.fill(70 * MiB);
  const [video = ''] = await dropVideos(page, profile, { 'video_5.mp4': 20 * MiB });
  const row = rowOf(page, 'video_5.mp4');
  await expect(row).toContainText(/the disk is full/);
  await expect(row).toContainText('Free some space. It is tried again by itself.');
  await expect(row).toHaveAttribute('data-status', 'waiting');
  await makeRoom();
  await expectStatus(page, 'video_5.mp4', 'completed');
  expect(await sha256(objectAt('video_5.mp4'))).toBe(await sha256(video));
});

test('a disk that is pulled out: waits for it, writes nothing into its mount point, and goes on when it is back', async ({
  launch,
  profile,
}) => {
  const { app, page } = await launch();
  await choose(app, volume.path);
  await saveFolder(page, 'Pen drive');
  const video = await underWay(page, profile);
  await volume.takeAway();
  await expect(rowOf(page, 'video_7.mp4')).toContainText('Waiting for the disk');
  await expect(page.getByTestId('banner')).toContainText('The disk or folder is not there');
  await expect(page.getByTestId('banner')).toContainText('Connect the disk, and the videos go on by themselves.');
  expect(await readdir(volume.path)).toEqual([]);
  await volume.bringBack();
  await expectStatus(page, 'video_7.mp4', 'completed');
  await expect(page.getByTestId('banner')).toBeHidden();
  expect(await sha256(objectAt('video_7.mp4'))).toBe(await sha256(video));
});

test('a disk that becomes write-protected: one banner, and the copy goes on when it is tried again', async ({
  launch,
  profile,
}) => {
  const { app, page } = await launch();
  await choose(app, volume.path);
  await saveFolder(page, 'Pen drive');
  const video = await underWay(page, profile);
  await rowOf(page, 'video_7.mp4').getByRole('button', { name: 'Pause' }).click();
  await expectStatus(page, 'video_7.mp4', 'paused');
  await volume.setReadOnly(true);
  await rowOf(page, 'video_7.mp4').getByRole('button', { name: 'Resume' }).click();
  const banner = page.getByTestId('banner');
  await expect(banner).toContainText('The disk cannot be written to');
  await expect(banner).toContainText('1 video waits in the queue.');
  await expect(rowOf(page, 'video_7.mp4')).toContainText('Waiting for the destination');
  await volume.setReadOnly(false);
  await banner.getByRole('button', { name: 'Try now' }).click();
  await expectStatus(page, 'video_7.mp4', 'completed');
  expect(await sha256(objectAt('video_7.mp4'))).toBe(await sha256(video));
});
