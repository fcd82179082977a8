import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent, systemCode } from './disk-errors.ts';
import { roomName } from './disk-key.ts';

export interface FoundFile {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Epoch milliseconds. */
  readonly mtimeMs: number;
}

interface WalkOptions {
  /** Only keys that begin so; folders in which there can be none are not looked into. */
  readonly prefix: string;
  /** Whether what systems and people hide counts, too. */
  readonly isHiddenToo: boolean;
  readonly signal: AbortSignal;
}

/** Files that are looked at in one go. */
const atOnce = 64;

/**
 * The plain files of a destination, in the order of their keys (by their bytes, as S3 lists them). Neither our own folder
 * nor what is behind links; what goes away meanwhile is left out.
 */
export async function* walkFiles(root: string, options: WalkOptions): AsyncGenerator<FoundFile> {
  yield* walkInto(root, '', options);
}

async function* walkInto(root: string, folderKey: string, options: WalkOptions): AsyncGenerator<FoundFile> {
  const { prefix, signal } = options;
  signal.throwIfAborted();
  const entries = (await entriesOf(join(root, folderKey)))
    .filter((entry) => isWanted(entry, folderKey, options))
    .map((entry) => ({ entry, key: folderKey + keyName(entry) }))
    .filter(({ entry, key }) => key.startsWith(prefix) || (entry.isDirectory() && prefix.startsWith(key)))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  for (let n = 0; n < entries.length; n += atOnce) {
    const some = entries.slice(n, n + atOnce);
    const facts = await Promise.all(some.map(({ entry }) => factsOf(join(root, folderKey, entry.name), entry)));
    for (const [index, { entry, key }] of some.entries()) {
      signal.throwIfAborted();
      const file = facts[index];
      if (entry.isDirectory()) yield* walkInto(root, `${folderKey}${entry.name}/`, options);
      else if (file !== undefined && file !== null) yield { key, size: file.size, mtimeMs: file.mtimeMs };
    }
  }
}

/** A folder sorts as what its keys begin with. */
function keyName(entry: Dirent): string {
  // Apple's older file system gives names back in another form of Unicode than it was given.
  const name = process.platform === 'darwin' ? entry.name.normalize('NFC') : entry.name;
  return entry.isDirectory() ? `${name}/` : name;
}

function isWanted(entry: Dirent, folderKey: string, { isHiddenToo }: WalkOptions): boolean {
  if (!entry.isFile() && !entry.isDirectory()) return false;
  if (folderKey === '' && entry.name.toLowerCase() === roomName) return false;
  return isHiddenToo || !entry.name.startsWith('.');
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // What may not be read, such as the system's own `lost+found`, has no videos of ours.
    if (isAbsent(error) || ['EACCES', 'EPERM'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

async function factsOf(path: string, entry: Dirent): Promise<{ readonly size: number; readonly mtimeMs: number } | null> {
  if (!entry.isFile()) return null;
  try {
    return await lstat(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
