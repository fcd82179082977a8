import { copyFile, link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { dropFiles, launchApp } from '../../tests/e2e/app.ts';
import { say } from '../say.ts';
import type { Budget } from './budget.ts';
import { choosePractice } from './cold-start.ts';

const fileCount = 5000;
const answerLimitMs = 1000;
/** Adding them all may take its time, but not for ever. */
const patienceMs = 60_000;

/** What the page writes down about itself from the drop on. */
interface Watch {
  droppedAt: number | null;
  firstRowAt: number | null;
  allListedAt: number | null;
  /** As the foot of the window says. */
  listed: number;
  /** Longest time between two frames. */
  longestFrameMs: number;
}
type Watching = Window & { benchWatch?: Watch };

/** Thousands of files at once: does the window answer? */
export async function measureManyFiles(folder: string): Promise<readonly Budget[]> {
  const { page, kill } = await launchApp({ profile: join(folder, 'many-profile') });
  try {
    page.setDefaultTimeout(30_000);
    await choosePractice(page);
    // The bench's own loader wraps inner functions in it; the page has never heard of it.
    await page.evaluate('globalThis.__name = (inner) => inner');
    const paths = await makeFiles(join(folder, 'many'));
    await watchPage(page);
    say(`Dropping ${fileCount} files…`);
    await dropFiles(page, paths);
    const watch = await untilListed(page);
    say(`First row after ${since(watch, watch.firstRowAt).toFixed(0)} ms, all after ${since(watch, watch.allListedAt).toFixed(0)} ms`);
    return answers(watch);
  } finally {
    await kill();
  }
}

const since = ({ droppedAt }: Watch, at: number | null): number =>
  at === null || droppedAt === null ? Infinity : at - droppedAt;

const answers = (watch: Watch): readonly Budget[] => [
  {
    what: `${fileCount} files dropped: first rows in the window`,
    value: since(watch, watch.firstRowAt),
    unit: 'ms',
    limit: answerLimitMs,
    detail: 'from the drop event, practice bucket',
  },
  {
    what: `${fileCount} files dropped: longest time without a frame while they come in`,
    value: watch.longestFrameMs,
    unit: 'ms',
    limit: answerLimitMs,
    detail: 'between two requestAnimationFrame callbacks',
  },
  {
    what: `${fileCount} files dropped: all are listed (the add call returns)`,
    value: since(watch, watch.allListedAt),
    unit: 'ms',
    limit: answerLimitMs,
    detail:
      `${watch.listed} listed within ${patienceMs / 1000} s; each is looked at, fingerprinted and journaled before, ` +
      'and earlier ones are being sent meanwhile',
  },
];

/** Names for one small video; a name costs nothing on the disk. */
async function makeFiles(folder: string): Promise<readonly string[]> {
  await mkdir(folder);
  const sample = fileURLToPath(new URL('../../tests/support/sample.mp4', import.meta.url));
  await copyFile(sample, join(folder, 'sample.mp4'));
  const paths = Array.from({ length: fileCount }, (_, n) => join(folder, `video_${n + 1}.mp4`));
  for (const path of paths) await link(join(folder, 'sample.mp4'), path);
  return paths;
}

const watchPage = (page: Page): Promise<void> =>
  page.evaluate((wanted) => {
    const watch: Watch = { droppedAt: null, firstRowAt: null, allListedAt: null, listed: 0, longestFrameMs: 0 };
    (window as Watching).benchWatch = watch;
    window.addEventListener('drop', () => (watch.droppedAt ??= performance.now()), true);
    let before = performance.now();
    const look = (): void => {
      const now = performance.now();
      if (watch.droppedAt !== null && watch.allListedAt === null) {
        watch.longestFrameMs = Math.max(watch.longestFrameMs, now - before);
        if (document.querySelector('[role=row]') !== null) watch.firstRowAt ??= now;
        // `12 of 5,000`, at the foot of the window.
        const numbers = document.querySelector('.foot-strong')?.textContent.match(/[\d,.]+/g) ?? [];
        watch.listed = Math.max(watch.listed, Number(numbers.at(-1)?.replace(/\D/g, '') ?? 0));
        if (watch.listed >= wanted) watch.allListedAt = now;
      }
      before = now;
      requestAnimationFrame(look);
    };
    look();
  }, fileCount);

/** Asked from outside, rarely: looking must not be what slows it down. */
async function untilListed(page: Page): Promise<Watch> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    await page.waitForTimeout(1000);
    const watch = await page.evaluate(() => (window as Watching).benchWatch);
    if (watch === undefined) throw new Error('The page has been loaded anew');
    if (watch.allListedAt !== null || Date.now() > deadline) return watch;
  }
}
