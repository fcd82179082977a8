import { type BrowserWindow, clipboard, dialog, shell } from 'electron';
import type { AddReport, CopyReport, PracticeUsage, TestReport } from '../../shared/ipc.ts';
import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import type { Credentials, DestinationDraft, Preferences, SettingsSnapshot } from '../../shared/settings.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import type { Handlers } from './register.ts';

/** What the window may ask for, beyond the queue. */
export interface Desk {
  readonly currentDestinationId: () => string | null;
  readonly snapshot: () => Promise<SettingsSnapshot>;
  readonly savePreferences: (changes: Partial<Preferences>) => void;
  readonly test: (draft: DestinationDraft, credentials: Credentials | null, id: string | null) => Promise<TestReport>;
  readonly save: (input: {
    readonly id: string | null;
    readonly draft: DestinationDraft;
    readonly credentials: Credentials | null;
    readonly keep: 'keychain' | 'session';
  }) => Promise<{ readonly id: string }>;
  readonly use: (id: string) => void;
  readonly remove: (id: string) => Promise<void>;
  readonly links: (ids: readonly string[]) => Promise<{ readonly text: string; readonly report: CopyReport }>;
  readonly receipt: (id: string) => Promise<Receipt>;
  readonly checkReceipt: (id: string) => Promise<ReceiptReport>;
  readonly receiptPath: (id: string) => Promise<string>;
  readonly practiceUsage: () => Promise<PracticeUsage>;
  readonly emptyPractice: () => Promise<void>;
  readonly answerQuit: (answer: 'quit' | 'stay') => void;
  readonly window: () => BrowserWindow | null;
  /** For the file dialog's filter, in the window's language. */
  readonly videosLabel: () => string;
}

const nothing = async (work: Promise<unknown> | void): Promise<null> => {
  await work;
  return null;
};

/** The table channel → call. */
export function createHandlers(queue: UploadQueue, desk: Desk): Handlers {
  return {
    'uploads:get': () => queue.snapshot(),
    'uploads:add': (paths) => add(queue, desk, paths),
    'uploads:choose': async () => {
      const paths = await choose(desk, true);
      return paths.length === 0 ? { addedIds: [], known: [], refused: [] } : add(queue, desk, paths);
    },
    'uploads:pause': (ids) => nothing(queue.pause(ids)),
    'uploads:resume': (ids) => nothing(queue.resume(ids)),
    'uploads:retry': (ids) => nothing(queue.retry(ids)),
    'uploads:cancel': (ids) => nothing(queue.cancel(ids)),
    'uploads:remove': (ids) => nothing(queue.remove(ids)),
    'uploads:move': (id, where) => nothing(queue.move(id, where)),
    'uploads:set-key': (id, key) => nothing(queue.setKey(id, key)),
    'uploads:replace-object': (id) => nothing(queue.replaceObject(id)),
    'uploads:restart': (id) => nothing(queue.restart(id)),
    'uploads:locate': async (id) => {
      const [path] = await choose(desk, false);
      return path === undefined ? null : nothing(queue.locate(id, path));
    },
    'uploads:copy-links': async (ids) => {
      const { text, report } = await desk.links(ids);
      await clipboard.writeText(text);
      return report;
    },
    'receipts:get': (id) => desk.receipt(id),
    'receipts:check': (id) => desk.checkReceipt(id),
    'receipts:show-file': async (id) => nothing(shell.showItemInFolder(await desk.receiptPath(id))),
    'settings:get': () => desk.snapshot(),
    'settings:save-preferences': (changes) => nothing(desk.savePreferences(defined(changes))),
    'destinations:test': (draft, credentials, id) => desk.test(draft, credentials, id),
    'destinations:save': (input) => desk.save(input),
    'destinations:use': (id) => nothing(desk.use(id)),
    'destinations:remove': (id) => nothing(desk.remove(id)),
    'destinations:retry': (id) => nothing(queue.openDestination(id)),
    'practice:usage': () => desk.practiceUsage(),
    'practice:empty': () => nothing(desk.emptyPractice()),
    'quit:answer': (answer) => nothing(desk.answerQuit(answer)),
    'details:copy': (text) => nothing(clipboard.writeText(text)),
  };
}

async function add(queue: UploadQueue, desk: Desk, paths: readonly string[]): Promise<AddReport> {
  const destinationId = desk.currentDestinationId();
  if (destinationId === null) throw new UploadError('destination-missing');
  return queue.add(paths, destinationId);
}

async function choose(desk: Desk, many: boolean): Promise<readonly string[]> {
  const window = desk.window();
  const options = {
    properties: many ? ['openFile' as const, 'multiSelections' as const] : ['openFile' as const],
    filters: [{ name: desk.videosLabel(), extensions: ['mp4', 'm4v'] }],
  };
  const { filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return filePaths;
}

/** zod's partial says "may be undefined" where we mean "may be absent". */
function defined(changes: { readonly [K in keyof Preferences]?: Preferences[K] | undefined }): Partial<Preferences> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
