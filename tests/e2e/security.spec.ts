import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeVideo } from '../support/sample-video.ts';
import { clipboardText, dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { rowOf, saveServer, uploads } from './window.ts';

const MiB = 1024 * 1024;
const home = 'app://remessa/index.html';

test('the page has no Node, and the preferences that keep it so are in force', async ({ launch }) => {
  const { app, page } = await launch();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Electron's types do not know it; its tests use it for the same question.
    const contents = window?.webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  const names = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'];
  const found = await page.evaluate((wanted) => wanted.filter((name) => name in globalThis), names);
  expect(found).toEqual([]);
});

test('window.remessa: the named methods and nothing else', async ({ launch }) => {
  const { page } = await launch();
  const kinds = await page.evaluate(() => Object.entries(window.remessa).map(([name, value]) => [name, typeof value]));
  expect(kinds.filter(([, kind]) => kind !== 'function')).toEqual([]);
  const names = kinds.map(([name]) => name);
  expect(names).toContain('addFiles');
  expect(names.filter((name) => /invoke|^send$|ipc|^on$|emit|eval|path/i.test(name ?? ''))).toEqual([]);
  const replaced = await page.evaluate(() => {
    try {
      (window as { remessa: unknown }).remessa = { getSettings: () => 'ours' };
    } catch {
      // Read-only, as it should be.
    }
    return 'addFiles' in window.remessa;
  });
  expect(replaced).toBe(true);
});

test('the content security policy: there, and it blocks what it must', async ({ launch }) => {
  const { page } = await launch();
  const policy = (await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')) ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
  const blocked = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    document.body.append(script);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.ranInline = true');
    document.body.append(button);
    button.click();
    button.remove();
    const image = document.createElement('img');
    image.src = 'https://example.com/pixel.png';
    document.body.append(image);
    const frame = document.createElement('iframe');
    frame.src = 'data:text/html,hello';
    document.body.append(frame);
    await fetch('https://example.com/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const added of [script, image, frame]) added.remove();
    return { seen, ran: 'ranInline' in window };
  });
  expect(blocked.ran).toBe(false);
  const wanted = ['script-src-elem', 'script-src-attr', 'img-src', 'frame-src', 'connect-src'];
  expect(wanted.filter((directive) => !blocked.seen.includes(directive))).toEqual([]);
});

test('no way out: no navigation, no new window, no permission', async ({ launch }) => {
  const { app, page } = await launch();
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url: string) => Promise.resolve(void opened.push(url));
  });
  expect(page.url()).toBe(home);
  for (const url of ['https://example.com/', 'file:///etc/passwd', 'data:text/html,hello', 'app://other/index.html']) {
    await page.evaluate((target) => {
      const link = document.createElement('a');
      link.href = target;
      document.body.append(link);
      link.click();
      link.remove();
      window.location.href = target;
    }, url);
    await page.waitForTimeout(150);
    expect(page.url(), url).toBe(home);
  }
  // By hand: for Playwright a navigation that was refused has not ended yet, and its locators wait for it.
  expect(await page.evaluate(() => document.querySelector('[data-testid="first-run"]') !== null)).toBe(true);
  for (const url of ['https://example.com/', 'http://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', home]) {
    const opened = await page.evaluate((target) => window.open(target) !== null, url);
    expect(opened, url).toBe(false);
  }
  const outside = await app.evaluate(({ BrowserWindow }) => ({
    windows: BrowserWindow.getAllWindows().length,
    opened: (globalThis as unknown as { opened: readonly string[] }).opened,
  }));
  // What is opened at all is opened in the browser, and only over https.
  expect(outside).toEqual({ windows: 1, opened: ['https://example.com/'] });
  const permission = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      (error: unknown) => (error as Error).name,
    ),
  );
  expect(permission).not.toBe('given');
});

