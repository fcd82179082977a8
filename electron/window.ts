import { BrowserWindow, type WebPreferences, nativeTheme, session, shell } from 'electron';
import { appOrigin } from './app-protocol.ts';
import { isSameOrigin } from './origin.ts';

interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Vite's server in development, null in a build. */
  readonly devServerUrl: string | null;
}

/** Every door that Chromium has is shut; what the page may do it does through preload. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
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
  };
}

export function openWindow({ preload, icon, devServerUrl }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 960,
    height: 680,
    minWidth: 640,
    minHeight: 480,
    show: false,
    icon,
    title: 'Remessa',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14181b' : '#f7f8f9',
    webPreferences: webPreferences(preload),
  });
  window.once('ready-to-show', () => window.show());
  stayAtHome(window, devServerUrl);
  void window.loadURL(devServerUrl ?? `${appOrigin}/index.html`);
  return window;
}

/** The page stays the page: no navigation, no new windows, no permissions, no downloads. */
function stayAtHome(window: BrowserWindow, devServerUrl: string | null): void {
  const { webContents } = window;
  const isHome = (url: string): boolean =>
    isSameOrigin(url, appOrigin) || (devServerUrl !== null && isSameOrigin(url, devServerUrl));
  webContents.on('will-navigate', (event, url) => {
    if (!isHome(url)) event.preventDefault();
  });
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url);
    return { action: 'deny' };
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.on('will-download', (event) => event.preventDefault());
}
