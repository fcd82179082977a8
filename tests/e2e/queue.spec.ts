import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { queueTextEn } from '../../renderer/text/queue-text.en.ts';
import { queueTextPtBr } from '../../renderer/text/queue-text.pt-br.ts';
import { settingsTextEn } from '../../renderer/text/settings-text.en.ts';
import { settingsTextPtBr } from '../../renderer/text/settings-text.pt-br.ts';
import { windowTextEn } from '../../renderer/text/window-text.en.ts';
import { windowTextPtBr } from '../../renderer/text/window-text.pt-br.ts';
import { delayAnswer, respondError } from '../support/faults.ts';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import type { S3Target } from '../support/s3-target.ts';
import { dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { rowOf, savePreferences, saveServer, sentBytes, statusOf, uploads } from './window.ts';

const MiB = 1024 * 1024;

/** Small parts that take a while: an upload that a test can come into without a large file. */
async function slowly(page: Page, target: S3Target): Promise<void> {
  await saveServer(page, target);
  await savePreferences(page, { partSizeMiB: 5, multipartThresholdMiB: 5, filesInParallel: 2, partsInParallel: 2 });
  target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(300) : null));
}

async function drop(page: Page, folder: string, sizes: Readonly<Record<string, number>>): Promise<readonly string[]> {
  const videos = Object.entries(sizes).map(([name, size]) => makeVideo(join(folder, name), size));
  const paths = await Promise.all(videos);
  await dropFiles(page, paths);
  return paths;
}

const statuses = async (page: Page): Promise<readonly string[]> => (await uploads(page)).map(({ status }) => status);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

test('one is paused and stands still, and goes on from there', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await slowly(page, target);
  const [path = ''] = await drop(page, profile, { 'video_1.mp4': 40 * MiB });
  await expect.poll(() => sentBytes(page)).toBeGreaterThan(15 * MiB);
  const row = rowOf(page, 'video_1.mp4');
  await row.getByRole('button', { name: 'Pause' }).click();
  await expect(row).toHaveAttribute('data-status', 'paused');
  await expect.poll(() => target.proxy.pending()).toBe(0);
  const parts = target.count('UploadPart');
  await page.waitForTimeout(1000);
  expect(target.count('UploadPart')).toBe(parts);
  await row.getByRole('button', { name: 'Resume' }).click();
  await expect(row).toHaveAttribute('data-status', 'completed');
  expect(await target.objectSha256('videos/video_1.mp4')).toBe(await sha256(path));
  expect(target.count('CreateMultipartUpload', 'video_1.mp4')).toBe(1);
});

test('pause all, resume all', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await slowly(page, target);
  await drop(page, profile, { 'video_1.mp4': 60 * MiB, 'video_2.mp4': 60 * MiB, 'video_3.mp4': 12 * MiB });
  await expect.poll(() => statuses(page)).toEqual(['uploading', 'uploading', 'queued']);
  await button(page, 'Pause all').click();
  await expect.poll(() => statuses(page)).toEqual(['paused', 'paused', 'paused']);
  await expect(page.getByText('all paused')).toBeVisible();
  target.proxy.setDecide(() => null);
  await button(page, 'Resume all').click();
  await expect.poll(() => statuses(page), { timeout: 30_000 }).toEqual(['completed', 'completed', 'completed']);
  await expect(page.getByText('Everything sent and verified')).toBeVisible();
});

test('cancel asks first, and then nothing is left at the server', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await slowly(page, target);
  await drop(page, profile, { 'video_1.mp4': 60 * MiB });
  await expect.poll(() => sentBytes(page)).toBeGreaterThan(10 * MiB);
  const cancel = async (answer: string): Promise<void> => {
    await button(page, 'More actions for video_1.mp4').click();
    await page.getByRole('menuitem', { name: 'Cancel upload' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: answer }).click();
  };
  await cancel('Keep uploading');
  expect(await target.unfinishedUploads()).toBe(1);
  expect(await statusOf(page)).toBe('uploading');
  await cancel('Cancel upload');
  await expect(page.getByRole('row')).toHaveCount(0);
  expect(await target.unfinishedUploads()).toBe(0);
  expect(await target.objectCount()).toBe(0);
});

test('a failed one says why, and Retry sends it', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await saveServer(page, target);
  target.proxy.setDecide(({ operation }) => (operation === 'PutObject' ? respondError(400, 'InvalidArgument') : null));
  const [path = ''] = await drop(page, profile, { 'video_1.mp4': 6 * MiB });
  const row = rowOf(page, 'video_1.mp4');
  await expect(row).toHaveAttribute('data-status', 'failed');
  await expect(row).toContainText('Failed: the request was not accepted');
  target.proxy.setDecide(() => null);
  await row.getByRole('button', { name: 'Retry' }).click();
  await expect(row).toHaveAttribute('data-status', 'completed');
  expect(await target.objectSha256('videos/video_1.mp4')).toBe(await sha256(path));
});

