import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { delayAnswer, respondError } from '../../support/faults.ts';
import type { S3Target } from '../../support/s3-target.ts';
import { letRest, temporaryFolder } from '../../support/sample-video.ts';
import type { RunningApp } from '../app.ts';
import { dropFiles } from '../app.ts';
import { expect, test } from '../fixtures.ts';
import { expectUnderWay, fillGallery, makeLecture } from '../gallery.ts';
import { rowOf, savePreferences, saveServer } from '../window.ts';
import { en, enDark, picture, pictures, pt, ptDark } from './picture.ts';

const MB = 1_000_000;
const dismissToast = (page: Page): Promise<void> => page.getByTestId('toast').getByRole('button', { name: 'Dismiss' }).click();

async function resize({ app }: RunningApp, width: number, height: number, zoom = 1): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(size.width, size.height);
      window?.webContents.setZoomFactor(size.zoom);
    },
    { width, height, zoom },
  );
}

test.beforeAll(() => mkdir(pictures, { recursive: true }));
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
test.beforeEach(async () => {
  folder = await temporaryFolder();
});
test.afterEach(() => folder.remove());

const lecture = (name: string, megabytes: number): Promise<string> => makeLecture(join(folder.path, name), megabytes * MB);

/** Files hover over the window and are not let go. */
async function hover(page: Page, files: readonly string[]): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 400, y: 300, data });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', x: 410, y: 310, data });
  return async () => {
    await session.send('Input.dispatchDragEvent', { type: 'dragCancel', x: 410, y: 310, data });
    await session.detach();
  };
}

test('first run and form', async ({ launch, target }) => {
  const running = await launch();
  const { page } = running;
  await expect(page.getByTestId('first-run')).toBeVisible();
  await picture(page, 'first-run-pt-dark', ptDark);
  await picture(page, 'first-run-pt', pt);
  await picture(page, 'first-run-en', en);
  await page.getByRole('button', { name: /Cloudflare R2/ }).click();
  await resize(running, 960, 860);
  await page.getByLabel('Account ID').fill('0123456789abcdef');
  await page.getByLabel('Bucket', { exact: true }).fill('ensinalab-videos');
  await page.getByLabel('Access key ID').focus();
  await picture(page, 'form-r2-problem-en', en);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: /Amazon S3 or compatible/ }).click();
  await fillS3(page, target, 'wrong+secret/0123456789');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('The connection did not pass the test')).toBeVisible();
  await picture(page, 'connection-failed-en', en);
  await page.getByLabel('Secret access key', { exact: true }).fill(target.open().credentials.secretAccessKey);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('The connection is ready')).toBeVisible();
  await picture(page, 'connection-passed-pt-dark', ptDark);
});

async function fillS3(page: Page, target: S3Target, secret: string): Promise<void> {
  const { address, credentials } = target.open();
  await page.getByLabel('Bucket', { exact: true }).fill(address.bucket);
  await page.getByLabel('Region').fill('us-east-1');
  await page.getByLabel('Access key ID').fill(credentials.accessKeyId);
  await page.getByLabel('Secret access key', { exact: true }).fill(secret);
  await page.getByLabel(/^Endpoint/).fill(address.endpoint);
}

test('empty, dragging, one, link, refused', async ({ launch, target }) => {
  const { page } = await launch();
  await saveServer(page, target, { name: 'ensinalab-videos', publicBaseUrl: 'https://videos.ensinalab.com.br' });
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  await picture(page, 'empty-en', en);
  await picture(page, 'empty-pt-dark', ptDark);
  const videos = [await lecture('video_5_simple.mp4', 1240), await lecture('video_6.mp4', 96), await lecture('video_7.mp4', 96)];
  await savePreferences(page, en);
  const leave = await hover(page, videos);
  await expect(page.getByText('3 files')).toBeVisible();
  await picture(page, 'dragging-en');
  await leave();
  target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(450) : null));
  await dropFiles(page, videos.slice(0, 1));
  await expectUnderWay(page, 'video_5', /[3-9]\d/);
  await picture(page, 'uploading-en', en);
  await picture(page, 'uploading-pt-dark', ptDark);
  target.proxy.setDecide(() => null);
  await savePreferences(page, en);
  await dropFiles(page, videos.slice(1));
  for (const name of ['video_5', 'video_6', 'video_7']) await expect(rowOf(page, name)).toHaveAttribute('data-status', 'completed');
  await rowOf(page, 'video_5').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('toolbar').getByRole('button', { name: 'Copy 3 links' }).click();
  await expect(page.getByTestId('toast')).toBeVisible();
  await picture(page, 'links-copied-en', en);
  await dismissToast(page);
  await page.getByRole('toolbar').getByRole('button', { name: 'Clear the selection' }).click();
  const notes = join(folder.path, 'roteiro.mp4');
  const empty = join(folder.path, 'video_9_vazio.mp4');
  await writeFile(notes, 'plain text, whatever the name says');
  await writeFile(empty, '');
  await Promise.all([notes, empty].map(letRest));
  await dropFiles(page, [notes, empty, await lecture('video_8.mp4', 60)]);
  await expect(rowOf(page, 'video_8')).toHaveAttribute('data-status', 'completed');
  await picture(page, 'refused-pt', pt);
});

