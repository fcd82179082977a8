import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, _electron } from '@playwright/test';
import { type RunningApp, launchApp } from '../../tests/e2e/app.ts';
import { median } from '../figures.ts';
import { say } from '../say.ts';
import { type Budget, rangeOf } from './budget.ts';

const limitMs = 300;
const emptyMain = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1000, height: 720 }).loadFile('index.html'));
`;

/** The destination of the practice bucket, set up as a newcomer does. */
export async function choosePractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await page.getByTestId('drop-zone').waitFor();
}

/** From the start of the process to a window that takes files, against an Electron window with nothing in it. */
export async function measureColdStart(folder: string, runs: number): Promise<Budget> {
  const profile = join(folder, 'start-profile');
  const first = await launchApp({ profile });
  await choosePractice(first.page);
  await first.kill();
  const empty = await writeEmptyApp(folder);
  const own: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    bare.push(await timed(() => launchEmpty(empty, folder), (page) => page.getByRole('heading').waitFor()));
    own.push(await timed(() => launchApp({ profile }), (page) => page.getByTestId('drop-zone').waitFor()));
    say(`${run + 1}/${runs}  cold start: ${own.at(-1)?.toFixed(0)} ms, empty window ${bare.at(-1)?.toFixed(0)} ms`);
  }
  return {
    what: 'cold start to usable window, above an empty Electron window',
    value: median(own) - median(bare),
    unit: 'ms',
    limit: limitMs,
    detail: `Remessa ${rangeOf(own, 'ms')}; empty window ${rangeOf(bare, 'ms')}`,
  };
}

type Launched = Pick<RunningApp, 'page' | 'kill'>;

async function timed(launch: () => Promise<Launched>, isUsable: (page: Page) => Promise<void>): Promise<number> {
  const began = performance.now();
  const { page, kill } = await launch();
  await isUsable(page);
  // A frame that has been drawn, not only an element that exists.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const took = performance.now() - began;
  await kill();
  return took;
}

async function writeEmptyApp(folder: string): Promise<string> {
  const app = join(folder, 'empty-app');
  await mkdir(app);
  await writeFile(join(app, 'package.json'), '{ "name": "empty", "main": "main.cjs" }');
  await writeFile(join(app, 'main.cjs'), emptyMain);
  await writeFile(join(app, 'index.html'), '<!doctype html><title>Empty</title><h1>Empty</h1>');
  return app;
}

/** Like `launchApp`, with another app. */
async function launchEmpty(path: string, folder: string): Promise<Launched> {
  const app = await _electron.launch({
    executablePath: process.env['REMESSA_ELECTRON'] ?? '',
    args: [`--user-data-dir=${join(folder, 'empty-profile')}`, '--lang=en-US', path],
    env: process.env as Record<string, string>,
    colorScheme: null,
    timeout: 30_000,
  });
  const child = app.process();
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  return {
    page,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
