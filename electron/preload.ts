import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Arguments, Channel, DroppedFile, EventChannel, Events, RemessaApi, Replies } from '../shared/ipc.ts';
import type { Result } from '../shared/errors.ts';

const ask =
  <C extends Channel>(channel: C) =>
  (...args: Arguments<C>): Promise<Result<Replies[C]>> =>
    ipcRenderer.invoke(channel, ...args) as Promise<Result<Replies[C]>>;

const listen =
  <E extends EventChannel>(channel: E) =>
  (listener: (message: Events[E]) => void): (() => void) => {
    // The IPC event stays here: through it the page could answer in our name.
    const forward = (_event: unknown, message: Events[E]): void => listener(message);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.off(channel, forward);
  };

/** Only a File that a person dropped has a path; an invented one has none, and the page cannot name paths. */
const pathOf = (file: DroppedFile): string => webUtils.getPathForFile(file as unknown as File);

const api: RemessaApi = {
  getUploads: ask('uploads:get'),
  addFiles: async (files) => {
    const paths = files.map(pathOf).filter((path) => path !== '');
    return paths.length === 0
      ? { ok: true, value: { addedIds: [], known: [], refused: [] } }
      : ask('uploads:add')(paths);
  },
  chooseFiles: ask('uploads:choose'),
  pauseUploads: ask('uploads:pause'),
  resumeUploads: ask('uploads:resume'),
  retryUploads: ask('uploads:retry'),
  cancelUploads: ask('uploads:cancel'),
  removeUploads: ask('uploads:remove'),
  moveUpload: ask('uploads:move'),
  setKey: ask('uploads:set-key'),
  replaceObject: ask('uploads:replace-object'),
  restartUpload: ask('uploads:restart'),
  locateFile: ask('uploads:locate'),
  copyLinks: ask('uploads:copy-links'),
  getReceipt: ask('receipts:get'),
  checkReceipt: ask('receipts:check'),
  showReceiptFile: ask('receipts:show-file'),
  getSettings: ask('settings:get'),
  savePreferences: ask('settings:save-preferences'),
  testDestination: ask('destinations:test'),
  saveDestination: ask('destinations:save'),
  useDestination: ask('destinations:use'),
  removeDestination: ask('destinations:remove'),
  retryDestination: ask('destinations:retry'),
  getPracticeUsage: ask('practice:usage'),
  emptyPractice: ask('practice:empty'),
  answerQuit: ask('quit:answer'),
  copyDetails: ask('details:copy'),
  onUploadsChanged: listen('uploads:changed'),
  onSettingsChanged: listen('settings:changed'),
  onQuitAsked: listen('quit:asked'),
};

contextBridge.exposeInMainWorld('remessa', api);
