import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BrowserWindow, type OpenDialogOptions, dialog } from 'electron';
import type { ErrorCode } from '../../shared/errors.ts';
import { UploadError } from '../uploads/upload-error.ts';

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

/** What a chosen place can be without any fault of ours. */
const byCode: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'disk-read-only',
  EPERM: 'disk-read-only',
  EROFS: 'disk-read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

function placeError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? byCode[String(error.code)] : undefined;
  return code === undefined ? error : new UploadError(code, { cause: error });
}

/**
 * The name of the written file; null when the person thought better of it. Rejects with `disk-read-only` or `disk-full`
 * where the place takes nothing.
 */
export async function saveFile(
  { window }: FileDialogs,
  { name, content }: { readonly name: string; readonly content: () => string },
): Promise<string | null> {
  const parent = window();
  const options = { defaultPath: name };
  const { filePath } = await (parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options));
  if (filePath === '') return null;
  const text = content();
  await writeFile(filePath, text, { mode: 0o600 }).catch((error: unknown) => {
    throw placeError(error);
  });
  return basename(filePath);
}
