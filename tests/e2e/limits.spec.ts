import { join } from 'node:path';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import { dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { rowOf, savePreferences, saveServer, sentBytes } from './window.ts';

const MiB = 1024 * 1024;
const always = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1440 };

test('a limit typed in the settings holds at once, and taking it away lets the upload run', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Speed and schedule' }).click();
  const field = page.getByRole('textbox', { name: 'Speed limit' });
  await field.fill('16');
  await field.press('Tab');
  await page.keyboard.press('Escape');
  const video = await makeVideo(join(profile, 'video_5.mp4'), 64 * MiB);
  await dropFiles(page, [video]);
  const row = rowOf(page, 'video_5.mp4');
  await expect(row).toHaveAttribute('data-status', 'uploading');
  await page.waitForTimeout(4_000);
  // 16 Mbit/s are 2 MB/s: in four seconds some eight, and by no means all of it.
  expect(await sentBytes(page)).toBeGreaterThan(3 * MiB);
  expect(await sentBytes(page)).toBeLessThan(20 * MiB);
  await expect(page.locator('footer')).toContainText('16 Mbit/s');
  await savePreferences(page, { limitMbit: null });
  await expect(row).toHaveAttribute('data-status', 'completed', { timeout: 20_000 });
  expect(await target.objectSha256('videos/video_5.mp4')).toBe(await sha256(video));
});

test('outside the schedule nothing is sent, the row says until when, and it goes on by itself', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  await savePreferences(page, { limitMbit: 40 });
  const video = await makeVideo(join(profile, 'video_6.mp4'), 64 * MiB);
  await dropFiles(page, [video]);
  const row = rowOf(page, 'video_6.mp4');
  await expect.poll(() => sentBytes(page)).toBeGreaterThan(6 * MiB);
  await savePreferences(page, { schedule: [{ ...always, mbit: 0 }] });
  await expect(row).toHaveAttribute('data-status', 'waiting');
  await expect(row).toContainText(/schedule/i);
  const parts = target.count('UploadPart');
  await page.waitForTimeout(1_500);
  expect(target.count('UploadPart')).toBe(parts);
  await savePreferences(page, { schedule: [], limitMbit: null });
  await expect(row).toHaveAttribute('data-status', 'completed', { timeout: 20_000 });
  expect(await target.objectSha256('videos/video_6.mp4')).toBe(await sha256(video));
  // What had arrived was not sent again.
  expect(target.receivedPartBytes()).toBeLessThanOrEqual(64 * MiB + 16 * 8 * MiB);
  expect(target.count('CreateMultipartUpload', 'video_6.mp4')).toBe(1);
});
