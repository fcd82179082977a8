import { access, mkdtemp, readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AsyncEntry } from '@napi-rs/keyring';
import { sha256 } from '../support/sample-video.ts';
import { type S3Target, openTarget } from '../support/s3-target.ts';
import { type RunningApp, homeOf, launchApp, newProfile } from './app.ts';
import { expect, test } from './fixtures.ts';
import { doToRow, dropVideos, expectStatus, openSettings, rowOf, savePreferences, saveServer, slowParts } from './window.ts';

const MiB = 1024 * 1024;
/** A destination has to be down, and a file has to lie there, for a minute: longer than that, on a busy machine. */
const aMinute = 100_000;
/** Where the one app that ran in this home keeps its copies. */
async function holdingFolderOf(profile: string): Promise<string> {
  const guarded = join(homeOf(profile), 'Videos', 'Remessa Guardados');
  const [whose, ...others] = await readdir(guarded);
  expect(others).toEqual([]);
  return join(guarded, whose ?? '');
}
const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/**
 * What Remessa does by itself after a minute. All of it is set up at once, so that the minute is waited for once: a
 * destination that is down and one that is up, files beside a trash and on a volume without one.
 */
test.describe('after a minute', () => {
  test.skip(process.platform !== 'linux', 'homes, and volumes without a trash, are made on Linux only');
  test.describe.configure({ timeout: 180_000 });
  const held = ['video_11.mp4', 'video_12.mp4', 'video_13.mp4'];
  let profile: Awaited<ReturnType<typeof newProfile>>;
  let running: RunningApp;
  let up: S3Target;
  let down: S3Target;
  let withoutTrash: string;
  let originals: readonly string[];
  let sums: readonly string[];

  test.beforeAll(async () => {
    profile = await newProfile();
    up = await openTarget();
    down = await openTarget();
    // The system keeps no trash on volumes of its own.
    withoutTrash = await mkdtemp('/dev/shm/remessa-');
    running = await launchApp({ profile: profile.path, env: { XDG_DATA_HOME: join(profile.path, 'data') } });
    const { page } = running;
    await saveServer(page, up, { name: 'Up' });
    await saveServer(page, down, { name: 'Down' });
    await savePreferences(page, { filesInParallel: 1 });
    const settings = await openSettings(page, 'Safety');
    await expect(settings).toContainText(`The copies are kept in ${join(homeOf(profile.path), 'Videos', 'Remessa Guardados')}`);
    await settings.getByRole('button', { name: /Keep videos safe/ }).click();
    await page.getByRole('option', { name: 'After 1 min' }).click();
    await settings.getByText('Go to the trash at once').click();
    await page.keyboard.press('Escape');
    await dropVideos(page, profile.path, { 'video_1.mp4': 6 * MiB }, 'Up');
    await dropVideos(page, withoutTrash, { 'video_2.mp4': 6 * MiB }, 'Up');
    await expectStatus(page, 'video_2.mp4', 'completed');
    await down.proxy.offline(true);
    originals = await dropVideos(page, profile.path, Object.fromEntries(held.map((name) => [name, 6 * MiB])));
    sums = await Promise.all(originals.map(sha256));
    await expect(rowOf(page, 'video_11.mp4')).toContainText('Waiting for the internet');
  });
  test.afterAll(async () => {
    await running.kill();
    await up.stop();
    await down.stop();
    await rm(withoutTrash, { recursive: true, force: true });
    await profile.remove();
  });

  test('a destination that stays down: the videos are kept safe, and sent from there, the oldest first', async () => {
    const { page } = running;
    for (const name of held) {
      await expect(rowOf(page, name)).toContainText('Kept safe on this computer.', { timeout: aMinute });
    }
    const folder = await holdingFolderOf(profile.path);
    const copies = await readdir(folder);
    expect(copies).toHaveLength(3);
    expect(new Set(await Promise.all(copies.map((name) => sha256(join(folder, name)))))).toEqual(new Set(sums));
    // The originals may go.
    await Promise.all(originals.map((path) => unlink(path)));
    await down.proxy.offline(false);
    for (const name of held) await expectStatus(page, name, 'completed');
    const sent = await Promise.all(held.map((name) => down.objectSha256(`videos/${name}`)));
    expect(sent).toEqual(sums);
    const order = down.requests().filter(({ operation, path }) => operation === 'PutObject' && path.includes('/video_'));
    expect(order.map(({ path }) => path.split('/').at(-1))).toEqual(held);
    await expect.poll(() => readdir(folder)).toEqual([]);
  });

  test('a verified file goes to the trash, from where a person can take it back', async () => {
    const { page } = running;
    const row = rowOf(page, 'video_1.mp4');
    await expect(row).toContainText('The file on this computer went to the trash.', { timeout: aMinute });
    expect(await isThere(join(profile.path, 'video_1.mp4'))).toBe(false);
    const inTrash = join(profile.path, 'data', 'Trash', 'files', 'video_1.mp4');
    expect(await sha256(inTrash)).toBe(await up.objectSha256('videos/video_1.mp4'));
  });

  test('where there is no trash, nothing is deleted before a person has said so', async () => {
    const { page } = running;
    const path = join(withoutTrash, 'video_2.mp4');
    const row = rowOf(page, 'video_2.mp4');
    await expect(row).toContainText('this disk has no trash: you decide', { timeout: aMinute });
    expect(await isThere(path)).toBe(true);
    const question = page.getByRole('alertdialog', { name: 'Delete “video_2.mp4” from this computer?' });
    await doToRow(page, 'video_2.mp4', 'Delete the file here…');
    await question.getByRole('button', { name: 'Keep the file' }).click();
    expect(await isThere(path)).toBe(true);
    await doToRow(page, 'video_2.mp4', 'Delete the file here…');
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await expect(page.getByTestId('toast')).toContainText('“video_2.mp4” was deleted from this computer');
    await expect(row).toContainText('The file on this computer was deleted.');
    expect(await isThere(path)).toBe(false);
    expect(await up.objectCount()).toBe(2);
  });
});

test('em português: sem a chave, o vídeo é guardado na hora, e segue quando a chave é digitada', async ({
  launch,
  target,
  profile,
}) => {
  const first = await launch();
  const id = await saveServer(first.page, target);
  slowParts(target);
  const [video = ''] = await dropVideos(first.page, profile, { 'video_7.mp4': 72 * MiB });
  await expect.poll(() => target.unfinishedUploads()).toBe(1);
  await first.kill();
  const sum = await sha256(video);
  // Somebody has tidied up the keychain.
  await new AsyncEntry('Remessa', id).deletePassword();
  const { page } = await launch({ language: 'pt-BR' });
  await expect(rowOf(page, 'video_7.mp4')).toContainText('Guardado neste computador.');
  await unlink(video);
  const banner = page.getByTestId('banner');
  await banner.getByRole('button', { name: 'Trocar a chave' }).click();
  const form = page.getByRole('dialog');
  const { accessKeyId, secretAccessKey } = target.open().credentials;
  await form.getByLabel('Chave de acesso (ID)').fill(accessKeyId);
  await form.getByLabel('Chave secreta', { exact: true }).fill(secretAccessKey);
  await form.getByRole('button', { name: 'Salvar', exact: true }).click();
  target.proxy.setDecide(() => null);
  await expectStatus(page, 'video_7.mp4', 'completed');
  expect(await target.objectSha256('videos/video_7.mp4')).toBe(sum);
  expect(target.count('CreateMultipartUpload', 'video_7.mp4')).toBe(1);
});
