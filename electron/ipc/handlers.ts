import { type BrowserWindow, clipboard, shell } from 'electron';
import type { AddOptions, FilledForm } from '../../shared/ipc.ts';
import type { MigrationRequest } from '../../shared/migration.ts';
import type {
  AddReport,
  ChosenFolder,
  CopyReport,
  KeyMapReport,
  PracticeUsage,
  Replies,
  TestReport,
} from '../../shared/replies.ts';
import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import type { Preferences, SettingsSnapshot } from '../../shared/settings.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import { type FileDialogs, chooseFile, chooseFiles, chooseFolder, saveFile } from './file-dialogs.ts';
import type { Handlers } from './register.ts';

/** What the window may ask for, beyond the queue: the desks, by duty. */
export interface Desks {
  readonly window: () => BrowserWindow | null;
  readonly dialogs: FileDialogs;
  readonly intake: {
    add(paths: readonly string[], options: AddOptions): Promise<AddReport>;
    useKeyMap(path: string): Promise<KeyMapReport>;
    forgetKeyMap(): void;
  };
  readonly settings: {
    snapshot(): Promise<SettingsSnapshot>;
    exported(): string;
  };
  readonly savePreferences: (changes: Partial<Preferences>) => void;
  readonly destinations: {
    test(form: FilledForm): Promise<TestReport>;
    save(form: FilledForm & { readonly keep: 'keychain' | 'session' }): Promise<{ readonly id: string }>;
    rename(id: string, name: string): void;
    use(id: string): void;
    copyTo(id: string | null): void;
    sendTo(ids: readonly string[], to: string): Promise<void>;
    remove(id: string, leaving: { readonly pending: 'none' | 'cancel' | 'forget' } | { readonly pending: 'move'; readonly to: string }): Promise<void>;
    addThisComputer(name: string): Promise<{ readonly id: string }>;
    /** Remembers that a person has pointed at it. */
    folderChosen(folder: string): Promise<ChosenFolder>;
  };
  readonly links: {
    links(ids: readonly string[]): Promise<{ readonly text: string; readonly report: CopyReport }>;
    pathOf(id: string): string;
  };
  readonly receipts: {
    get(id: string): Promise<Receipt>;
    check(id: string): Promise<ReceiptReport>;
    path(id: string): Promise<string>;
  };
  readonly imports: {
    find(): Promise<Replies['imports:find']>;
    read(path: string): Promise<Replies['imports:find']>;
  };
  readonly objects: {
    look(destinationId: string, key: string): Promise<Replies['objects:look']>;
    delete(destinationId: string, key: string): Promise<Replies['objects:delete']>;
  };
  readonly upkeep: {
    check(destinationId: string): Promise<Replies['doctor:run']>;
    stopCheck(): void;
    cors(destinationId: string): Promise<Replies['cors:read']>;
    letIn(destinationId: string, origins: readonly string[]): Promise<Replies['cors:let-in']>;
    addLifecycleRule(destinationId: string): Promise<void>;
    unfinished(destinationId: string): Promise<Replies['unfinished:list']>;
    removeUnfinished(destinationId: string, ids: readonly string[]): Promise<Replies['unfinished:remove']>;
    usage(): Replies['usage:get'];
    count(destinationId: string): Promise<Replies['usage:count']>;
  };
  readonly migration: {
    snapshot(): Replies['migration:get'];
    sourceChosen(folder: string): Promise<void>;
    plan(request: MigrationRequest): Promise<void>;
    run(): Promise<void>;
    stop(): Promise<void>;
    map(): string;
  };
  readonly localFiles: { deleteForGood(id: string): Promise<void> };
  readonly practice: { usage(): Promise<PracticeUsage>; empty(): Promise<void> };
  readonly answerQuit: (answer: 'quit' | 'stay') => void;
}

const nothing = async (work: Promise<unknown> | void): Promise<null> => {
  await work;
  return null;
};

/** The table channel → call. */
export function createHandlers(queue: UploadQueue, desks: Desks): Handlers {
  return { ...uploadHandlers(queue, desks), ...settingsHandlers(desks), ...storageHandlers(desks), ...migrationHandlers(desks) };
}

