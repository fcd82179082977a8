import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateMultipartUploadCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { delayAnswer } from '../../support/faults.ts';
import { temporaryFolder } from '../../support/sample-video.ts';
import type { S3Target } from '../../support/s3-target.ts';
import { type RunningApp, dropFiles } from '../app.ts';
import { choose } from '../dialogs.ts';
import { expect, test } from '../fixtures.ts';
import { makeLecture } from '../gallery.ts';
import { expectStatus, openCare, openSettings, rowOf, saveFolder, savePreferences, saveServer } from '../window.ts';
import { en, picture, pictures, pt, ptDark } from './picture.ts';

const MB = 1_000_000;
const school = 'ensinalab-videos';

test.beforeAll(() => mkdir(pictures, { recursive: true }));
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
test.beforeEach(async () => {
  folder = await temporaryFolder();
});
test.afterEach(() => folder.remove());

async function lecture(path: string, megabytes: number): Promise<string> {
  await mkdir(dirname(join(folder.path, path)), { recursive: true });
  return makeLecture(join(folder.path, path), megabytes * MB);
}

/** A bucket and a disk, the bucket being the default. */
async function setUp(launch: () => Promise<RunningApp>, target: S3Target): Promise<RunningApp> {
  const running = await launch();
  const { app, page } = running;
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const disk = join(folder.path, 'HD Aulas');
  await mkdir(disk);
  await choose(app, disk);
  await saveFolder(page, 'HD da sala de aula');
  await saveServer(page, target, { name: school });
  await savePreferences(page, en);
  await page.getByTestId('toast').getByRole('button', { name: 'Dismiss' }).click();
  return running;
}

const inBoth = async (page: Page, name: string): Promise<void> => {
  await picture(page, `${name}-en`, en);
  await picture(page, `${name}-pt`, pt);
};

test('a folder as a destination, and what is found', async ({ launch }) => {
  // Its path is in the picture.
  const disk = join(tmpdir(), 'HD Aulas', 'Remessa');
  await mkdir(disk, { recursive: true });
  const running = await launch({
    env: { USE_R2_STORAGE: 'true', R2_ACCOUNT_ID: '0123456789abcdef0123456789abcdef', R2_BUCKET_NAME: school, R2_ACCESS_KEY_ID: 'EXAMPLEEXAMPLEEXAMPL' },
  });
  const { app, page } = running;
  await choose(app, disk);
  await page.getByRole('button', { name: /other folder or disk/i }).click();
  await expect(page.getByLabel('Limit')).toBeVisible();
  await page.getByLabel('Limit').fill('500');
  await inBoth(page, 'form-disk');
  await page.getByRole('button', { name: /^(Back|Voltar)$/ }).click();
  await page.getByRole('button', { name: /^(Use settings that are here already|Usar configurações que já estão aqui)/ }).click();
  await expect(page.getByText(school).first()).toBeVisible();
  await inBoth(page, 'found-settings');
  await rm(dirname(disk), { recursive: true });
});

test('caring for a destination', async ({ launch, target }) => {
  const { page } = await setUp(launch, target);
  const { client, bucket } = target;
  const begin = async (Key: string, parts: number): Promise<void> => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
    for (let n = 1; n <= parts; n += 1) {
      await client.send(new UploadPartCommand({ Bucket: bucket, Key, UploadId, PartNumber: n, Body: Buffer.alloc(5 * 1024 * 1024) }));
    }
  };
  await begin('videos/video_12.mp4', 4);
  await begin('videos/video_31.mp4', 7);
  const check = await openCare(page, school, 'Check');
  await check.getByRole('button', { name: 'Check now' }).click();
  await expect(check.getByRole('button', { name: 'Copy report' })).toBeVisible({ timeout: 60_000 });
  await inBoth(page, 'care-check');
  await savePreferences(page, en);
  await check.getByRole('tab', { name: 'Playing on sites' }).click();
  await expect(check.getByRole('textbox').first()).toBeVisible();
  await check.getByRole('textbox').first().fill('https://cursos.ensinalab.com.br');
  await inBoth(page, 'care-playback');
  await savePreferences(page, en);
  await check.getByRole('tab', { name: 'Unfinished' }).click();
  await expect(check.getByText('videos/video_31.mp4')).toBeVisible();
  await picture(page, 'care-unfinished-en', en);
  await check.getByRole('tab', { name: 'Costs' }).click();
  await picture(page, 'care-costs-pt-dark', ptDark);
});

