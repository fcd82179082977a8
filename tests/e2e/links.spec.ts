import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import { clipboardText, dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { rowOf, savePreferences, saveServer, uploads } from './window.ts';

const MiB = 1024 * 1024;
const never = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1440, mbit: 0 };
/** What a key may hold and a URL may not. */
const hardKey = 'aulas/Olá mundo (1)+a&b=c#d?e%20.mp4';
const hardPath = 'aulas/Ol%C3%A1%20mundo%20%281%29%2Ba%26b%3Dc%23d%3Fe%2520.mp4';

/** Types the key into the row, which is possible as long as nothing is sent: the schedule sees to that. */
async function sendUnderKey(page: Page, folder: string, key: string): Promise<string> {
  await savePreferences(page, { schedule: [never] });
  const first = await makeVideo(join(folder, 'video_1.mp4'), 6 * MiB);
  const second = await makeVideo(join(folder, 'video_2.mp4'), 6 * MiB);
  await dropFiles(page, [first, second]);
  const row = rowOf(page, 'video_2.mp4');
  await row.getByRole('button', { name: /Change the name in the bucket/ }).click();
  const field = page.getByRole('textbox', { name: 'Name in the bucket' });
  await field.fill('videos/video_1.mp4');
  await expect(row.getByText('Another video in the list already uses this name.')).toBeVisible();
  await field.fill(key);
  await field.press('Enter');
  await expect(row).toContainText(key);
  await savePreferences(page, { schedule: [] });
  return second;
}

test('public address: the key is encoded, nothing is signed, the message says for how long', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  await saveServer(page, target, { publicBaseUrl: 'https://videos.example.com/base/' });
  await sendUnderKey(page, profile, hardKey);
  const row = rowOf(page, 'video_2.mp4');
  await expect(row).toHaveAttribute('data-status', 'completed');
  await row.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByTestId('toast')).toContainText('Link copied');
  await expect(page.getByTestId('toast')).toContainText('Public, never expires');
  expect(await clipboardText(app)).toBe(`https://videos.example.com/base/${hardPath}`);
});

test('presigned without one: valid for the hours that are set, and it fetches the same bytes', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  await saveServer(page, target);
  await savePreferences(page, { linkHours: 1 });
  const video = await sendUnderKey(page, profile, hardKey);
  const row = rowOf(page, 'video_2.mp4');
  await expect(row).toHaveAttribute('data-status', 'completed');
  await row.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByTestId('toast')).toContainText(/Valid until .*\d/);
  const url = new URL(await clipboardText(app));
  expect(url.pathname).toBe(`/${target.bucket}/${hardPath}`);
  expect(url.searchParams.get('X-Amz-Expires')).toBe('3600');
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toBe('video/mp4');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(await sha256(video));
  url.searchParams.set('X-Amz-Signature', '0'.repeat(64));
  expect((await fetch(url)).status).toBe(403);
});

test('several rows: Ctrl+C copies all of their links, in the order of the list, one a line', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  await saveServer(page, target, { publicBaseUrl: 'https://videos.example.com' });
  const names = ['video_3.mp4', 'video_1.mp4', 'video_2.mp4'];
  for (const name of names) await dropFiles(page, [await makeVideo(join(profile, name), 5 * MiB)]);
  for (const name of names) await expect(rowOf(page, name)).toHaveAttribute('data-status', 'completed');
  const order = (await uploads(page)).map(({ key }) => `https://videos.example.com/${key}`);
  expect(order).toHaveLength(3);
  // Selected from the bottom up, which is not the order they are wanted in.
  await rowOf(page, 'video_2.mp4').click();
  await rowOf(page, 'video_3.mp4').click({ modifiers: ['Shift'] });
  await expect(page.getByRole('toolbar', { name: '3 selected' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+c');
  await expect(page.getByTestId('toast')).toContainText('3 links copied');
  expect(await clipboardText(app)).toBe(order.join('\n'));
  // Two of them by the button, and only two.
  await rowOf(page, 'video_1.mp4').click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('toolbar').getByRole('button', { name: 'Copy 2 links' }).click();
  await expect(page.getByTestId('toast')).toContainText('2 links copied');
  expect(await clipboardText(app)).toBe([order[0], order[2]].join('\n'));
  // The message leaves the bar free: the pointer rests where it has just clicked.
  const [toast, bar] = [await page.getByTestId('toast').boundingBox(), await page.getByRole('toolbar').boundingBox()];
  expect((toast?.y ?? 0) + (toast?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar')).toBeHidden();
  // Everything is what is there now, and not what comes later.
  await rowOf(page, 'video_1.mp4').click();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByRole('toolbar', { name: '3 selected' })).toBeVisible();
  await dropFiles(page, [await makeVideo(join(profile, 'video_4.mp4'), 5 * MiB)]);
  await expect(rowOf(page, 'video_4.mp4')).toHaveAttribute('data-status', 'completed');
  await expect(page.getByRole('toolbar', { name: '3 selected' })).toBeVisible();
});
