import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openWindow, webPreferences } from './window.ts';

type Listener = (...args: never[]) => unknown;
const world = vi.hoisted(() => ({
  events: new Map<string, Listener>(),
  session: new Map<string, Listener>(),
  opened: [] as string[],
  loaded: [] as string[],
  options: {} as Record<string, unknown>,
}));
vi.mock('electron', () => {
  class BrowserWindow {
    readonly webContents = {
      on: (name: string, listener: Listener) => world.events.set(name, listener),
      setWindowOpenHandler: (listener: Listener) => world.events.set('open', listener),
    };
    constructor(options: Record<string, unknown>) {
      world.options = options;
    }
    once(): void {}
    show(): void {}
    async loadURL(url: string): Promise<void> {
      world.loaded.push(url);
    }
  }
  const defaultSession = {
    setPermissionRequestHandler: (listener: Listener) => world.session.set('request', listener),
    setPermissionCheckHandler: (listener: Listener) => world.session.set('check', listener),
    on: (name: string, listener: Listener) => world.session.set(name, listener),
  };
  return {
    BrowserWindow,
    nativeTheme: { shouldUseDarkColors: false },
    session: { defaultSession },
    shell: { openExternal: async (url: string) => void world.opened.push(url) },
    net: {},
    protocol: {},
  };
});

const call = (listeners: Map<string, Listener>, name: string, ...args: unknown[]): unknown =>
  (listeners.get(name) as ((...given: unknown[]) => unknown) | undefined)?.(...args);

/** Whether the page was kept from going to `url`. */
function isKept(event: string, url: string): boolean {
  let kept = false;
  call(world.events, event, { preventDefault: () => (kept = true), url }, url);
  return kept;
}

beforeEach(() => {
  world.opened.length = 0;
  world.loaded.length = 0;
});

describe('the window', () => {
  it('has every door shut', () => {
    expect(webPreferences('/preload.cjs')).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      backgroundThrottling: false,
    });
  });

  it('is opened with exactly those, on our own page', () => {
    openWindow({ preload: '/preload.cjs', icon: '/icon.png', devServerUrl: null });
    expect(world.options['webPreferences']).toEqual(webPreferences('/preload.cjs'));
    expect(world.loaded).toEqual(['app://remessa/index.html']);
  });

  it('goes nowhere else', () => {
    openWindow({ preload: '/preload.cjs', icon: '/icon.png', devServerUrl: null });
    const elsewhere = ['https://evil.example/', 'file:///etc/passwd', 'app://remessa.evil/', 'http://127.0.0.1:5391/'];
    for (const url of elsewhere) {
      expect([url, isKept('will-navigate', url)]).toEqual([url, true]);
    }
    expect(isKept('will-navigate', 'app://remessa/index.html')).toBe(false);
    expect(isKept('will-redirect', 'https://evil.example/')).toBe(true);
    expect(isKept('will-attach-webview', '')).toBe(true);
  });

  it('stays with the development server in development, and not with one that begins alike', () => {
    openWindow({ preload: '/preload.cjs', icon: '/icon.png', devServerUrl: 'http://127.0.0.1:5391' });
    expect(isKept('will-navigate', 'http://127.0.0.1:5391/index.html')).toBe(false);
    expect(isKept('will-navigate', 'http://127.0.0.1:53910/')).toBe(true);
    expect(isKept('will-navigate', 'http://127.0.0.1:5391@evil.example/')).toBe(true);
  });

  it.each([
    ['https://developers.cloudflare.com/r2/', true],
    ['http://example.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['smb://server/share', false],
  ])('opens no window for %s, and gives it to the browser: %s', (url, isGiven) => {
    openWindow({ preload: '/preload.cjs', icon: '/icon.png', devServerUrl: null });
    expect(call(world.events, 'open', { url })).toEqual({ action: 'deny' });
    expect(world.opened).toEqual(isGiven ? [url] : []);
  });

  it('gives no permission and takes no download', () => {
    openWindow({ preload: '/preload.cjs', icon: '/icon.png', devServerUrl: null });
    let answer: unknown = null;
    call(world.session, 'request', null, 'media', (isGranted: boolean) => (answer = isGranted));
    expect(answer).toBe(false);
    expect(call(world.session, 'check')).toBe(false);
    let kept = false;
    call(world.session, 'will-download', { preventDefault: () => (kept = true) });
    expect(kept).toBe(true);
  });
});
