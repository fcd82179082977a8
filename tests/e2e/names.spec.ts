import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeVideo } from '../support/sample-video.ts';
import { dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { dropVideos, expectStatus, openSettings, rowOf, saveServer, uploads } from './window.ts';

const MiB = 1024 * 1024;

test('the rule for names shows what comes out of it while it is typed, and holds for the next video', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  const settings = await openSettings(page, 'Names');
  const rule = settings.getByLabel('Name at the destination');
  const preview = settings.getByRole('region', { name: 'What comes out' });
  await expect(preview).toContainText('videos/video_5.mp4');
  await rule.fill('aulas/{slug}.mp4');
  await expect(preview).toContainText('aulas/video-5-simple.mp4');
  await expect(preview).toContainText('aulas/aula-12-introducao-a-celula.mp4');
  await rule.fill('aulas/{nome}.mp4');
  await expect(settings.getByText('Only the words below may stand between braces.')).toBeVisible();
  const holding = settings.getByRole('region', { name: 'Until then this holds' });
  await expect(holding).toContainText('aulas/video-5-simple.mp4');
  await rule.fill('aulas/{yyyy}.mp4');
  await expect(settings.getByText(/All videos would have the same name/)).toBeVisible();
  await rule.fill('aulas/.mp4');
  await rule.press('ArrowLeft');
  for (let letters = '.mp4'.length; letters > 1; letters -= 1) await rule.press('ArrowLeft');
  await settings.getByRole('button', { name: '{id} the video’s number' }).click();
  await expect(rule).toHaveValue('aulas/{id}.mp4');
  await expect(rule).toBeFocused();
  await expect(preview).toContainText('aulas/5.mp4');
  await page.keyboard.press('Escape');
  await dropVideos(page, profile, { 'video_7_final.mp4': 6 * MiB });
  await expectStatus(page, 'video_7_final.mp4', 'completed');
  expect((await uploads(page)).map(({ key }) => key)).toEqual(['aulas/7.mp4']);
  expect((await target.head('aulas/7.mp4')).type).toBe('video/mp4');
});

test('a list of ids is dropped with its videos: their names come from it, until it is put away', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  const list = join(profile, 'aulas.csv');
  await writeFile(list, '\uFEFFpath;id;key\nintro.mp4;101;\nfim.mp4;;curso/fim.mp4\n');
  const names = ['intro.mp4', 'fim.mp4', 'sem_linha.mp4'];
  const videos = await Promise.all(names.map((name) => makeVideo(join(profile, name), 6 * MiB)));
  await dropFiles(page, [list, ...videos]);
  const notice = page.getByTestId('key-map');
  await expect(notice).toContainText('Names come from “aulas.csv” (2 rows)');
  for (const name of names) await expectStatus(page, name, 'completed');
  const [first, second, third = ''] = (await uploads(page)).map(({ key }) => key);
  expect([first, second]).toEqual(['videos/video_101.mp4', 'curso/fim.mp4']);
  // Without a row and without a number in its name it gets a code.
  expect(third).toMatch(/^videos\/video_[0-9a-z]{10}\.mp4$/);
  await notice.getByRole('button', { name: 'Stop using it' }).click();
  await expect(notice).toBeHidden();
});

test('looked at first: nothing is sent, an id is typed, a name is changed, and then they go', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  const sizes = { 'video_1.mp4': 6 * MiB, 'video_2.mp4': 6 * MiB, 'gravação.mp4': 6 * MiB };
  await dropVideos(page, profile, sizes, 'Review first');
  const review = page.getByRole('dialog', { name: 'Review before sending' });
  await expect(review).toContainText('3 videos · 18.9 MB');
  const seen = target.requests().length;
  const keyOf = (name: string) => review.getByRole('textbox', { name: `Name at the destination of ${name}` });
  await expect(keyOf('video_1.mp4')).toHaveValue('videos/video_1.mp4');
  const id = review.getByRole('textbox', { name: 'ID of gravação.mp4' });
  await id.fill(' Célula 12 ');
  await id.press('Enter');
  await expect(keyOf('gravação.mp4')).toHaveValue('videos/video_Celula-12.mp4');
  await keyOf('video_2.mp4').fill('videos/video_1.mp4');
  await keyOf('video_2.mp4').press('Enter');
  await expect(review).toContainText('Another video in the list already uses this name.');
  await expect(review.getByRole('button', { name: 'Send 3 videos' })).toBeDisabled();
  await keyOf('video_2.mp4').fill('curso/abertura.mp4');
  await keyOf('video_2.mp4').press('Enter');
  await expect.poll(async () => (await uploads(page)).map(({ key }) => key)).toEqual([
    'videos/video_1.mp4',
    'curso/abertura.mp4',
    'videos/video_Celula-12.mp4',
  ]);
  expect((await uploads(page)).map(({ status }) => status)).toEqual(['paused', 'paused', 'paused']);
  expect(target.requests().slice(seen)).toEqual([]);
  await review.getByRole('button', { name: 'Send 3 videos' }).click();
  for (const name of Object.keys(sizes)) await expectStatus(page, name, 'completed');
  await target.head('curso/abertura.mp4');
  await target.head('videos/video_Celula-12.mp4');
  expect(await target.objectCount()).toBe(3);
});

test('em português: com a revisão ligada nos ajustes, nada vai sem uma palavra', async ({ launch, target, profile }) => {
  const { page } = await launch({ language: 'pt-BR' });
  await saveServer(page, target);
  await page.getByRole('button', { name: 'Ajustes' }).click();
  await page.getByRole('tab', { name: 'Nomes' }).click();
  await page.getByText('Mostrar nomes e custo antes de enviar').click();
  await page.keyboard.press('Escape');
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB, 'video_2.mp4': 6 * MiB });
  const review = page.getByRole('dialog', { name: 'Conferir antes de enviar' });
  await expect(review).toContainText('2 vídeos · 12,6 MB');
  await review.getByRole('button', { name: 'Deixar pausados' }).click();
  await expect(rowOf(page, 'video_1.mp4')).toHaveAttribute('data-status', 'paused');
  expect(await target.objectCount()).toBe(0);
});
