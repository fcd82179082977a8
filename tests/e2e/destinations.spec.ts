import { createHash } from 'node:crypto';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { ElectronApplication, Page } from '@playwright/test';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { delayAnswer } from '../support/faults.ts';
import { practiceClient } from '../support/practice-client.ts';
import { startPractice } from '../support/practice-fixture.ts';
import { sha256 } from '../support/sample-video.ts';
import { choose } from './dialogs.ts';
import { expect, test } from './fixtures.ts';
import {
  doToRow,
  dropVideos,
  expectStatus,
  openSettings,
  rowOf,
  savePreferences,
  saveFolder,
  saveServer,
  sentBytes,
  slowParts,
} from './window.ts';

const MiB = 1024 * 1024;
const picker = (page: Page, name: string) => page.getByRole('button', { name: `Destination: ${name}, ready` });
const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/** A folder called HD, as a destination; what is saved last is the default. */
async function addDisk(app: ElectronApplication, page: Page, profile: string): Promise<string> {
  const folder = join(profile, 'HD');
  await mkdir(folder);
  await choose(app, folder);
  await saveFolder(page, 'HD');
  return folder;
}

async function removeDestination(page: Page, name: string): Promise<void> {
  const settings = await openSettings(page, 'Destinations');
  await settings.getByRole('button', { name: `More actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
}

test('the default is marked and can be changed, and a drop on the other destination goes there alone', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  await saveServer(page, target);
  const folder = await addDisk(app, page, profile);
  await expect(picker(page, 'HD')).toBeVisible();
  const settings = await openSettings(page, 'Destinations');
  const item = (name: string) => settings.getByRole('listitem').filter({ hasText: name });
  await expect(item('HD')).toContainText('Default');
  await expect(item('Test server')).not.toContainText('Default');
  await settings.getByRole('button', { name: 'Make default: Test server' }).click();
  await expect(item('Test server').getByText('Default', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(picker(page, 'Test server')).toBeVisible();
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB }, 'HD');
  await expectStatus(page, 'video_1.mp4', 'completed');
  expect(await isThere(join(folder, 'videos', 'video_1.mp4'))).toBe(true);
  expect(await target.objectCount()).toBe(0);
  await dropVideos(page, profile, { 'video_2.mp4': 6 * MiB });
  await expectStatus(page, 'video_2.mp4', 'completed');
  expect(await target.objectCount()).toBe(1);
  expect(await isThere(join(folder, 'videos', 'video_2.mp4'))).toBe(false);
});

test('a destination is renamed where its name stands, and edited by its form; its videos stay where they are', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
  await expectStatus(page, 'video_1.mp4', 'completed');
  const settings = await openSettings(page, 'Destinations');
  await settings.getByRole('button', { name: 'Rename Test server' }).click();
  const name = settings.getByRole('textbox', { name: 'New name of Test server' });
  await name.fill('Aulas');
  await name.press('Enter');
  await settings.getByRole('button', { name: 'Edit Aulas' }).click();
  const form = page.getByRole('dialog', { name: 'Edit “Aulas”' });
  // The key is there, and does not come back.
  await expect(form.getByText(/^saved •••• /)).toBeVisible();
  const bucket = form.getByLabel('Bucket', { exact: true });
  await bucket.fill('another-bucket');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form).toContainText('The bucket was not found');
  await bucket.fill(target.bucket);
  await form.getByRole('button', { name: 'More options' }).click();
  await form.getByLabel(/^Public address/).fill('https://videos.example.com');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByTestId('toast')).toContainText('“Aulas” is ready');
  await expect(picker(page, 'Aulas')).toBeVisible();
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByTestId('toast')).toContainText('Public, never expires');
});

test('keys are rotated while a video is on its way: typed once, and no part is sent twice', async ({ launch, profile }) => {
  const old = await startPractice();
  const proxy = await startFaultProxy({ target: old.endpoint });
  const address = { endpoint: proxy.endpoint, region: 'us-east-1', bucket: old.bucket, isPathStyle: true };
  const key = { accessKeyId: 'NEWKEY0123456789', secretAccessKey: 'the-new-secret-of-this-server-0123456789' };
  let server = old;
  try {
    const { page } = await launch();
    await saveServer(page, { open: () => ({ address, credentials: { ...old.credentials, sessionToken: null } }) });
    await savePreferences(page, { partSizeMiB: 5, multipartThresholdMiB: 5, partsInParallel: 2 });
    proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(250) : null));
    const [video = ''] = await dropVideos(page, profile, { 'video_1.mp4': 60 * MiB });
    await expect.poll(() => sentBytes(page)).toBeGreaterThan(10 * MiB);
    server = await old.restart({ credentials: key });
    const banner = page.getByTestId('banner');
    await expect(banner).toContainText('The access key was rejected');
    await banner.getByRole('button', { name: 'Change the key' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Access key ID').fill(key.accessKeyId);
    await form.getByLabel('Secret access key', { exact: true }).fill(key.secretAccessKey);
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(form).toBeHidden();
    proxy.setDecide(() => null);
    await expectStatus(page, 'video_1.mp4', 'completed');
    await expect(banner).toBeHidden();
    const created = proxy.log.filter(({ operation, path }) => operation === 'CreateMultipartUpload' && path.endsWith('video_1.mp4'));
    expect(created).toHaveLength(1);
    const taken = proxy.log.filter(({ operation, status }) => operation === 'UploadPart' && status === 200);
    const numbers = taken.filter(({ path }) => path.endsWith('video_1.mp4')).map(({ partNumber }) => partNumber);
    expect(numbers.toSorted((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    const client = practiceClient({ endpoint: old.endpoint, credentials: key });
    const object = await client.send(new GetObjectCommand({ Bucket: old.bucket, Key: 'videos/video_1.mp4' }));
    const bytes = await object.Body?.transformToByteArray();
    client.destroy();
    expect(createHash('sha256').update(bytes ?? '').digest('hex')).toBe(await sha256(video));
  } finally {
    await proxy.stop();
    await server.stop();
  }
});

test('removing asks what becomes of a video that is on its way: it goes to another destination', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  const folder = await addDisk(app, page, profile);
  await saveServer(page, target);
  slowParts(target);
  const [video = ''] = await dropVideos(page, profile, { 'video_1.mp4': 72 * MiB });
  await expect.poll(() => target.unfinishedUploads()).toBe(1);
  await removeDestination(page, 'Test server');
  const question = page.getByRole('alertdialog', { name: 'Remove the destination “Test server”?' });
  await expect(question).toContainText('1 video has not arrived there yet. What about it?');
  await expect(question.getByRole('radio', { name: 'Send to another destination' })).toBeChecked();
  await expect(question.getByRole('button', { name: /HD.*Another destination/ })).toBeVisible();
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(question).toBeHidden({ timeout: 25_000 });
  await page.keyboard.press('Escape');
  await expect(picker(page, 'HD')).toBeVisible();
  await expectStatus(page, 'video_1.mp4', 'completed');
  expect(await sha256(join(folder, 'videos', 'video_1.mp4'))).toBe(await sha256(video));
  expect([await target.unfinishedUploads(), await target.objectCount()]).toEqual([0, 0]);
});

test('removing with the uploads canceled: they are gone from the list and from the server', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  slowParts(target);
  await dropVideos(page, profile, { 'video_1.mp4': 72 * MiB });
  await expect.poll(() => target.unfinishedUploads()).toBe(1);
  await removeDestination(page, 'Test server');
  const question = page.getByRole('alertdialog');
  // There is nowhere else to send it to.
  await expect(question.getByRole('radio')).toHaveCount(1);
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByTestId('first-run')).toBeVisible({ timeout: 25_000 });
  expect([await target.unfinishedUploads(), await target.objectCount()]).toEqual([0, 0]);
});

test('one file to bucket and disk in one go: one row, one state, and each place with its own', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  const folder = await addDisk(app, page, profile);
  await saveServer(page, target);
  await picker(page, 'Test server').click();
  await page.getByRole('menuitem', { name: 'Also send a copy to HD' }).click();
  await expect(picker(page, 'Test server + HD')).toBeVisible();
  slowParts(target);
  const [video = ''] = await dropVideos(page, profile, { 'video_1.mp4': 72 * MiB });
  const row = rowOf(page, 'video_1.mp4');
  const places = row.getByRole('listitem');
  await expect(places).toHaveText(['Test server: Uploading', 'HD: Sent and verified'], { timeout: 20_000 });
  await expect(page.getByRole('row')).toHaveCount(1);
  await expect(row).toHaveAttribute('data-status', 'uploading');
  await expect(row.getByRole('button', { name: 'Copy link' })).toHaveCount(0);
  target.proxy.setDecide(() => null);
  await expectStatus(page, 'video_1.mp4', 'completed');
  await expect(places).toHaveText(['Test server: Sent and verified', 'HD: Sent and verified']);
  expect(await target.objectSha256('videos/video_1.mp4')).toBe(await sha256(video));
  expect(await sha256(join(folder, 'videos', 'video_1.mp4'))).toBe(await sha256(video));
  await doToRow(page, 'video_1.mp4', 'Details');
  const details = page.getByRole('dialog', { name: 'Details' });
  await expect(details.getByRole('heading', { name: /^At / })).toHaveText(['At Test server', 'At HD']);
});
