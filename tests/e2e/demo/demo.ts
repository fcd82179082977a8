/** The main job, from a bare profile to a fetched link, with a SIGKILL in the middle. Run by scripts/demo.mjs. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, expect } from '@playwright/test';
import { MiB } from '../../../electron/uploads/part-plan.ts';
import { makeVideo, sha256 } from '../../support/sample-video.ts';
import { type RunningApp, clipboardText, dropFiles, launchApp, newProfile } from '../app.ts';

const videoMiB = Number(process.argv[2] ?? 400);
const killAtPercent = 40;
const finishLimitMs = 120_000 + videoMiB * 100;
const pictures = join('test-results', 'demo');
const begin = performance.now();

const say = (step: string): void => console.log(`${((performance.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${step}`);
const mib = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;

let pictureNumber = 0;
async function picture(page: Page, name: string): Promise<void> {
  pictureNumber += 1;
  await page.screenshot({ animations: 'disabled', path: join(pictures, `${String(pictureNumber).padStart(2, '0')}-${name}.png`) });
}

/** What the row's progress bar shows, 0 to 100. */
const shownPercent = async (page: Page): Promise<number> =>
  Number(await page.getByRole('row').getByRole('progressbar').first().getAttribute('aria-valuenow'));

interface StoredFile {
  readonly file: string;
  readonly size: number;
}

/** The practice bucket keeps every part as a file of its own that is never written again: its name tells who sent it. */
const bucketOf = (profile: string): string => join(profile, 'practice', 'bucket', 'bucket-practice-bucket');

async function storedParts(profile: string): Promise<readonly StoredFile[]> {
  const data = join(bucketOf(profile), 'data');
  const names = await readdir(data, { recursive: true });
  const parts = names.filter((name) => /part-\d+\.json$/.test(name));
  return Promise.all(parts.map(async (name) => JSON.parse(await readFile(join(data, name), 'utf8')) as StoredFile));
}

async function objectFiles(profile: string): Promise<ReadonlySet<string>> {
  const objects = join(bucketOf(profile), 'objects');
  const [name = ''] = await readdir(objects);
  const { segments } = JSON.parse(await readFile(join(objects, name), 'utf8')) as { segments: readonly StoredFile[] };
  return new Set(segments.map(({ file }) => file));
}

async function dropAndKill(running: RunningApp, profile: string, video: string): Promise<readonly StoredFile[]> {
  const { page } = running;
  await expect(page.getByTestId('first-run')).toBeVisible();
  await picture(page, 'first-run');
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  await picture(page, 'empty');
  say('Chose the practice bucket in the window');
  await dropFiles(page, [video]);
  await expect.poll(() => shownPercent(page), { intervals: [20], timeout: 60_000 }).toBeGreaterThan(killAtPercent);
  await picture(page, 'under-way');
  const shown = await shownPercent(page);
  await running.kill();
  const parts = await storedParts(profile);
  const bytes = parts.reduce((sum, { size }) => sum + size, 0);
  say(`Killed with SIGKILL at ${shown.toFixed(0)} %; ${parts.length} parts (${mib(bytes)}) were in the bucket`);
  if (bytes === 0 || shown >= 100) throw new Error('The kill did not come in the middle of the upload');
  return parts;
}

async function finishAndCopy({ app, page }: RunningApp): Promise<string> {
  await expect(page.getByRole('row')).toBeVisible();
  await picture(page, 'started-again');
  say('Started again');
  await expect(page.getByText('Sent and verified', { exact: true })).toBeVisible({ timeout: finishLimitMs });
  say('The window says “Sent and verified”; nobody clicked');
  await app.evaluate(({ clipboard }) => clipboard.clear());
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  await expect(page.getByTestId('toast')).toBeVisible();
  await picture(page, 'link-copied');
  return await clipboardText(app);
}

async function fetched(url: string): Promise<{ readonly bytes: number; readonly hash: string }> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`The link answers ${response.status}`);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of response.body) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return { bytes, hash: hash.digest('hex') };
}

async function demo(profile: string): Promise<boolean> {
  const video = await makeVideo(join(profile, 'video_5_simple.mp4'), videoMiB * MiB + 4321);
  const hash = await sha256(video);
  say(`Made a real MP4 of ${mib(videoMiB * MiB + 4321)}`);
  let running = await launchApp({ profile });
  try {
    say('Started Remessa with an empty profile');
    const before = await dropAndKill(running, profile, video);
    running = await launchApp({ profile });
    const url = await finishAndCopy(running);
    const kept = await objectFiles(profile);
    const again = before.filter(({ file }) => !kept.has(file)).length;
    const link = await fetched(url);
    const isEqual = link.hash === hash;
    say(`Fetched ${mib(link.bytes)} from ${url.split('?')[0]}?…`);
    await running.close();
    console.log(`
  continued without a click    yes
  parts sent a second time     ${again} of ${before.length}
  bytes equal (SHA-256)        ${isEqual ? 'yes' : 'NO'}   ${hash}
  pictures                     ${pictures}/
`);
    return isEqual && again === 0;
  } finally {
    await running.kill();
  }
}

await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });
const profile = await newProfile();
try {
  process.exitCode = (await demo(profile.path)) ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await profile.remove();
}
