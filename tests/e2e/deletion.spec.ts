import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { blackHole } from '../support/faults.ts';
import { sha256 } from '../support/sample-video.ts';
import { clipboardText } from './app.ts';
import { expect, test } from './fixtures.ts';
import { putElsewhere } from './upkeep.ts';
import { doToRow, dropVideos, expectStatus, openCare, rowOf, saveServer } from './window.ts';

const MiB = 1024 * 1024;
const key = 'videos/video_1.mp4';

/** Asks from the row whether the video shall be deleted; the question. */
async function askFromRow(page: Page, name = 'video_1.mp4') {
  await doToRow(page, name, 'Delete at the destination…');
  return page.getByRole('dialog', { name: 'Delete video' });
}

test('from its row: what it is and what dies with it, then gone from the server, and the row remembers', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  await saveServer(page, target);
  const [video = ''] = await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB, 'video_2.mp4': 6 * MiB });
  const sum = await sha256(video);
  for (const name of ['video_1.mp4', 'video_2.mp4']) await expectStatus(page, name, 'completed');
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(() => clipboardText(app)).toContain(`/${key}?`);
  const link = await clipboardText(app);
  expect((await fetch(link)).status).toBe(200);
  const question = await askFromRow(page);
  await expect(question).toContainText(key);
  for (const fact of ['Test server', '6.3 MB', 'video/mp4', 'Remessa', '1 link stops opening']) {
    await expect(question.getByRole('definition').filter({ hasText: fact }).first()).toBeVisible();
  }
  await expect(question).toContainText('The file on this computer stays as it is. This cannot be undone.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(target.count('DeleteObject', 'video_1.mp4')).toBe(0);
  expect(await target.objectSha256(key)).toBe(sum);
  await askFromRow(page);
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question).toContainText('The server has confirmed that the video is no longer there.');
  await question.getByRole('button', { name: 'Close' }).last().click();
  await expectStatus(page, 'video_1.mp4', 'deleted');
  await expect(rowOf(page, 'video_1.mp4')).toContainText('Deleted at the destination');
  await expect(rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Copy link' })).toHaveCount(0);
  expect((await fetch(link)).status).toBe(404);
  expect(await target.objectCount()).toBe(1);
  await expectStatus(page, 'video_2.mp4', 'completed');
  expect(await sha256(video)).toBe(sum);
});

test('by name or by link: what another program sent is deleted, too, and a row of that name says so', async ({
  launch,
  target,
  profile,
}) => {
  await putElsewhere(target, 'videos/Aula 1.mp4', 'from another program');
  const { app, page } = await launch();
  await saveServer(page, target);
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
  await expectStatus(page, 'video_1.mp4', 'completed');
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(() => clipboardText(app)).toContain(`/${key}?`);
  const link = await clipboardText(app);
  const care = await openCare(page, 'Test server', 'Delete a video');
  const field = care.getByLabel('Name at the destination');
  const question = page.getByRole('dialog', { name: 'Delete video' });
  // Capitals count.
  await field.fill('videos/aula 1.mp4');
  await care.getByRole('button', { name: 'Look' }).click();
  await expect(question).toContainText('The video did not show up: there is no such video');
  await expect(question.getByRole('button', { name: 'Delete video' })).toHaveCount(0);
  await question.getByRole('button', { name: 'Close' }).last().click();
  await field.fill('videos/Aula 1.mp4');
  await care.getByRole('button', { name: 'Look' }).click();
  await expect(question).toContainText('another program');
  await expect(question).toContainText('20 bytes');
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question).toContainText('The server has confirmed');
  await question.getByRole('button', { name: 'Close' }).last().click();
  await expect(field).toHaveValue('');
  expect(await target.objectCount()).toBe(1);
  await field.fill(link);
  await expect(care.getByText(key, { exact: true })).toBeVisible();
  await care.getByRole('button', { name: 'Look' }).click();
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question).toContainText('The server has confirmed');
  expect(await target.objectCount()).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expectStatus(page, 'video_1.mp4', 'deleted');
});

test('what has changed is shown as it is now; what is gone cannot be deleted', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await saveServer(page, target);
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
  await expectStatus(page, 'video_1.mp4', 'completed');
  await putElsewhere(target, key, 'the version of somebody else');
  const question = await askFromRow(page);
  await expect(question).toContainText('28 bytes');
  await expect(question).toContainText('another program');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await target.objectCount()).toBe(1);
  await target.deleteObject(key);
  await askFromRow(page);
  await expect(question).toContainText('The video did not show up: there is no such video');
  await expect(question.getByRole('button', { name: 'Delete video' })).toHaveCount(0);
  await question.getByRole('button', { name: 'Close' }).last().click();
  expect(target.count('DeleteObject', 'video_1.mp4')).toBe(0);
});