test('every state at once, at every size', async ({ launch, target }) => {
  const running = await launch();
  const { page } = running;
  await saveServer(page, target, { name: 'ensinalab-videos' });
  await fillGallery(page, target, folder.path, { pause: 'Pause', withRetrying: true });
  await resize(running, 1000, 820);
  await expect(rowOf(page, 'video_12')).toContainText('MB/s');
  await picture(page, 'all-states-en', en);
  await picture(page, 'all-states-pt-dark', ptDark);
  await picture(page, 'all-states-pt', pt);
  await picture(page, 'all-states-en-dark', enDark);
  await resize(running, 640, 480);
  await picture(page, 'smallest-pt', pt);
  await resize(running, 1280, 900, 2);
  await savePreferences(page, en);
  await page.waitForTimeout(500);
  // Playwright's pictures know nothing of a zoomed window.
  const zoomed = await running.app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  await writeFile(join(pictures, 'zoom-200-en.png'), Buffer.from(zoomed, 'base64'));
  await resize(running, 960, 680);
  await page.getByRole('button', { name: /More actions for video_12/ }).click();
  await picture(page, 'menu-en');
  await page.keyboard.press('Escape');
  await savePreferences(page, pt);
  await running.app.evaluate(({ app }) => app.quit());
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await picture(page, 'quit-pt');
});

test('trouble of the whole destination', async ({ launch, target }) => {
  const { page } = await launch();
  await saveServer(page, target, { name: 'ensinalab-videos' });
  target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(300) : null));
  await dropFiles(page, [await lecture('video_1.mp4', 320), await lecture('video_2.mp4', 210), await lecture('video_3.mp4', 150)]);
  await expectUnderWay(page, 'video_1', /[3-9]\d/);
  await target.proxy.offline(true);
  await expect(page.getByText('Waiting for the internet').first()).toBeVisible();
  await picture(page, 'offline-pt', pt);
  await savePreferences(page, en);
  target.proxy.setDecide(() => respondError(403, 'InvalidAccessKeyId'));
  await target.proxy.offline(false);
  await expect(page.getByTestId('banner')).toContainText('The access key was rejected', { timeout: 60_000 });
  await expect(page.getByText('Waiting for the destination')).toHaveCount(3, { timeout: 60_000 });
  await picture(page, 'key-rejected-en', en);
  await picture(page, 'key-rejected-pt-dark', ptDark);
});

test('settings', async ({ launch, target }) => {
  const { page } = await launch();
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  await dismissToast(page);
  await dropFiles(page, [await lecture('video_2.mp4', 36)]);
  await expect(rowOf(page, 'video_2')).toHaveAttribute('data-status', 'completed');
  await saveServer(page, target, { name: 'ensinalab-videos', publicBaseUrl: 'https://videos.ensinalab.com.br' });
  await dropFiles(page, [await lecture('video_1.mp4', 24)]);
  await expect(rowOf(page, 'video_1')).toHaveAttribute('data-status', 'completed');
  await savePreferences(page, en);
  await page.getByRole('button', { name: 'Settings' }).click();
  await picture(page, 'settings-destinations-en', en);
  await page.getByRole('tab', { name: 'Sending and links' }).click();
  await picture(page, 'settings-sending-pt', pt);
  await page.getByRole('tab', { name: 'Geral' }).click();
  await picture(page, 'settings-appearance-pt-dark', ptDark);
});
