import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { Locator } from '@playwright/test';
import { priceList, pricesAsOf } from '../../shared/prices.ts';
import { practiceClient } from '../support/practice-client.ts';
import { startPractice } from '../support/practice-fixture.ts';
import { openTarget } from '../support/s3-target.ts';
import { choose } from './dialogs.ts';
import { expect, test } from './fixtures.ts';
import { beginElsewhere, putElsewhere, saveR2 } from './upkeep.ts';
import {
  dropVideos,
  expectStatus,
  openCare,
  savePreferences,
  saveFolder,
  saveServer,
  slowParts,
  statusOf,
} from './window.ts';

const MiB = 1024 * 1024;
const dayMs = 24 * 3_600_000;
const million = 1_000_000;
const usd = (amount: number): string => new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(amount);
/** The day that the list of prices is of, in words. */
const dated = (locale: string): string => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(`${pricesAsOf}T00:00`));
/** What stands in a row of the table: on R2, on S3, on a disk. */
const row = (care: Locator, name: string | RegExp): Locator => care.getByRole('row', { name }).getByRole('cell');

test('before a batch is sent it says what it will cost, and only where there is a price', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  await saveR2(page, target, 'Aulas');
  await savePreferences(page, { reviewsFirst: true, viewsPerVideo: million, filesInParallel: 8 });
  const names = Array.from({ length: 12 }, (_, n) => `video_${n + 1}.mp4`);
  const batch = Object.fromEntries(names.map((name) => [name, 100_000]));
  await dropVideos(page, profile, batch);
  const review = page.getByRole('dialog', { name: 'Review before sending' });
  await expect(review).toContainText('12 videos · 1.2 MB');
  // Twelve million and thirty-six reads, of which so many are free.
  const { reads, freeReads } = priceList.r2;
  await expect(review).toContainText(`Aulas: ${usd(((12 * million + 36 - freeReads) / million) * reads)} more a month`);
  await expect(review).toContainText(`If each video is watched ${million} times a month.`);
  expect(await target.objectCount()).toBe(0);
  await review.getByRole('button', { name: 'Send 12 videos' }).click();
  for (const name of names) await expectStatus(page, name, 'completed');
  expect(await target.objectCount()).toBe(12);
  // The free reads are used up: every one of the next video is paid for.
  await dropVideos(page, profile, { 'video_13.mp4': 100_000 });
  await expect(review).toContainText(`Aulas: ${usd(reads)} more a month`);
  await review.getByRole('button', { name: 'Take them out' }).click();
  await dropVideos(page, profile, { 'video_14.mp4': 100_000 }, 'Test server');
  await expect(review).toContainText('1 video · 100 kB');
  await expect(review).not.toContainText('a month');
  await review.getByRole('button', { name: 'Take them out' }).click();
});

test('the costs of a month: what was sent, what is really there, and the same elsewhere, with the date of the prices', async ({
  launch,
  target,
  profile,
}) => {
  await putElsewhere(target, 'videos/video_2.mp4', 'x'.repeat(1_000_000));
  await beginElsewhere(target.client, target.bucket, 'videos/video_3.mp4');
  const { app, page } = await launch();
  await saveServer(page, target, { name: 'Aulas' });
  await dropVideos(page, profile, { 'video_1.mp4': 6_000_000 });
  await expectStatus(page, 'video_1.mp4', 'completed');
  const care = await openCare(page, 'Aulas', 'Costs');
  await expect(care).toContainText('This computer has sent 1 video here, 6.0 MB.');
  await expect(care.getByRole('columnheader', { name: /Amazon S3/ })).toContainText('this destination');
  await expect(care.getByRole('columnheader', { name: /Cloudflare R2/ })).not.toContainText('this destination');
  await expect(row(care, /Unfinished uploads/)).toHaveText(['–', '–', '–']);
  const views = care.getByLabel('Times each video is watched in a month');
  await views.fill('0');
  await expect(care).toContainText('With nobody watching, only what is kept is paid for.');
  await views.fill('100000');
  const egress = (bytes: number): string => usd((bytes / 1e9 * 100_000 - priceList.s3.freeEgressGB) * priceList.s3.egress);
  await expect(row(care, 'Watching the videos')).toHaveText(['$0', egress(6_000_000), '$0']);
  await expect(row(care, 'Keeping the videos').nth(2)).toHaveText('less than $0.01');
  await views.fill('many');
  await expect(care).toContainText('Type a number from 0 to 1 million.');
  await expect(row(care, 'Watching the videos')).toHaveText(['$0', egress(6_000_000), '$0']);
  await care.getByRole('button', { name: 'Count everything there' }).click();
  await expect(care).toContainText('The destination holds 2 videos, 7.0 MB.');
  await expect(row(care, 'Watching the videos')).toHaveText(['$0', egress(7_000_000), '$0']);
  await expect(row(care, 'Unfinished uploads')).toHaveText(['$0', '$0', 'less than $0.01']);
  await expect(care).toContainText(`Prices of ${dated('en-US')}, in US dollars and without taxes.`);
  await expect(care).toContainText('This server is not Amazon’s: its prices may be others.');
  // The button that had the focus is gone, and Esc closes all the same.
  await page.keyboard.press('Escape');
  await expect(care).toBeHidden();
  // Each destination by itself.
  await mkdir(join(profile, 'HD'));
  await choose(app, join(profile, 'HD'));
  await saveFolder(page, 'HD');
  const disk = await openCare(page, 'HD', 'Costs');
  await expect(disk).toContainText('This computer has sent 0 videos here, 0 bytes.');
  await expect(disk.getByRole('columnheader', { name: /Render disk/ })).toContainText('this destination');
  await expect(disk).toContainText('A disk of your own costs nothing per month');
});