test('between the look and the yes: one that another takes the place of is shown anew, one that goes is missed', async ({
  launch,
  target,
}) => {
  await putElsewhere(target, key, 'a video');
  const { page } = await launch();
  await saveServer(page, target);
  const care = await openCare(page, 'Test server', 'Delete a video');
  await care.getByLabel('Name at the destination').fill(key);
  await care.getByRole('button', { name: 'Look' }).click();
  const question = page.getByRole('dialog', { name: 'Delete video' });
  await expect(question).toContainText('7 bytes');
  await putElsewhere(target, key, 'a better version');
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question.getByRole('alert')).toContainText('The video was not deleted: another video has taken its place');
  await expect(question).toContainText('16 bytes');
  expect([await target.objectCount(), target.count('DeleteObject', 'video_1.mp4')]).toEqual([1, 0]);
  await target.deleteObject(key);
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question).toContainText('The video was not deleted: there is no such video');
  // Seen, it may go.
  await putElsewhere(target, key, 'the version after that');
  await question.getByRole('button', { name: 'Close' }).first().click();
  await care.getByRole('button', { name: 'Look' }).click();
  await expect(question).toContainText('22 bytes');
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question).toContainText('The server has confirmed');
  expect(await target.objectCount()).toBe(0);
});

test.describe('a key that may not delete', () => {
  test.use({ server: { refuses: ['DeleteObject'] } });

  test('is told so, with the way to another key; the video, its row and its link stay', async ({ launch, target, profile }) => {
    const { app, page } = await launch();
    await saveServer(page, target);
    const [video = ''] = await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
    await expectStatus(page, 'video_1.mp4', 'completed');
    const question = await askFromRow(page);
    await question.getByRole('button', { name: 'Delete video' }).click();
    const refusal = question.getByRole('alert');
    await expect(refusal).toContainText('The video was not deleted: the key has no permission');
    await expect(refusal).toContainText('Change the permission or the key.');
    expect(await target.objectSha256(key)).toBe(await sha256(video));
    await refusal.getByRole('button', { name: 'Change the key' }).click();
    const form = page.getByRole('dialog', { name: 'Edit “Test server”' });
    await expect(form.getByLabel('Secret access key', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(form).toBeHidden();
    // Still there, for another try with the other key.
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expectStatus(page, 'video_1.mp4', 'completed');
    await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => clipboardText(app)).toContain(`/${key}?`);
    const answer = await fetch(await clipboardText(app));
    expect(Buffer.from(await answer.arrayBuffer()).equals(await readFile(video))).toBe(true);
  });
});

test.describe('a bucket that keeps versions', () => {
  test.use({ server: { rules: 'aws', keepsVersions: true } });

  test('only hides what is deleted, and the row says that', async ({ launch, target, profile }) => {
    const { page } = await launch();
    await saveServer(page, target);
    await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
    await expectStatus(page, 'video_1.mp4', 'completed');
    const question = await askFromRow(page);
    await question.getByRole('button', { name: 'Delete video' }).click();
    await expect(question).toContainText('Hidden, not erased');
    await expect(question).toContainText('Only who looks after the bucket can erase the version.');
    await question.getByRole('button', { name: 'Close' }).last().click();
    await expect(rowOf(page, 'video_1.mp4')).toContainText('Hidden at the destination, not erased');
    expect(await target.objectCount()).toBe(0);
  });
});

test('a name that one of our uploads is on its way to is left alone', async ({ launch, target, profile }) => {
  await putElsewhere(target, 'videos/video_2.mp4', 'a video');
  const { page } = await launch();
  await saveServer(page, target);
  target.proxy.setDecide(({ operation }) => (operation === 'UploadPart' ? blackHole() : null));
  await dropVideos(page, profile, { 'video_1.mp4': 72 * MiB });
  await expect.poll(() => target.unfinishedUploads()).toBe(1);
  await putElsewhere(target, key, 'an older version');
  const care = await openCare(page, 'Test server', 'Delete a video');
  await care.getByLabel('Name at the destination').fill(key);
  await care.getByRole('button', { name: 'Look' }).click();
  const question = page.getByRole('dialog', { name: 'Delete video' });
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question).toContainText('The video was not deleted: one of your uploads is using it');
  await expect(question).toContainText('Cancel that upload in the list instead.');
  expect(target.count('DeleteObject', 'video_1.mp4')).toBe(0);
  expect(await target.objectCount()).toBe(2);
});

test('em português: apagar no destino, com a pergunta, e o arquivo daqui fica', async ({ launch, target, profile }) => {
  const { page } = await launch({ language: 'pt-BR' });
  await saveServer(page, target);
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
  await expectStatus(page, 'video_1.mp4', 'completed');
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: /^Apagar/ }).click();
  const question = page.getByRole('dialog', { name: 'Apagar vídeo' });
  await expect(question).toContainText('Ele some do destino para todos. O arquivo neste computador não muda.');
  await question.getByRole('button', { name: 'Apagar vídeo' }).click();
  await expect(question).toContainText('O servidor confirmou que o vídeo não está mais lá.');
  await question.getByRole('button', { name: 'Fechar' }).last().click();
  await expect(rowOf(page, 'video_1.mp4')).toContainText('Apagado do destino');
  expect(await target.objectCount()).toBe(0);
  expect((await readFile(join(profile, 'video_1.mp4'))).length).toBe(6 * MiB);
});
