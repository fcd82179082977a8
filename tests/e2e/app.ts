import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, type Page, _electron } from '@playwright/test';

/** The project's root: Playwright runs from there. */
const root = process.cwd();

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The end that no program can prepare for. Returns when the process and its children are gone. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A person's data folder: what a restart finds again. */
export async function newProfile(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'remessa-profile-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }) };
}

/**
 * Where that person's own files are: on Linux "this computer", the holding folder and `~/.aws` are looked for there, and
 * nobody who runs the tests finds videos among their own. Elsewhere the system says where home is.
 */
export const homeOf = (profile: string): string => join(profile, 'home');

export interface LaunchOptions {
  readonly profile: string;
  /** BCP 47; the system's language as the app sees it. */
  readonly language?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another program than the project's own runtime: a packaged app. */
  readonly executable?: string;
}

export async function launchApp({ profile, language = 'en-US', env, executable }: LaunchOptions): Promise<RunningApp> {
  const runtime = executable ?? process.env['REMESSA_ELECTRON'];
  if (runtime === undefined) throw new Error('REMESSA_ELECTRON is not set: run through scripts/desktop.mjs');
  const home = homeOf(profile);
  await mkdir(home, { recursive: true });
  const app = await _electron.launch({
    // With executablePath Playwright adds no switches of its own for the keychain: the real one is tested.
    executablePath: runtime,
    args: [`--user-data-dir=${profile}`, `--lang=${language}`, ...(executable === undefined ? [root] : [])],
    env: { ...(process.env as Record<string, string>), LANGUAGE: language.replace('-', '_'), ...(process.platform === 'linux' ? { HOME: home } : {}), ...env },
    // The window's own theme, not Playwright's light one.
    colorScheme: null,
    timeout: 30_000,
  });
  const child = app.process();
  const page = await app.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return {
    app,
    page,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    close: async () => {
      // A second request while the question stands is an answer.
      await app.evaluate(({ app: electron }) => {
        electron.quit();
        electron.quit();
      });
      await gone;
    },
  };
}

export const clipboardText = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ clipboard }) => clipboard.readText());

/** Where a page counts the drops that it has seen. */
type Counting = Window & { dropsSeen?: number };

/**
 * Drops files on the window as a file manager does: the paths come from the system, not from the page. On a busy
 * machine Chromium may take the drop back, because the page has not yet said yes to the hovering that was dispatched a
 * millisecond before; a hand is slower. Then it is done again. `onTarget`: the words of one of the places that come up
 * while files hover; else in the middle, where everything goes to the default.
 */
export async function dropFiles(page: Page, files: readonly string[], onTarget?: string): Promise<void> {
  const before = await page.evaluate(() => {
    const counting = window as Counting;
    if (counting.dropsSeen === undefined) {
      counting.dropsSeen = 0;
      window.addEventListener('drop', () => (counting.dropsSeen = (counting.dropsSeen ?? 0) + 1), true);
    }
    return counting.dropsSeen;
  });
  const session = await page.context().newCDPSession(page);
  const middle = await page.evaluate(() => ({ x: window.innerWidth / 2, y: window.innerHeight / 2 }));
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const send = async (type: 'dragEnter' | 'dragOver' | 'drop', point: typeof middle, waitMs: number): Promise<void> => {
    await session.send('Input.dispatchDragEvent', { type, ...point, data });
    await page.waitForTimeout(waitMs);
  };
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const waitMs = 30 + 150 * attempt;
    await send('dragEnter', middle, waitMs);
    await send('dragOver', middle, waitMs);
    const point = onTarget === undefined ? middle : await middleOf(page, onTarget);
    await send('dragOver', point, waitMs);
    await send('drop', point, waitMs);
    if ((await page.evaluate(() => (window as Counting).dropsSeen ?? 0)) > before) break;
  }
  await session.detach();
}

async function middleOf(page: Page, words: string): Promise<{ readonly x: number; readonly y: number }> {
  const target = page.locator('[data-drop-target]').filter({ hasText: words });
  const box = await target.boundingBox();
  if (box === null) throw new Error(`Nowhere to drop on: ${words}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
