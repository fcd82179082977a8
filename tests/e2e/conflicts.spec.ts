import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import type { ConflictRule } from '../../shared/upload.ts';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import type { S3Target } from '../support/s3-target.ts';
import { clipboardText, dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { doToRow, dropVideos, expectStatus, openSettings, rowOf, saveServer } from './window.ts';

const MiB = 1024 * 1024;

async function putThere(target: S3Target, name: string, body: Uint8Array | string = 'another video'): Promise<string> {
  const Key = `videos/${name}`;
  await target.client.send(new PutObjectCommand({ Bucket: target.bucket, Key, Body: body, ContentType: 'video/mp4' }));
  return target.objectSha256(Key);
}

/** Says in the settings what happens when a video of that name is there. */
async function chooseRule(page: Page, text: string): Promise<void> {
  const settings = await openSettings(page, 'Names');
  await settings.getByText(text, { exact: true }).click();
  await expect(settings.getByRole('radio', { name: text })).toBeChecked();
  await page.keyboard.press('Escape');
}

const rules: ReadonlyArray<readonly [Exclude<ConflictRule, 'ask' | 'compare'>, string]> = [
  ['skip', 'Do not send'],
  ['replace', 'Replace'],
  ['rename', 'Send under another name'],
];

for (const [rule, text] of rules) {
  test(`the rule “${text}” is done without asking`, async ({ launch, target, profile }) => {
    const { page } = await launch();
    await saveServer(page, target);
    const before = await putThere(target, 'video_1.mp4');
    await chooseRule(page, text);
    const [video = ''] = await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
    await expectStatus(page, 'video_1.mp4', rule === 'skip' ? 'skipped' : 'completed');
    const there = await target.objectSha256('videos/video_1.mp4');
    const ours = await sha256(video);
    const row = rowOf(page, 'video_1.mp4');
    if (rule === 'replace') return expect(there).toBe(ours);
    expect(there).toBe(before);
    if (rule === 'skip') {
      await expect(row).toContainText('Not sent: a video with this name exists');
      expect(await target.objectCount()).toBe(1);
    } else {
      await expect(row).toContainText('The name was taken at the destination; this video got another one.');
      expect(await target.objectSha256('videos/video_1-2.mp4')).toBe(ours);
    }
  });
}

test('the rule “Compare”: the same video has its link without a byte, another one asks', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  await saveServer(page, target);
  const same = await makeVideo(join(profile, 'video_1.mp4'), 6 * MiB);
  const other = await makeVideo(join(profile, 'video_2.mp4'), 6 * MiB);
  await putThere(target, 'video_1.mp4', await readFile(same));
  const before = await putThere(target, 'video_2.mp4', await readFile(same));
  await chooseRule(page, 'Compare');
  await dropFiles(page, [same, other]);
  await expectStatus(page, 'video_1.mp4', 'completed');
  await expect(rowOf(page, 'video_1.mp4')).toContainText('was there already');
  await expectStatus(page, 'video_2.mp4', 'failed');
  await expect(rowOf(page, 'video_2.mp4')).toContainText('a video with this name already exists');
  const sending = ['PutObject', 'CreateMultipartUpload'];
  const sent = target.requests().filter(({ operation, path }) => sending.includes(operation) && path.includes('/video_'));
  expect(sent).toEqual([]);
  expect(await target.objectSha256('videos/video_2.mp4')).toBe(before);
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(() => clipboardText(app)).toContain('/videos/video_1.mp4?');
});

test('asking: what is there stands beside what would come, and one answer settles all of them', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  const names = ['video_1.mp4', 'video_2.mp4', 'video_3.mp4'];
  const before = await Promise.all(names.map((name) => putThere(target, name)));
  await dropVideos(page, profile, Object.fromEntries(names.map((name) => [name, 6 * MiB])));
  for (const name of names) await expectStatus(page, name, 'failed');
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Resolve…' }).click();
  const question = page.getByRole('dialog', { name: 'A video with this name already exists' });
  await expect(question).toContainText('6.3 MB');
  await expect(question).toContainText('13 bytes');
  await expect(question).toContainText('At Test server');
  // Nothing is lost by the answer that stands there.
  await expect(question.getByRole('radio', { name: /^Compare first/ })).toBeChecked();
  await question.getByText('Do the same with the other 2 videos').click();
  await question.getByRole('button', { name: 'Compare' }).click();
  await expect(question).toBeHidden();
  // They are not the same, which a comparison finds out by their sizes: a person has to say.
  for (const name of names) await expectStatus(page, name, 'failed');
  await rowOf(page, 'video_2.mp4').getByRole('button', { name: 'Resolve…' }).click();
  await question.getByText('Keep both', { exact: true }).click();
  await question.getByText('Do the same with the other 2 videos').click();
  await question.getByRole('button', { name: 'Keep both' }).click();
  for (const name of names) await expectStatus(page, name, 'completed');
  const after = await Promise.all(names.map((name) => target.objectSha256(`videos/${name}`)));
  expect(after).toEqual(before);
  for (const n of [1, 2, 3]) {
    expect(await target.objectSha256(`videos/video_${n}-2.mp4`)).toBe(await sha256(join(profile, `video_${n}.mp4`)));
  }
});

test('what was not sent can still be sent: the skipped row is asked again', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await saveServer(page, target);
  const video = await makeVideo(join(profile, 'video_1.mp4'), 6 * MiB);
  await putThere(target, 'video_1.mp4', await readFile(video));
  await dropFiles(page, [video]);
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Resolve…' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('Do not send', { exact: true }).first().click();
  await question.getByRole('button', { name: 'Do not send' }).click();
  await expectStatus(page, 'video_1.mp4', 'skipped');
  // Compared after all: it was this very video.
  await rowOf(page, 'video_1.mp4').getByRole('button', { name: 'Resolve…' }).click();
  await question.getByRole('button', { name: 'Compare' }).click();
  await expectStatus(page, 'video_1.mp4', 'completed');
  await expect(rowOf(page, 'video_1.mp4')).toContainText('was there already');
  await doToRow(page, 'video_1.mp4', /Remove from list/);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove from list' }).click();
  await expect(page.getByRole('row')).toHaveCount(0);
});

test('em português: já existe um vídeo com este nome', async ({ launch, target, profile }) => {
  const { page } = await launch({ language: 'pt-BR' });
  await saveServer(page, target);
  await putThere(target, 'video_9.mp4');
  await dropVideos(page, profile, { 'video_9.mp4': 5 * MiB });
  await expect(rowOf(page, 'video_9.mp4')).toContainText('já existe um vídeo com este nome');
  await rowOf(page, 'video_9.mp4').getByRole('button', { name: 'Resolver…' }).click();
  await expect(page.getByRole('dialog')).toContainText('Comparar primeiro');
});