test('videos that exist already', async ({ launch, target }) => {
  const { app, page } = await setUp(launch, target);
  for (const [n, size] of [90, 120, 75, 210, 160].entries()) await lecture(`Aulas antigas/Curso 1/video_${n + 1}.mp4`, size);
  await lecture('Aulas antigas/Curso 2/Física Quântica.mp4', 130);
  const Metadata = { 'remessa-token': 'of-somebody-else' };
  const other = { Bucket: target.bucket, Key: 'videos/video_2.mp4', Body: Buffer.alloc(1000), ContentType: 'video/mp4', Metadata };
  await target.client.send(new PutObjectCommand(other));
  await choose(app, join(folder.path, 'Aulas antigas'));
  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: /existing/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  await expect(dialog.getByTestId('count-new')).toBeVisible({ timeout: 30_000 });
  await inBoth(page, 'migration-plan');
  target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(900) : null));
  await dialog.getByRole('button', { name: /^(Send|Enviar) 5/ }).click();
  await expect(dialog.getByText(/MB\/s/)).toBeVisible({ timeout: 30_000 });
  await picture(page, 'migration-run-pt-dark', ptDark);
});

test('conflicts, a look before sending, two places at once', async ({ launch, target }) => {
  const { page } = await setUp(launch, target);
  for (const n of [3, 4]) {
    const object = { Bucket: target.bucket, Key: `videos/video_${n}.mp4`, Body: Buffer.alloc(700_000 * n), ContentType: 'video/mp4' };
    await target.client.send(new PutObjectCommand(object));
  }
  await dropFiles(page, [await lecture('video_3.mp4', 90), await lecture('video_4.mp4', 75)]);
  await expectStatus(page, 'video_3.mp4', 'failed');
  await expectStatus(page, 'video_4.mp4', 'failed');
  await rowOf(page, 'video_3.mp4').getByRole('button', { name: 'Resolve…' }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'conflict-en', en);
  await picture(page, 'conflict-pt-dark', ptDark);
  await page.keyboard.press('Escape');
  await savePreferences(page, { ...en, reviewsFirst: true });
  const files = await Promise.all([['video_21.mp4', 140], ['video_22.mp4', 88], ['Física Quântica (final).mp4', 230]].map(([name, size]) => lecture(String(name), Number(size))));
  await dropFiles(page, files);
  await expect(page.getByRole('dialog')).toBeVisible();
  await inBoth(page, 'review');
});

test('several destinations', async ({ launch, target }) => {
  const { page } = await setUp(launch, target);
  const settings = await page.evaluate(() => window.remessa.getSettings());
  const disk = settings.ok ? settings.value.destinations.find(({ destination }) => destination.kind === 'disk') : undefined;
  await page.evaluate((id) => window.remessa.copyToDestination(id), disk?.destination.id ?? null);
  target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? delayAnswer(1_500) : null));
  await dropFiles(page, [await lecture('video_7.mp4', 320), await lecture('video_8.mp4', 95)]);
  await expect(rowOf(page, 'video_7.mp4').getByText('HD da sala de aula')).toBeVisible();
  await expect(rowOf(page, 'video_7.mp4').locator('.tile-percent')).toHaveText(/\d/, { timeout: 30_000 });
  await inBoth(page, 'two-places');
  await savePreferences(page, en);
  await openSettings(page, 'Names');
  await picture(page, 'settings-names-pt', pt);
  await page.keyboard.press('Escape');
  await savePreferences(page, en);
  await openSettings(page, 'Safety');
  await picture(page, 'settings-safety-en', en);
});
