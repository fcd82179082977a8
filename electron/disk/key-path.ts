import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UploadError } from '../uploads/upload-error.ts';
import { isAbsent, systemCode } from './disk-errors.ts';
import { refuseKey } from './disk-key.ts';
import type { Disk } from './volume.ts';

/** Where an object is, or would be. */
export interface KeyPath {
  /** Absolute. */
  readonly path: string;
  /** The deepest folder on the way to it that is there, links resolved. */
  readonly folder: string;
}

/**
 * The file of a key, which need not be there. Rejects with `invalid-key`, and with `outside-prefix` where a link leads out
 * of the destination's folder or into our own: nothing is read, written or deleted there.
 */
export async function pathOfKey(disk: Disk, key: string): Promise<KeyPath> {
  refuseKey(key);
  const root = await realpath(disk.address.folder);
  const path = join(root, ...key.split('/'));
  const folder = await deepestFolder(dirname(path), root);
  await refuseOutside(disk, root, folder);
  const facts = await lstatIfThere(path);
  if (facts?.isSymbolicLink() === true) {
    const target = await realpathIfThere(path);
    // One that leads nowhere is in the way of an object, and none itself.
    if (target === null) throw new UploadError('outside-prefix');
    await refuseOutside(disk, root, target);
  }
  return { path, folder };
}

/** What is there: an object is a file, also behind a link that stays in the folder. Null: there is none. */
export async function statObject(path: string): Promise<Stats | null> {
  try {
    const facts = await stat(path);
    return facts.isFile() ? facts : null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Also what is no object, such as a folder of that name. */
export async function lstatIfThere(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function realpathIfThere(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    // A circle of links.
    if (systemCode(error) === 'ELOOP') throw new UploadError('outside-prefix', { cause: error });
    throw error;
  }
}

async function deepestFolder(path: string, root: string): Promise<string> {
  const real = await realpathIfThere(path);
  if (real !== null) return real;
  // It was there a moment ago.
  if (path === root) throw new UploadError('disk-missing');
  return deepestFolder(dirname(path), root);
}

async function refuseOutside({ room }: Disk, root: string, path: string): Promise<void> {
  const way = relative(root, path);
  if (way === '') return;
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw new UploadError('outside-prefix');
  // By its identity: file systems have more than one spelling for a name.
  const [first, ours] = [await lstatIfThere(join(root, way.split(sep)[0] ?? '')), await lstatIfThere(room)];
  if (first !== null && ours !== null && first.ino !== 0 && first.ino === ours.ino && first.dev === ours.dev) {
    throw new UploadError('outside-prefix');
  }
}