function uploadHandlers(queue: UploadQueue, { intake, links, receipts, localFiles, dialogs, ...desks }: Desks) {
  return {
    'uploads:get': () => queue.snapshot(),
    'uploads:add': (paths, options) => intake.add(paths, options),
    'uploads:choose': async (what, options) => {
      const paths = what === 'files' ? await chooseFiles(dialogs) : await chooseFolder(dialogs);
      return paths.length === 0 ? noFiles : intake.add(paths, options);
    },
    'uploads:pause': (ids) => nothing(queue.pause(ids)),
    'uploads:resume': (ids) => nothing(queue.resume(ids)),
    'uploads:retry': (ids) => nothing(queue.retry(ids)),
    'uploads:cancel': (ids) => nothing(queue.cancel(ids)),
    'uploads:remove': (ids) => nothing(queue.remove(ids)),
    'uploads:move': (id, where) => nothing(queue.move(id, where)),
    'uploads:set-key': (id, key) => nothing(queue.edit.setKey(id, key)),
    'uploads:set-video-id': (id, typed) => nothing(queue.edit.setVideoId(id, typed)),
    'uploads:settle-conflict': (ids, rule) => nothing(queue.edit.settleConflict(ids, rule)),
    'uploads:send-to': (ids, destinationId) => nothing(desks.destinations.sendTo(ids, destinationId)),
    'uploads:restart': (id) => nothing(queue.edit.restart(id)),
    'uploads:locate': async (id) => {
      const [path] = await chooseFile(dialogs);
      return path === undefined ? null : nothing(queue.edit.locate(id, path));
    },
    'uploads:delete-local': (id) => nothing(localFiles.deleteForGood(id)),
    'uploads:show-object': (id) => nothing(shell.showItemInFolder(links.pathOf(id))),
    'uploads:copy-links': async (ids) => {
      const { text, report } = await links.links(ids);
      await clipboard.writeText(text);
      return report;
    },
    'destinations:retry': (id) => nothing(queue.openDestination(id)),
    'key-map:choose': async () => {
      const [path] = await chooseFile({ ...dialogs, filter: 'table' });
      return path === undefined ? null : intake.useKeyMap(path);
    },
    'key-map:forget': () => nothing(intake.forgetKeyMap()),
    'receipts:get': (id) => receipts.get(id),
    'receipts:check': (id) => receipts.check(id),
    'receipts:show-file': async (id) => nothing(shell.showItemInFolder(await receipts.path(id))),
    'quit:answer': (answer) => nothing(desks.answerQuit(answer)),
    'details:copy': (text) => nothing(clipboard.writeText(text)),
  } satisfies Partial<Handlers>;
}

function settingsHandlers({ settings, destinations, imports, practice, dialogs, savePreferences }: Desks) {
  return {
    'settings:get': () => settings.snapshot(),
    'settings:save-preferences': (changes) => nothing(savePreferences(defined(changes))),
    'settings:export': () => saveFile(dialogs, { name: 'remessa.json', content: () => settings.exported() }),
    'destinations:test': (form) => destinations.test(form),
    'destinations:save': (form) => destinations.save(form),
    'destinations:rename': (id, name) => nothing(destinations.rename(id, name)),
    'destinations:use': (id) => nothing(destinations.use(id)),
    'destinations:copy-to': (id) => nothing(destinations.copyTo(id)),
    'destinations:remove': (id, leaving) => nothing(destinations.remove(id, leaving)),
    'destinations:choose-folder': async () => {
      const [folder] = await chooseFolder(dialogs);
      return folder === undefined ? null : destinations.folderChosen(folder);
    },
    'destinations:add-this-computer': (name) => destinations.addThisComputer(name),
    'imports:find': () => imports.find(),
    'imports:choose-file': async () => {
      const [path] = await chooseFile({ ...dialogs, filter: 'settings' });
      return path === undefined ? null : imports.read(path);
    },
    'practice:usage': () => practice.usage(),
    'practice:empty': () => nothing(practice.empty()),
  } satisfies Partial<Handlers>;
}

function storageHandlers({ objects, upkeep }: Desks) {
  return {
    'objects:look': (id, key) => objects.look(id, key),
    'objects:delete': (id, key) => objects.delete(id, key),
    'doctor:run': (id) => upkeep.check(id),
    'doctor:stop': () => nothing(upkeep.stopCheck()),
    'cors:read': (id) => upkeep.cors(id),
    'cors:let-in': (id, origins) => upkeep.letIn(id, origins),
    'lifecycle:add-rule': (id) => nothing(upkeep.addLifecycleRule(id)),
    'unfinished:list': (id) => upkeep.unfinished(id),
    'unfinished:remove': (id, ids) => upkeep.removeUnfinished(id, ids),
    'usage:get': () => upkeep.usage(),
    'usage:count': (id) => upkeep.count(id),
  } satisfies Partial<Handlers>;
}

function migrationHandlers({ migration, dialogs }: Desks) {
  return {
    'migration:get': () => migration.snapshot(),
    'migration:choose-folder': async () => {
      const [folder] = await chooseFolder(dialogs);
      if (folder !== undefined) await migration.sourceChosen(folder);
      return null;
    },
    'migration:plan': (request) => nothing(migration.plan(request)),
    'migration:run': () => nothing(migration.run()),
    'migration:stop': () => nothing(migration.stop()),
    'migration:save-map': () => saveFile(dialogs, { name: 'remessa.csv', content: () => migration.map() }),
  } satisfies Partial<Handlers>;
}

const noFiles: AddReport = { addedIds: [], known: [], refused: [], leftOut: 0, keyMap: null };

/** zod's partial says "may be undefined" where we mean "may be absent". */
function defined(changes: { readonly [K in keyof Preferences]?: Preferences[K] | undefined }): Partial<Preferences> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