test('what others have left unfinished is shown with age, size and price, and removed after a yes', async ({ launch }) => {
  // Begun nine days ago, by the server's clock of then.
  const clock = -9 * dayMs;
  const past = await startPractice({ rules: 'aws', clockOffsetMs: clock });
  const client = practiceClient(past, { systemClockOffset: clock });
  await beginElsewhere(client, past.bucket, 'videos/old.mp4', 2);
  client.destroy();
  await past.server.stop();
  const target = await openTarget({ folder: past.folder, rules: 'aws' });
  try {
    const kept = await beginElsewhere(target.client, target.bucket, 'videos/young.mp4');
    const { page } = await launch();
    await saveServer(page, target);
    const care = await openCare(page, 'Test server', 'Unfinished');
    await expect(care).toContainText('On AWS they stay, and are charged for, until somebody removes them.');
    await expect(care).toContainText('2 unfinished uploads · 15.7 MB · less than $0.01 a month');
    // The oldest first.
    const items = care.getByRole('listitem');
    await expect(items).toHaveText([
      'videos/old.mp4begun 9 days ago · 10.5 MB · 2 parts · less than $0.01 a month',
      /^videos\/young\.mp4begun (now|1 minute ago) · 5\.2 MB · 1 part · less than \$0\.01 a month$/,
    ]);
    await expect(care.getByRole('button', { name: 'Remove', exact: true })).toBeDisabled();
    await items.first().click();
    const question = page.getByRole('alertdialog', { name: 'Remove 1 unfinished upload?' });
    await care.getByRole('button', { name: 'Remove 1' }).click();
    await expect(question).toContainText('Frees 10.5 MB at the destination.');
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await target.unfinishedUploads()).toBe(2);
    await care.getByRole('button', { name: 'Remove 1' }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByTestId('toast')).toContainText('1 unfinished upload removed');
    await expect(items).toHaveCount(1);
    await expect(items).toContainText('videos/young.mp4');
    const left = await target.client.send(new ListMultipartUploadsCommand({ Bucket: target.bucket }));
    expect(left.Uploads?.map(({ UploadId }) => UploadId)).toEqual([kept]);
  } finally {
    await target.stop();
  }
});

test('an upload of ours is shown as ours, cannot be removed there, and arrives', async ({ launch, target, profile }) => {
  await beginElsewhere(target.client, target.bucket, 'videos/theirs.mp4');
  const { page } = await launch();
  await saveServer(page, target);
  slowParts(target);
  await dropVideos(page, profile, { 'video_1.mp4': 72 * MiB });
  await expect.poll(() => target.unfinishedUploads()).toBe(2);
  const care = await openCare(page, 'Test server', 'Unfinished');
  const ours = care.getByRole('listitem').filter({ hasText: 'videos/video_1.mp4' });
  await expect(ours).toContainText('an upload in your list goes on with it');
  await expect(ours.getByRole('checkbox')).toBeDisabled();
  await expect(care.getByRole('checkbox')).toHaveCount(2);
  await care.getByRole('listitem').filter({ hasText: 'videos/theirs.mp4' }).click();
  await care.getByRole('button', { name: 'Remove 1' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(care.getByRole('listitem')).toHaveCount(1);
  expect(await statusOf(page)).toBe('uploading');
  target.proxy.setDecide(() => null);
  await page.keyboard.press('Escape');
  await expectStatus(page, 'video_1.mp4', 'completed');
  expect([await target.objectCount(), await target.unfinishedUploads()]).toEqual([1, 0]);
  expect(target.count('AbortMultipartUpload', 'video_1.mp4')).toBe(0);
});

test('em português: custos do mês e inacabados, com a data dos preços', async ({ launch, target }) => {
  await beginElsewhere(target.client, target.bucket, 'videos/video_7.mp4');
  const { page } = await launch({ language: 'pt-BR' });
  await saveR2(page, target, 'Aulas');
  await page.getByRole('button', { name: 'Ajustes' }).click();
  await page.getByRole('button', { name: 'Cuidar de Aulas…' }).click();
  const care = page.getByRole('dialog', { name: 'Cuidar de “Aulas”' });
  await care.getByRole('tab', { name: 'Custos' }).click();
  await expect(care.getByRole('columnheader', { name: /Cloudflare R2/ })).toContainText('este destino');
  await expect(care).toContainText(`Preços de ${dated('pt-BR')}, em dólares e sem impostos.`);
  await care.getByRole('tab', { name: 'Inacabados' }).click();
  await expect(care).toContainText('O R2 costuma apagá-los sozinho depois de 7 dias.');
  await care.getByRole('listitem').filter({ hasText: 'videos/video_7.mp4' }).click();
  await care.getByRole('button', { name: 'Apagar 1' }).click();
  const question = page.getByRole('alertdialog', { name: 'Apagar 1 envio inacabado?' });
  await expect(question).toContainText('Libera 5,2 MB no destino.');
  await question.getByRole('button', { name: 'Apagar' }).click();
  await expect(care).toContainText('Nada inacabado');
  expect(await target.unfinishedUploads()).toBe(0);
});
