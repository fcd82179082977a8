import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import { clipboardText, dropFiles, homeOf } from './app.ts';
import { choose, watchFileManager } from './dialogs.ts';
import { expect, test } from './fixtures.ts';
import { doToRow, dropVideos, expectStatus, openSettings, rowOf, statusOf, untilSent } from './window.ts';

const MiB = 1024 * 1024;
const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

test('without an account: what is dropped is kept on this computer, verified, and its path is the link', async ({
  launch,
  profile,
}) => {
  const { app, page } = await launch();
  await expect(page.getByTestId('first-run')).toContainText('they are kept on this computer');
  const [video = ''] = await dropVideos(page, profile, { 'video_5_simple.mp4': 6 * MiB });
  await expect(rowOf(page, 'video_5_simple.mp4')).toContainText('Sent and verified');
  await expect(page.getByRole('button', { name: 'Destination: This computer, ready' })).toBeVisible();
  await rowOf(page, 'video_5_simple.mp4').getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByTestId('toast')).toContainText('Path copied');
  await expect(page.getByTestId('toast')).toContainText('has no public address');
  const path = await clipboardText(app);
  test.skip(process.platform !== 'linux', 'elsewhere the system says where videos are');
  expect(path).toBe(join(homeOf(profile), 'Videos', 'Remessa', 'videos', 'video_5.mp4'));
  expect(await sha256(path)).toBe(await sha256(video));
  const shown = await watchFileManager(app);
  await doToRow(page, 'video_5_simple.mp4', 'Show in folder');
  await expect.poll(shown).toEqual([path]);
});

test('em português: o que se solta fica neste computador', async ({ launch, profile }) => {
  const { page } = await launch({ language: 'pt-BR' });
  await expect(page.getByTestId('first-run')).toContainText('ficam neste computador');
  const notes = join(profile, 'notas.mp4');
  await writeFile(notes, 'lembrar de gravar a aula 6');
  await dropFiles(page, [await makeVideo(join(profile, 'video_5.mp4'), 6 * MiB), notes]);
  await expect(page.getByTestId('toast')).toContainText('notas.mp4: não é um vídeo MP4');
  await expect(rowOf(page, 'video_5.mp4')).toContainText('Enviado e conferido');
  await expect(page.getByRole('button', { name: 'Destino: Este computador, pronto' })).toBeVisible();
});

test('a folder becomes a destination: chosen in the system’s dialog, tried, named, and used', async ({ launch, profile }) => {
  const { app, page } = await launch();
  const folder = join(profile, 'HD Externo', 'vídeos');
  await mkdir(folder, { recursive: true });
  const other = page.getByRole('button', { name: 'Choose another folder or disk…' });
  await choose(app);
  await other.click();
  await expect(page.getByTestId('first-run')).toContainText('Where should videos go?');
  await choose(app, folder);
  await other.click();
  await expect(page.getByText(folder, { exact: true })).toBeVisible();
  await expect(page.getByText(/^[\d.,]+ [GT]B free$/)).toBeVisible();
  await page.getByRole('button', { name: 'Test folder' }).click();
  await expect(page.getByText('The folder is ready')).toBeVisible();
  // Trying leaves nothing behind.
  expect(await readdir(folder)).toEqual([]);
  await page.getByLabel('Name in Remessa').fill('HD Externo');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('toast')).toContainText('“HD Externo” is ready');
  await expect(page.getByRole('button', { name: 'Destination: HD Externo, ready' })).toBeVisible();
  const [video = ''] = await dropVideos(page, profile, { 'video_6.mp4': 6 * MiB });
  await expectStatus(page, 'video_6.mp4', 'completed');
  expect(await sha256(join(folder, 'videos', 'video_6.mp4'))).toBe(await sha256(video));
  // A web server may show the folder: then the link is one that anybody opens.
  const settings = await openSettings(page, 'Destinations');
  await settings.getByRole('button', { name: 'Edit HD Externo' }).click();
  const form = page.getByRole('dialog', { name: 'Edit “HD Externo”' });
  await form.getByLabel(/^Public address/).fill('https://videos.example.com');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await rowOf(page, 'video_6.mp4').getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(() => clipboardText(app)).toBe('https://videos.example.com/videos/video_6.mp4');
});

test('SIGKILL in the middle of a copy: the next start finishes it, byte for byte', async ({ launch, profile }) => {
  const size = 480 * MiB;
  const first = await launch();
  await first.page.getByRole('button', { name: /^This computer/ }).click();
  await expect(first.page.getByTestId('drop-zone')).toBeVisible();
  const [video = ''] = await dropVideos(first.page, profile, { 'video_7.mp4': size });
  const folder = join(homeOf(profile), 'Videos', 'Remessa');
  test.skip(process.platform !== 'linux', 'elsewhere the system says where videos are');
  await untilSent(first.page, 60 * MiB);
  await first.kill();
  expect(await isThere(join(folder, 'videos', 'video_7.mp4'))).toBe(false);
  expect(await readdir(join(folder, '.remessa', 'uploads'))).toHaveLength(1);
  const { page } = await launch();
  await expect.poll(() => statusOf(page), { timeout: 30_000 }).toBe('completed');
  expect(await sha256(join(folder, 'videos', 'video_7.mp4'))).toBe(await sha256(video));
  expect(await readdir(join(folder, '.remessa', 'uploads'))).toEqual([]);
});
