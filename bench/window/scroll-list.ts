import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp } from '../../tests/e2e/app.ts';
import { makeRecord } from '../../tests/support/builders.ts';
import { say } from '../say.ts';
import { type Budget, percentile } from './budget.ts';
import { choosePractice } from './cold-start.ts';
import { fillJournal } from './journal-cost.ts';

const rowCount = 5000;
const frameLimitMs = 17;
const frameCount = 300;
/** Per frame: a wheel that is turned fast. */
const pixels = 120;

/** A list of thousands of paused uploads, as a start finds them in the journal; scrolled frame by frame. */
export async function measureScrolling(folder: string): Promise<Budget> {
  const profile = join(folder, 'scroll-profile');
  const first = await launchApp({ profile });
  await choosePractice(first.page);
  await first.kill();
  await fillJournal(join(profile, 'journal'), Array.from({ length: rowCount }, (_, n) => pausedRecord(n)));
  const { page, kill } = await launchApp({ profile });
  try {
    page.setDefaultTimeout(30_000);
    await page.getByRole('row').first().waitFor();
    await page.waitForTimeout(2000);
    await page.evaluate('globalThis.__name = (inner) => inner');
    const still = await frames(page, 0);
    const moving = await frames(page, pixels);
    say(`Scrolling: p95 ${percentile(moving.times, 0.95).toFixed(1)} ms over ${moving.distance} pixels`);
    return {
      what: `list of ${rowCount} scrolls: frame, p95`,
      value: percentile(moving.times, 0.95),
      unit: 'ms',
      limit: frameLimitMs,
      detail:
        `${frameCount} frames over ${moving.distance} pixels, p50 ${percentile(moving.times, 0.5).toFixed(1)} ms; ` +
        `the same window at rest: p95 ${percentile(still.times, 0.95).toFixed(1)} ms`,
    };
  } finally {
    await kill();
  }
}

const pausedRecord = (n: number): ReturnType<typeof makeRecord> =>
  makeRecord({
    id: randomUUID(),
    position: n,
    key: `videos/video_${n}.mp4`,
    source: { ...makeRecord().source, path: `/videos/video_${n}.mp4`, name: `video_${n}.mp4`, size: 1e9 + n },
    state: { status: 'paused' },
  });

interface Frames {
  /** Milliseconds between two. */
  readonly times: readonly number[];
  /** How far the list has gone: a list that does not move draws fast. */
  readonly distance: number;
}

const frames = (page: Page, step: number): Promise<Frames> =>
  page.evaluate(
    ([count, by]) =>
      new Promise<Frames>((resolve) => {
        const list = document.querySelector('.list');
        const from = list?.scrollTop ?? 0;
        const times: number[] = [];
        let before: number | null = null;
        const frame = (now: number): void => {
          if (before !== null) times.push(now - before);
          before = now;
          list?.scrollBy(0, by);
          if (times.length < count) requestAnimationFrame(frame);
          else resolve({ times, distance: (list?.scrollTop ?? 0) - from });
        };
        requestAnimationFrame(frame);
      }),
    [frameCount, step] as const,
  );
