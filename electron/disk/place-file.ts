import { link, mkdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { UploadError } from '../uploads/upload-error.ts';
import { isAbsent, systemCode } from './disk-errors.ts';
import { flushFolder } from './durable-files.ts';
import { type KeyPath, lstatIfThere } from './key-path.ts';
import type { Staging } from './staging.ts';

/**
 * What link(2) answers where the file system has no hard links (FAT, exFAT, some network disks), or no more of them for
 * this file. Windows says of exFAT that the function is none, which Node calls EISDIR.
 */
const noLinks = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR', 'EINVAL']);
/** The name is taken by a folder, or a file stands where a folder would have to be. */
const wrongKind = new Set(['EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST']);
/** Rounds in which the folder of an object may vanish under it because another one was deleted there. */
const rounds = 5;

/**
 * Brings finished bytes to their place, whole or not at all. `mustBeNew`: rejects with `object-exists` rather than replace
 * anything; without hard links two computers that finish in the very same moment could both think so. The bytes stay in
 * the upload's folder as well, under a link, until somebody removes that: so a crash leaves the proof of what was done.
 */
export async function placeFile(staging: Staging, find: () => Promise<KeyPath>, mustBeNew: boolean): Promise<void> {
  for (let round = 1; ; round += 1) {
    const made: string[] = [];
    try {
      const target = await find();
      await makeParents(staging, target, made);
      await bring(staging, target.path, mustBeNew);
      return await flushFolder(dirname(target.path));
    } catch (error) {
      await removeEmptyFolders(made);
      const isFolderGone = isAbsent(error) && (await lstatIfThere(staging.data)) !== null;
      if (!isFolderGone || round === rounds) throw error;
    }
  }
}

async function bring({ data, folder }: Staging, path: string, mustBeNew: boolean): Promise<void> {
  if (mustBeNew) {
    if (await linked(data, path)) return;
    await refuseExisting(path);
    return renamed(data, path);
  }
  const second = join(folder, 'placed');
  await rm(second, { force: true });
  if (await linked(data, second)) await renamed(second, path);
  else await renamed(data, path);
}

/** False where there are no links. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') await refuseExisting(to);
    if (code === 'EXDEV') throw new UploadError('outside-prefix', { cause: error });
    if (noLinks.has(code)) return false;
    throw error;
  }
}

async function renamed(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EXDEV') throw new UploadError('outside-prefix', { cause: error });
    // Windows does not replace a file that somebody is playing.
    if (process.platform === 'win32' && ['EPERM', 'EACCES'].includes(code) && (await lstatIfThere(to))?.isFile()) {
      throw new UploadError('server-error', { cause: error });
    }
    if (wrongKind.has(code)) throw new UploadError('invalid-key', { cause: error });
    throw error;
  }
}

async function refuseExisting(path: string): Promise<void> {
  const facts = await lstatIfThere(path);
  if (facts === null) return;
  if (facts.isDirectory()) throw new UploadError('invalid-key');
  throw new UploadError('object-exists', { existing: { size: facts.size, modifiedAt: facts.mtimeMs } });
}

/**
 * Makes the folders on the way to an object, and adds to `made` those that were not there. Each is made in the upload's
 * folder and renamed to its place: in the mount point of a volume that has just gone away, nothing is made.
 */
async function makeParents(staging: Staging, { path, folder }: KeyPath, made: string[]): Promise<void> {
  const names = relative(folder, dirname(path)).split(sep).filter((name) => name !== '');
  let parent = folder;
  for (const name of names) {
    const wanted = join(parent, name);
    if (await makeOne(staging, wanted)) made.push(wanted);
    parent = wanted;
  }
}

async function makeOne({ folder }: Staging, wanted: string): Promise<boolean> {
  if (await isFolder(wanted)) return false;
  const fresh = join(folder, 'folder');
  await mkdir(fresh).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });
  try {
    await rename(fresh, wanted);
  } catch (error) {
    await rmdir(fresh).catch(() => undefined);
    // Another upload was faster.
    if (await isFolder(wanted)) return false;
    if (wrongKind.has(systemCode(error) ?? '')) throw new UploadError('invalid-key', { cause: error });
    throw error;
  }
  await flushFolder(dirname(wanted));
  return true;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** The innermost first; one that has something in it stays, and all above it. */
export async function removeEmptyFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) {
    try {
      await rmdir(folder);
    } catch {
      // It is in use, or gone already.
      return;
    }
  }
}