test('a video of that name exists: nothing is lost unasked, and there are two ways on', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  for (const name of ['video_1.mp4', 'video_2.mp4']) {
    await target.client.send(new PutObjectCommand({ Bucket: target.bucket, Key: `videos/${name}`, Body: 'another' }));
  }
  const before = await target.objectSha256('videos/video_1.mp4');
  await saveServer(page, target);
  const [first = '', second = ''] = await drop(page, profile, { 'video_1.mp4': 6 * MiB, 'video_2.mp4': 6 * MiB });
  const [one, two] = [rowOf(page, 'video_1.mp4'), rowOf(page, 'video_2.mp4')];
  await expect(one).toHaveAttribute('data-status', 'failed');
  await expect(two).toContainText('a video with this name already exists');
  expect(await target.objectSha256('videos/video_1.mp4')).toBe(before);
  await one.getByRole('button', { name: 'Resolve…' }).click();
  const conflict = page.getByRole('dialog');
  await conflict.getByRole('radio', { name: /^Replace/ }).check({ force: true });
  await conflict.getByRole('button', { name: 'Replace' }).click();
  await expect(one).toHaveAttribute('data-status', 'completed');
  expect(await target.objectSha256('videos/video_1.mp4')).toBe(await sha256(first));
  await two.getByRole('button', { name: 'Use another name' }).click();
  await page.getByRole('textbox', { name: 'Name in the bucket' }).fill('videos/video_2b.mp4');
  await page.keyboard.press('Enter');
  await expect(two).toHaveAttribute('data-status', 'completed');
  expect(await target.objectSha256('videos/video_2.mp4')).toBe(before);
  expect(await target.objectSha256('videos/video_2b.mp4')).toBe(await sha256(second));
});

test('the keyboard alone: arrows, Space, Enter', async ({ launch, target, profile }) => {
  const { app, page } = await launch();
  await slowly(page, target);
  await drop(page, profile, { 'video_1.mp4': 60 * MiB, 'video_2.mp4': 60 * MiB });
  await expect.poll(() => statuses(page)).toEqual(['uploading', 'uploading']);
  const [one, two] = [rowOf(page, 'video_1.mp4'), rowOf(page, 'video_2.mp4')];
  await one.focus();
  await page.keyboard.press('ArrowDown');
  await expect(two).toBeFocused();
  await page.keyboard.press('Space');
  await expect(two).toHaveAttribute('data-status', 'paused');
  await expect(one).toHaveAttribute('data-status', 'uploading');
  await page.keyboard.press('Space');
  await expect(two).toHaveAttribute('data-status', 'uploading');
  target.proxy.setDecide(() => null);
  await expect(two).toHaveAttribute('data-status', 'completed');
  await expect(one).toHaveAttribute('data-status', 'completed');
  await app.evaluate(({ clipboard }) => clipboard.clear());
  await page.keyboard.press('Enter');
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('/videos/video_2.mp4?');
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove from list' }).click();
  await expect(page.getByRole('row')).toHaveCount(1);
  expect(await target.objectCount()).toBe(2);
});

/** Every whole text and every label in the window. */
const shownTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode() !== null) found.push(walker.currentNode.textContent ?? '');
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name) ?? '');
    }
    return found.map((text) => text.trim()).filter((text) => text !== '');
  });

function leaves(table: object): readonly string[] {
  return Object.values(table).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? leaves(value) : [],
  );
}

const portuguese = new Set([queueTextPtBr, windowTextPtBr, settingsTextPtBr].flatMap(leaves));
const english = new Set([queueTextEn, windowTextEn, settingsTextEn].flatMap(leaves).filter((text) => !portuguese.has(text)));
/** In sentences that are put together from pieces. */
const englishWords = /\b(of|sent|left|files?|videos? with|waiting|uploading|paused|failed|actions|change|in use)\b/i;

test('the language changes the whole window at once', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await slowly(page, target);
  await drop(page, profile, { 'video_1.mp4': 5 * MiB, 'video_2.mp4': 60 * MiB, 'video_3.mp4': 60 * MiB, 'video_4.mp4': 60 * MiB });
  await expect(rowOf(page, 'video_1.mp4')).toHaveAttribute('data-status', 'completed');
  await button(page, 'Settings').click();
  await page.getByRole('tab', { name: 'General' }).click();
  const before = await shownTexts(page);
  expect(before.filter((text) => english.has(text)).length).toBeGreaterThan(10);
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('option', { name: 'Português (Brasil)' }).click();
  await expect(page.getByRole('tab', { name: 'Geral' })).toBeVisible();
  const isEnglish = (text: string): boolean => english.has(text) || (englishWords.test(text) && text !== 'English');
  for (const place of ['Geral', 'Destinos', 'Envio e links']) {
    await page.getByRole('tab', { name: place }).click();
    expect((await shownTexts(page)).filter(isEnglish), place).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await rowOf(page, 'video_2.mp4').getByRole('button', { name: 'Pausar' }).click();
  await expect(page.getByText('Pausado', { exact: true })).toBeVisible();
  expect((await shownTexts(page)).filter(isEnglish)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('pt-BR');
});

test('the theme: dark is dark, light is light, and the choice is kept', async ({ launch }) => {
  const running = await launch();
  await running.page.getByRole('button', { name: /practice bucket/i }).click();
  const brightness = (page: Page): Promise<number> =>
    page.evaluate(() => {
      const [red = 0, green = 0, blue = 0] = (getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
      return (red + green + blue) / 3;
    });
  const { page } = running;
  await button(page, 'Settings').click();
  await page.getByRole('tab', { name: 'General' }).click();
  await page.getByText('Light', { exact: true }).click();
  await expect.poll(() => brightness(page)).toBeGreaterThan(200);
  await page.getByText('Dark', { exact: true }).click();
  await expect.poll(() => brightness(page)).toBeLessThan(60);
  expect(await running.app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await running.close();
  const again = await launch();
  await expect.poll(() => brightness(again.page)).toBeLessThan(60);
});
