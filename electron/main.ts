import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type BrowserWindow, Menu, app, nativeTheme } from 'electron';
import { appOrigin, declareAppProtocol, serveAppProtocol } from './app-protocol.ts';
import { DestinationDesk } from './destination-desk.ts';
import { createHandlers } from './ipc/handlers.ts';
import { send, watchUploads } from './ipc/publish.ts';
import { registerIpc } from './ipc/register.ts';
import { isTrusted } from './ipc/trusted-sender.ts';
import { onWake, sleepGuard, taskbarProgress } from './keep-awake.ts';
import { openLog } from './log.ts';
import { PracticeHost, practiceBucketName } from './practice-host.ts';
import { Quit } from './quit.ts';
import type { BucketClients } from './s3/bucket-clients.ts';
import { CredentialStore, systemKeychain } from './store/credential-store.ts';
import { SettingsStore } from './store/settings-store.ts';
import { sourceFiles } from './store/source-files.ts';
import { openUploadJournal } from './store/upload-journal.ts';
import { systemClock } from './system-clock.ts';
import { MiB } from './uploads/part-plan.ts';
import { UploadQueue } from './uploads/upload-queue.ts';
import { refuseContent } from './video/is-mp4.ts';
import { openWindow } from './window.ts';

/** The composition root: makes the parts and introduces them to each other. No logic. */
function run(): void {
  const here = import.meta.dirname;
  const userData = app.getPath('userData');
  const devServerUrl = app.isPackaged ? null : (process.env['VITE_DEV_SERVER_URL'] ?? null);
  let window: BrowserWindow | null = null;
  const contents = () => window?.webContents ?? null;

  const log = openLog(join(userData, 'logs'));
  const settings = new SettingsStore(userData);
  const credentials = new CredentialStore(systemKeychain);
  const practice = new PracticeHost(join(userData, 'practice'), join(here, 'practice-process.js'));
  let clients: Promise<BucketClients> | undefined;
  const buckets = () =>
    (clients ??= import('./s3/bucket-clients.ts').then(
      (s3) => new s3.BucketClients((id) => desk.open(id), app.getVersion()),
    ));
  const desk = new DestinationDesk({
    settings,
    credentials,
    practice,
    buckets,
    addressOf: async (draft) => (await import('./s3/s3-client.ts')).addressOf(draft),
    queue: () => queue,
    practiceBucket: practiceBucketName,
    systemLocales: () => app.getPreferredSystemLanguages(),
    appVersion: app.getVersion(),
  });
  const queue = new UploadQueue({
    journal: openUploadJournal(join(userData, 'journal')),
    files: sourceFiles,
    clock: systemClock,
    destinations: { storageFor: async (id) => (await buckets()).storageFor(id) },
    log,
    newId: randomUUID,
    refuseContent,
    settings: () => {
      const { filesInParallel, partsInParallel, partSizeMiB, multipartThresholdMiB } = settings.current.preferences;
      return {
        filesInParallel,
        partsInParallel,
        partSize: partSizeMiB * MiB,
        multipartThreshold: multipartThresholdMiB * MiB,
      };
    },
  });
  const quit = new Quit({
    pendingCount: () => queue.pendingCount(),
    ask: (pending) => {
      if (window === null || window.webContents.isCrashed()) return false;
      window.show();
      send(contents(), 'quit:asked', { pending });
      return true;
    },
    stop: async () => {
      await queue.stop();
      await practice.stop();
    },
    quit: () => app.quit(),
  });
  const homes = devServerUrl === null ? [`${appOrigin}/`] : [`${appOrigin}/`, devServerUrl];
  registerIpc({
    handlers: createHandlers(queue, {
      currentDestinationId: () => settings.current.currentDestinationId,
      snapshot: () => desk.snapshot(),
      savePreferences: (changes) => settings.savePreferences(changes),
      test: (draft, typed, id) => desk.test(draft, typed, id),
      save: (input) => desk.save(input),
      use: (id) => desk.use(id),
      remove: (id) => desk.remove(id),
      links: (ids) => desk.links(ids),
      practiceUsage: () => practice.usage(),
      emptyPractice: () => practice.empty(),
      answerQuit: (answer) => quit.answer(answer),
      window: () => window,
      videosLabel: () => 'MP4',
    }),
    isTrusted: (event) => isTrusted(event, contents(), homes),
    log,
  });

  const show = (): void => {
    if (window !== null) return window.show();
    window = openWindow({
      preload: join(here, '../preload/preload.cjs'),
      icon: join(here, '../renderer/icon.png'),
      devServerUrl,
    });
    window.on('close', (event) => {
      if (!quit.request()) event.preventDefault();
    });
    window.on('closed', () => (window = null));
  };
  settings.subscribe(() => {
    nativeTheme.themeSource = settings.current.preferences.theme;
    queue.settingsChanged();
    void desk.snapshot().then((snapshot) => send(contents(), 'settings:changed', snapshot));
  });
  nativeTheme.themeSource = settings.current.preferences.theme;
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('before-quit', (event) => {
    if (!quit.request()) event.preventDefault();
  });
  void app.whenReady().then(async () => {
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
    serveAppProtocol(join(here, '../renderer'));
    show();
    onWake(() => queue.wake());
    const keepAwake = sleepGuard();
    const showProgress = taskbarProgress(() => window);
    watchUploads(queue, (list) => {
      send(contents(), 'uploads:changed', list);
      keepAwake(list.uploads);
      showProgress(list.uploads);
    });
    await queue.start().catch(() => log.warn('journal-unreadable', {}));
    log.info('started', { version: app.getVersion(), electron: process.versions.electron ?? '' });
  });
}

declareAppProtocol();
if (app.requestSingleInstanceLock()) run();
else app.quit();
