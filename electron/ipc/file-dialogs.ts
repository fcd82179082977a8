import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BrowserWindow, type OpenDialogOptions, dialog } from 'electron';

/** What the system's dialogs are opened with. */
export interface FileDialogs {
  readonly window: () => BrowserWindow | null;
  readonly filter: 'videos' | 'table' | 'settings';
}

const filters = {
  videos: [{ name: 'MP4', extensions: ['mp4', 'm4v'] }],
  table: [{ name: 'CSV', extensions: ['csv', 'tsv', 'txt'] }],
  // `.env` has no extension that dialogs know.
  settings: [{ name: '.env, JSON', extensions: ['*'] }],
} as const;

const open = async ({ window }: FileDialogs, options: OpenDialogOptions): Promise<readonly string[]> => {
  const parent = window();
  const answer = await (parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
  return answer.filePaths;
};

const filtersOf = ({ filter }: FileDialogs) => filters[filter].map(({ name, extensions }) => ({ name, extensions: [...extensions] }));

export const chooseFiles = (dialogs: FileDialogs): Promise<readonly string[]> =>
  open(dialogs, { properties: ['openFile', 'multiSelections'], filters: filtersOf(dialogs) });

/** `.env` files are hidden on most systems. */
export const chooseFile = (dialogs: FileDialogs): Promise<readonly string[]> =>
  open(dialogs, { properties: ['openFile', 'showHiddenFiles'], filters: filtersOf(dialogs) });

export const chooseFolder = (dialogs: FileDialogs): Promise<readonly string[]> =>
  open(dialogs, { properties: ['openDirectory', 'createDirectory'] });

/** The name of the written file; null when the person thought better of it. */
export async function saveFile(
  { window }: FileDialogs,
  { name, content }: { readonly name: string; readonly content: () => string },
): Promise<string | null> {
  const parent = window();
  const options = { defaultPath: name };
  const { filePath } = await (parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options));
  if (filePath === '') return null;
  await writeFile(filePath, content(), { mode: 0o600 });
  return basename(filePath);
}
