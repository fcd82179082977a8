import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { delayAnswer, respondError } from '../support/faults.ts';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import { choose, saveAs } from './dialogs.ts';
import { expect, test } from './fixtures.ts';
import { saveServer } from './window.ts';

const MiB = 1024 * 1024;

async function openMigration(page: Page, words = { more: 'More ways to add', entry: /existing videos/i }) {
  await page.getByRole('button', { name: words.more }).click();
  await page.getByRole('menuitem', { name: words.entry }).click();
  return page.getByRole('dialog');
}

async function oldVideo(folder: string, path: string, size: number): Promise<string> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  return makeVideo(join(folder, path), size);
}

test('a folder of old videos: plan, run, list; the second plan finds nothing to send', async ({ launch, target, profile }) => {
  const old = join(profile, 'old videos');
  const big = await oldVideo(old, 'course 1/video_1.mp4', 14 * MiB);
  for (let n = 2; n <= 9; n += 1) await oldVideo(old, `course ${n % 3}/video_${n}.mp4`, 80_000 + n);
  await writeFile(join(old, 'broken.mp4'), 'this is no video at all, whatever its name says');
  const { app, page } = await launch();
  await saveServer(page, target, { publicBaseUrl: 'https://videos.example' });
  await choose(app, old);
  await saveAs(app, join(profile, 'list.csv'));
  const dialog = await openMigration(page);
  await expect(dialog.getByRole('button', { name: 'Make the plan' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await expect(dialog.getByText('old videos')).toBeVisible();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  await expect(dialog.getByTestId('count-new')).toContainText('9');
  await expect(dialog.getByTestId('count-invalid')).toContainText('1');
  await expect(dialog.getByText('Not possible · not an MP4 video')).toBeVisible();
  expect(await target.objectCount()).toBe(0);
  await dialog.getByRole('button', { name: /^Send 9 videos/ }).click();
  await expect(dialog.getByRole('status')).toContainText('9 videos are there and checked. 1 video needs a look.', { timeout: 60_000 });
  expect(await target.objectSha256('videos/video_1.mp4')).toBe(await sha256(big));
  await dialog.getByRole('button', { name: 'Save list (CSV)…' }).click();
  await expect(page.getByText('list.csv saved')).toBeVisible();
  expect(await readFile(join(profile, 'list.csv'), 'utf8')).toContain(
    '1,course 1/video_1.mp4,videos/video_1.mp4,https://videos.example/videos/video_1.mp4,sent',
  );
  const sent = target.receivedPartBytes();
  await dialog.getByRole('button', { name: 'Another plan' }).click();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  await expect(dialog.getByText('Nothing to send')).toBeVisible();
  await expect(dialog.getByText(/^1 video stays as it is/)).toBeVisible();
  await expect(dialog.getByTestId('count-same')).toContainText('9');
  expect(target.receivedPartBytes()).toBe(sent);
});

test('from one destination to another: said in the window, killed, and gone on with by itself', async ({ launch, target, profile }) => {
  const old = join(profile, 'old');
  const hashes = new Map<string, string>();
  for (const n of [1, 2, 3]) hashes.set(`video_${n}.mp4`, await sha256(await oldVideo(old, `video_${n}.mp4`, 17 * MiB + n)));
  const first = await launch();
  await first.page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(first.page.getByTestId('drop-zone')).toBeVisible();
  await choose(first.app, old);
  const dialog = await openMigration(first.page);
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  await dialog.getByRole('button', { name: /^Send 3 videos/ }).click();
  await expect(dialog.getByRole('status')).toContainText('3 videos are there', { timeout: 60_000 });
  await first.page.keyboard.press('Escape');

  await saveServer(first.page, target);
  target.proxy.setDecide(({ operation, partNumber = 0 }) => (operation === 'UploadPart' && partNumber > 1 ? delayAnswer(4_000) : null));
  const again = await openMigration(first.page);
  await again.getByRole('button', { name: 'Another plan' }).click();
  await again.getByRole('button', { name: /^Practice bucket To/ }).click();
  await first.page.getByRole('option', { name: 'Test server' }).click();
  await again.getByText('Another destination', { exact: true }).click();
  await again.getByRole('button', { name: 'Make the plan' }).click();
  await expect(again.getByTestId('count-new')).toContainText('3');
  await again.getByRole('button', { name: /^Send 3 videos/ }).click();
  await expect(again.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect.poll(() => target.count('CreateMultipartUpload')).toBeGreaterThan(0);
  await first.page.keyboard.press('Escape');
  await expect(first.page.getByTestId('migration-notice')).toContainText('Bringing in videos: 0 of 3');
  await first.kill();

  target.proxy.setDecide(() => null);
  const second = await launch();
  await expect.poll(() => target.objectCount(), { timeout: 60_000 }).toBe(3);
  for (const [name, hash] of hashes) expect(await target.objectSha256(`videos/${name}`)).toBe(hash);
  await expect(second.page.getByTestId('migration-notice')).toBeHidden();
  const end = await openMigration(second.page);
  await expect(end.getByRole('status')).toContainText('3 videos are there and checked.');
});

test('em português: a chave recusada, o motivo e o botão', async ({ launch, target, profile }) => {
  const old = join(profile, 'antigos');
  await oldVideo(old, 'video_1.mp4', 80_000);
  const { app, page } = await launch({ language: 'pt-BR' });
  await saveServer(page, target);
  await choose(app, old);
  // The answer to a HEAD has no words; another request says that it is the key.
  target.proxy.setDecide(({ operation }) =>
    operation === 'HeadObject' || operation === 'ListMultipartUploads' ? respondError(403, 'InvalidAccessKeyId') : null,
  );
  const dialog = await openMigration(page, { more: 'Outras formas de adicionar', entry: /já existem/ });
  await dialog.getByRole('button', { name: 'Escolher pasta…' }).click();
  await dialog.getByRole('button', { name: 'Fazer o plano' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Não foi possível fazer o plano: a chave de acesso foi recusada', { timeout: 30_000 });
  await expect(dialog.getByRole('button', { name: 'Trocar a chave' })).toBeVisible();
});
