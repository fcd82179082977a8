import { join } from 'node:path';
import { type BrowserWindow, type IpcMainInvokeEvent, Menu, type WebContents, app, nativeTheme } from 'electron';
import { appOrigin, declareAppProtocol, serveAppProtocol } from './app-protocol.ts';
import { createHandlers } from './ipc/handlers.ts';
import { send, watch } from './ipc/publish.ts';
import { registerIpc } from './ipc/register.ts';
import { isTrusted } from './ipc/trusted-sender.ts';
import { isSending, onWake, sleepGuard, taskbarProgress } from './keep-awake.ts';
import { keepYoungSpaceSmall } from './modest-memory.ts';
import { Quit } from './quit.ts';
import { type Rooms, furnish } from './rooms.ts';
import { openWindow } from './window.ts';

/** Where the compiled app lies, beside dist/preload and dist/renderer. */
const here = import.meta.dirname;
const devServerUrl = app.isPackaged ? null : (process.env['VITE_DEV_SERVER_URL'] ?? null);

/** How often it is looked for files that may go to the trash, milliseconds. */
const sweepEveryMs = 60_000;

/** The one window, or none while it is closed. */
interface Shown {
  window: BrowserWindow | null;
}

const contentsOf = ({ window }: Shown): WebContents | null => window?.webContents ?? null;

/** The composition root: what belongs to the app's life, its window and its end. */
function run(): void {
  const shown: Shown = { window: null };
  const rooms = furnish({
    userData: app.getPath('userData'),
    compiled: here,
    onDoctor: (report) => send(contentsOf(shown), 'doctor:changed', report),
  });
  const { settings, desks, queue } = rooms;
  const quit = quitPolicy(rooms, shown);
  const show = (): void => {
    if (shown.window !== null) return shown.window.show();
    const window = openWindow({
      preload: join(here, '../preload/preload.cjs'),
      icon: join(here, '../renderer/icon.png'),
      devServerUrl,
    });
    window.on('close', (event) => {
      if (!quit.request()) event.preventDefault();
    });
    window.on('closed', () => (shown.window = null));
    shown.window = window;
  };
  listen(rooms, shown, quit);
  const followSettings = (): void => void (nativeTheme.themeSource = settings.current.preferences.theme);
  settings.subscribe(() => {
    followSettings();
    queue.settingsChanged();
    void desks.settings.snapshot().then((snapshot) => send(contentsOf(shown), 'settings:changed', snapshot));
  });
  followSettings();
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('before-quit', (event) => {
    if (!quit.request()) event.preventDefault();
  });
  void app.whenReady().then(() => {
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
    serveAppProtocol(join(here, '../renderer'));
    show();
    return beginUploads(rooms, shown);
  });
}

/** Everything the window may ask for. */
function listen({ settings, queue, desks, log }: Rooms, shown: Shown, quit: Quit): void {
  const homes = devServerUrl === null ? [appOrigin] : [appOrigin, devServerUrl];
  const window = (): BrowserWindow | null => shown.window;
  registerIpc({
    handlers: createHandlers(queue, {
      ...desks,
      window,
      dialogs: { window, filter: 'videos' },
      savePreferences: (changes) => settings.savePreferences(changes),
      answerQuit: (answer) => quit.answer(answer),
    }),
    isTrusted: (event: IpcMainInvokeEvent) => isTrusted(event, contentsOf(shown), homes),
    log,
  });
}

/** Asks in the window while work is pending; without a window there is nobody to ask. */
function quitPolicy({ queue, desks, practice }: Rooms, shown: Shown): Quit {
  return new Quit({
    pendingCount: () => queue.pendingCount() + desks.migration.pendingCopies(),
    ask: (pending) => {
      if (shown.window === null || shown.window.webContents.isCrashed()) return false;
      shown.window.show();
      send(contentsOf(shown), 'quit:asked', { pending });
      return true;
    },
    stop: async () => {
      await Promise.all([queue.stop(), desks.migration.close(), desks.upkeep.close()]);
      await practice.stop();
    },
    quit: () => app.quit(),
  });
}

async function beginUploads({ queue, desks, log }: Rooms, shown: Shown): Promise<void> {
  const keepAwake = sleepGuard();
  const showProgress = taskbarProgress(() => shown.window);
  watch(queue, (list) => {
    send(contentsOf(shown), 'uploads:changed', list);
    keepAwake('uploads', isSending(list.uploads));
    showProgress(list.uploads);
  });
  watch(desks.migration, (state) => {
    send(contentsOf(shown), 'migration:changed', state);
    keepAwake('copies', desks.migration.pendingCopies() > 0);
  });
  onWake(() => queue.wake());
  await queue.start().catch(() => log.warn('journal-unreadable', {}));
  await desks.migration.start();
  setInterval(() => void desks.localFiles.sweep(), sweepEveryMs);
  log.info('started', { version: app.getVersion(), electron: process.versions.electron ?? '' });
}

keepYoungSpaceSmall();
declareAppProtocol();
if (app.requestSingleInstanceLock()) run();
else app.quit();