test('files enter as files only: an invented one adds nothing, and a path is no argument', async ({ launch, target }) => {
  const { page } = await launch();
  await saveServer(page, target);
  const answers = await page.evaluate(async () => {
    const invented = new File(['ftyp'], '/etc/passwd.mp4', { type: 'video/mp4' });
    Object.defineProperty(invented, 'path', { value: '/etc/passwd' });
    const attempt = (files: unknown) =>
      window.remessa.addFiles(files as readonly File[], { destinationIds: null, waits: false }).then(
        (answer) => (answer.ok ? answer.value.addedIds.length : 0),
        () => 0,
      );
    return [await attempt([invented]), await attempt([{ path: '/etc/passwd', name: 'a.mp4', size: 1 }]), await attempt(['/etc/passwd'])];
  });
  expect(answers).toEqual([0, 0, 0]);
  expect(await uploads(page)).toEqual([]);
  const wrong = await page.evaluate(async () => [
    await window.remessa.pauseUploads([{ a: 1 }] as unknown as string[]),
    await window.remessa.savePreferences({ filesInParallel: 1e9 }),
    await window.remessa.cancelUploads([]),
  ]);
  expect(wrong.map((answer) => answer.ok)).toEqual([false, false, false]);
});

test('another window with our own preload is refused, even on our own page', async ({ launch, target }) => {
  const { app, page } = await launch();
  await saveServer(page, target);
  const preload = join(process.cwd(), 'dist/preload/preload.cjs');
  const answers = await app.evaluate(
    async ({ BrowserWindow }, { preload: path, pages }) => {
      const found: unknown[] = [];
      for (const url of pages) {
        const webPreferences = { preload: path, sandbox: true, contextIsolation: true };
        const stranger = new BrowserWindow({ show: false, webPreferences });
        await stranger.loadURL(url);
        found.push(await stranger.webContents.executeJavaScript('window.remessa.getSettings()'));
        stranger.destroy();
      }
      return found;
    },
    { preload, pages: ['data:text/html,<title>stranger</title>', home] },
  );
  const refusal = { ok: false, error: { code: 'invalid-request' } };
  expect(answers).toEqual([refusal, refusal]);
  // The question itself is right: our own window is answered.
  expect(await page.evaluate(() => window.remessa.getSettings())).toMatchObject({ ok: true });
});

/** Local addresses, in the kernel's hexadecimal, that listen on the port. 0A: LISTEN (proc(5)). */
async function listenersOn(port: number): Promise<readonly string[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')));
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return tables
    .flatMap((table) => table.split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${wanted}`))
    .map(([, local = '']) => local.split(':')[0] ?? '');
}

test('the practice bucket listens to this computer only', async ({ launch, profile }) => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  const { page } = await launch();
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const keys = JSON.parse(await readFile(join(profile, 'practice', 'keys.json'), 'utf8')) as { port: number };
  expect(await listenersOn(keys.port)).toEqual(['0100007F']);
  const answer = await fetch(`http://127.0.0.1:${keys.port}/practice-bucket/videos/video_1.mp4`);
  expect(answer.status).toBe(403);
});

const logOf = async (page: Page, profile: string): Promise<string> => {
  await page.waitForTimeout(300);
  const folder = join(profile, 'logs');
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
};

test('after a whole job the log holds no secret, no signature, no path', async ({ launch, target, profile }) => {
  const { app, page } = await launch();
  await saveServer(page, target);
  const { credentials } = target.open();
  target.proxy.setDecide(({ operation, attempt }) =>
    operation === 'PutObject' && attempt === 1 ? { kind: 'reset', afterBytes: 100_000 } : null,
  );
  await dropFiles(page, [await makeVideo(join(profile, 'video_1.mp4'), 6 * MiB)]);
  await expect(rowOf(page, 'video_1.mp4')).toHaveAttribute('data-status', 'completed');
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  await expect(page.getByTestId('toast')).toBeVisible();
  const url = new URL(await clipboardText(app));
  const signature = url.searchParams.get('X-Amz-Signature') ?? '';
  expect(signature).toMatch(/^[0-9a-f]{64}$/);
  const log = await logOf(page, profile);
  expect(log).toContain('started');
  const secrets = [credentials.secretAccessKey, credentials.accessKeyId, signature, 'X-Amz-Signature=', profile];
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
