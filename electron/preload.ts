import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Arguments, Channel } from '../shared/ipc.ts';
import type { DroppedFile, RemessaApi } from '../shared/remessa-api.ts';
import type { EventChannel, Events, Replies } from '../shared/replies.ts';
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

const nothingAdded = { addedIds: [], known: [], refused: [], leftOut: 0, keyMap: null };

const api: RemessaApi = {
  getUploads: ask('uploads:get'),
  addFiles: async (files, options) => {
    const paths = files.map(pathOf).filter((path) => path !== '');
    return paths.length === 0 ? { ok: true, value: nothingAdded } : ask('uploads:add')(paths, options);
  },
  chooseFiles: ask('uploads:choose'),
  pauseUploads: ask('uploads:pause'),
  resumeUploads: ask('uploads:resume'),
  retryUploads: ask('uploads:retry'),
  cancelUploads: ask('uploads:cancel'),
  removeUploads: ask('uploads:remove'),
  moveUpload: ask('uploads:move'),
  setKey: ask('uploads:set-key'),
  setVideoId: ask('uploads:set-video-id'),
  settleConflict: ask('uploads:settle-conflict'),
  restartUpload: ask('uploads:restart'),
  locateFile: ask('uploads:locate'),
  sendTo: ask('uploads:send-to'),
  deleteLocalFile: ask('uploads:delete-local'),
  showObject: ask('uploads:show-object'),
  copyLinks: ask('uploads:copy-links'),
  getReceipt: ask('receipts:get'),
  checkReceipt: ask('receipts:check'),
  showReceiptFile: ask('receipts:show-file'),
  getSettings: ask('settings:get'),
  savePreferences: ask('settings:save-preferences'),
  exportSettings: ask('settings:export'),
  chooseKeyMap: ask('key-map:choose'),
  forgetKeyMap: ask('key-map:forget'),
  testDestination: ask('destinations:test'),
  saveDestination: ask('destinations:save'),
  renameDestination: ask('destinations:rename'),
  useDestination: ask('destinations:use'),
  copyToDestination: ask('destinations:copy-to'),
  removeDestination: ask('destinations:remove'),
  retryDestination: ask('destinations:retry'),
  chooseFolder: ask('destinations:choose-folder'),
  addThisComputer: ask('destinations:add-this-computer'),
  findImports: ask('imports:find'),
  chooseImportFile: ask('imports:choose-file'),
  lookAtObject: ask('objects:look'),
  deleteObject: ask('objects:delete'),
  runDoctor: ask('doctor:run'),
  stopDoctor: ask('doctor:stop'),
  readCors: ask('cors:read'),
  letInOrigins: ask('cors:let-in'),
  addLifecycleRule: ask('lifecycle:add-rule'),
  listUnfinished: ask('unfinished:list'),
  removeUnfinished: ask('unfinished:remove'),
  getUsage: ask('usage:get'),
  countUsage: ask('usage:count'),
  getMigration: ask('migration:get'),
  chooseMigrationFolder: ask('migration:choose-folder'),
  planMigration: ask('migration:plan'),
  runMigration: ask('migration:run'),
  stopMigration: ask('migration:stop'),
  saveMigrationMap: ask('migration:save-map'),
  getPracticeUsage: ask('practice:usage'),
  emptyPractice: ask('practice:empty'),
  answerQuit: ask('quit:answer'),
  copyDetails: ask('details:copy'),
  onUploadsChanged: listen('uploads:changed'),
  onSettingsChanged: listen('settings:changed'),
  onDoctorChanged: listen('doctor:changed'),
  onMigrationChanged: listen('migration:changed'),
  onQuitAsked: listen('quit:asked'),
};

contextBridge.exposeInMainWorld('remessa', api);
