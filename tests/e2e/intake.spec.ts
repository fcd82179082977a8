import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { keyProblem } from '../../shared/object-key.ts';
import { letRest, makeVideo, sha256 } from '../support/sample-video.ts';
import { dropFiles } from './app.ts';
import { choose } from './dialogs.ts';
import { expect, test } from './fixtures.ts';
import { dropVideos, expectStatus, rowOf, savePreferences, saveFolder, saveServer, uploads } from './window.ts';

const MiB = 1024 * 1024;
const sample = fileURLToPath(new URL('../support/sample.mp4', import.meta.url));
const copyOfSample = async (path: string): Promise<string> => {
  await copyFile(sample, path);
  return letRest(path);
};

test('a folder with 300 videos in folders: all of them come in and arrive, what is no video stays out', async ({
  launch,
  profile,
}) => {
  const { app, page } = await launch();
  const folder = join(profile, 'HD');
  await mkdir(folder);
  await choose(app, folder);
  await saveFolder(page, 'HD');
  await savePreferences(page, { filesInParallel: 8 });
  const course = join(profile, 'Curso de Biologia');
  for (let module = 1; module <= 10; module += 1) {
    const inside = join(course, `Módulo ${module}`, 'prontos');
    await mkdir(inside, { recursive: true });
    const names = Array.from({ length: 30 }, (_, n) => `video_${n + 1}.mp4`);
    await Promise.all(names.map((name) => copyOfSample(join(inside, name))));
    await writeFile(join(inside, 'roteiro.txt'), 'Abertura, a célula, e o exercício');
  }
  await mkdir(join(course, '.cache'));
  await copyOfSample(join(course, '.cache', 'hidden.mp4'));
  const before = Date.now();
  await dropFiles(page, [course]);
  await expect.poll(async () => (await uploads(page)).length).toBe(300);
  // Seconds, on a machine that does other things besides.
  expect(Date.now() - before).toBeLessThan(10_000);
  await expect(page.getByTestId('refused')).toContainText('10 other files in the folder are no MP4 videos');
  const done = async (): Promise<number> => (await uploads(page)).filter(({ status }) => status === 'completed').length;
  await expect.poll(done, { timeout: 60_000 }).toBe(300);
  await expect(page.getByText('Everything sent and verified')).toBeVisible();
  // Thirty names, each ten times: every one has got a key of its own.
  const keys = new Set((await uploads(page)).map(({ key }) => key));
  expect([keys.size, keys.has('videos/video_30.mp4'), keys.has('videos/video_30-10.mp4')]).toEqual([300, true, true]);
});

test('a file that is still being written waits, and is sent whole when it is finished', async ({
  launch,
  target,
  profile,
}) => {
  const { page } = await launch();
  await saveServer(page, target);
  const finished = await readFile(await makeVideo(join(profile, 'finished.mp4'), 8 * MiB));
  const path = join(profile, 'video_5.mp4');
  const camera = await open(path, 'w');
  for (let second = 0; second < 4; second += 1) {
    await camera.write(finished.subarray(second * 2 * MiB, (second + 1) * 2 * MiB));
    if (second === 0) await dropFiles(page, [path]);
    await expect(rowOf(page, 'video_5.mp4')).toContainText('The file is still being written');
    await wait(1000);
  }
  await camera.close();
  expect(target.count('PutObject')).toBe(0);
  await expectStatus(page, 'video_5.mp4', 'completed', 30_000);
  expect(await target.objectSha256('videos/video_5.mp4')).toBe(createHash('sha256').update(finished).digest('hex'));
});

test('the same file twice is one upload, in one drop and in two', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await saveServer(page, target);
  const video = await makeVideo(join(profile, 'video_5.mp4'), 6 * MiB);
  await dropFiles(page, [video, video]);
  await expectStatus(page, 'video_5.mp4', 'completed');
  await dropFiles(page, [video]);
  await expect(page.getByTestId('toast')).toContainText('This video is already in the queue');
  expect(await uploads(page)).toHaveLength(1);
  expect(target.count('PutObject')).toBe(1);
});

test('names of every kind become keys that every system takes, and the bytes arrive', async ({
  launch,
  target,
  profile,
}) => {
  test.skip(process.platform === 'win32', 'Windows has no such names');
  const { page } = await launch();
  await saveServer(page, target);
  await savePreferences(page, { keyTemplate: 'aulas/{name}.mp4' });
  const names = [
    'célula e açúcar'.normalize('NFD'),
    '🎬 aula de vídeo 👩🏽‍🏫',
    '..',
    '.. .. escondido',
    'sinal\u0007 e\ttabulação\u001b[31m',
    'barra\\invertida',
    '%2e%2e%2f?a=b&c=d#e+f',
    `${'muito longo '.repeat(20)}fim`,
    'aspas "duplas" e \'simples\' <b>',
  ].map((name) => `${name}.mp4`);
  const folder = join(profile, 'nomes');
  await mkdir(folder);
  for (const [n, name] of names.entries()) await makeVideo(join(folder, name), 5 * MiB + n);
  await dropFiles(page, names.map((name) => join(folder, name)));
  const statuses = async (): Promise<readonly string[]> => (await uploads(page)).map(({ status }) => status);
  await expect.poll(statuses, { timeout: 30_000 }).toEqual(names.map(() => 'completed'));
  for (const [n, { key }] of (await uploads(page)).entries()) {
    expect([keyProblem(key), key]).toEqual([null, key.normalize('NFC')]);
    expect(await target.objectSha256(key), key).toBe(await sha256(join(folder, names[n] ?? '')));
  }
  const keys = (await uploads(page)).map(({ key }) => key);
  expect(keys).toContain('aulas/célula e açúcar.mp4');
  expect(keys).toContain('aulas/video.mp4');
  expect(keys).toContain('aulas/🎬 aula de vídeo 👩🏽‍🏫.mp4');
  expect(await target.objectCount()).toBe(names.length);
});

test('em português: um arquivo ainda em gravação', async ({ launch, target, profile }) => {
  const { page } = await launch({ language: 'pt-BR' });
  await saveServer(page, target);
  const [video = ''] = await dropVideos(page, profile, { 'video_5.mp4': 6 * MiB });
  await expectStatus(page, 'video_5.mp4', 'completed');
  const fresh = join(profile, 'video_6.mp4');
  await copyFile(video, fresh);
  await dropFiles(page, [fresh]);
  await expect(rowOf(page, 'video_6.mp4')).toContainText('O arquivo ainda está sendo gravado');
});
