import { mkdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectDescription } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { systemCode } from './disk-errors.ts';
import { unlessAborted, withFile } from './durable-files.ts';
import { fatLimit, refuseWithoutRoom, roomOf } from './find-room.ts';
import { settle } from './finish-object.ts';
import { type KeyPath, lstatIfThere, pathOfKey } from './key-path.ts';
import { type Staging, type StagingKind, beginStaging, leftOverOf, removeStaging } from './staging.ts';
import { type Disk, mustBeMounted } from './volume.ts';

/** What making a folder answers where the name is what the file system does not take (drivers differ). */
const badName = new Set(['ENOENT', 'EINVAL', 'EILSEQ', 'ENAMETOOLONG', 'EPERM', 'EACCES', 'ENOTSUP']);

/**
 * A folder for the bytes of a new object, after everything that can be known beforehand was asked: is there room, does the
 * disk take so long a file and such a name. Rejects with `disk-full`, `quota-exceeded`, `disk-file-limit`, `invalid-key`
 * or `outside-prefix`; nothing is left then.
 */
export async function beginObject(
  disk: Disk,
  object: ObjectDescription,
  kind: StagingKind,
  signal: AbortSignal,
): Promise<Staging> {
  const target = await pathOfKey(disk, object.key);
  const there = await lstatIfThere(target.path);
  // A bucket may have objects `a` and `a/b`, a disk may not.
  if (there?.isDirectory() === true || !(await stat(target.folder)).isDirectory()) throw new UploadError('invalid-key');
  await refuseOtherVolume(disk, target);
  if (kind === 'whole') await dropLeftOver(disk, object);
  const replacedBytes = there?.isFile() === true ? there.size : 0;
  await refuseWithoutRoom(disk, { size: object.size, replacedBytes }, signal);
  const staging = await beginStaging(disk, object, kind);
  try {
    await tryNames(disk, staging, object.key);
    await tryLength(disk, staging, object.size, signal);
    signal.throwIfAborted();
    return staging;
  } catch (error) {
    await removeStaging(staging).catch(() => undefined);
    throw error;
  }
}

/** A file that goes in one piece is begun anew after a crash: what that left of the same upload is of no use. */
async function dropLeftOver(disk: Disk, object: ObjectDescription): Promise<void> {
  for (const staging of await leftOverOf(disk, object)) {
    if ((await settle(disk, staging)) === null) await removeStaging(staging);
  }
}

/** Another disk is mounted inside of the folder: nothing gets there in one step. */
async function refuseOtherVolume({ uploads, room }: Disk, { folder }: KeyPath): Promise<void> {
  const [here, there] = [await stat(uploads).catch(() => stat(room)), await stat(folder)];
  if (here.dev !== there.dev) throw new UploadError('outside-prefix');
}

/** The file system itself says which names it takes: length and characters depend on it, not only on the system. */
async function tryNames(disk: Disk, { folder }: Staging, key: string): Promise<void> {
  const place = join(folder, 'names');
  await mkdir(place);
  for (const name of new Set(key.split('/'))) {
    try {
      await mkdir(join(place, name));
    } catch (error) {
      if (!badName.has(systemCode(error) ?? '')) throw error;
      // A volume that has gone takes no name at all.
      await mustBeMounted(disk);
      throw new UploadError('invalid-key', { cause: error });
    }
    await rmdir(join(place, name));
  }
  await rmdir(place);
}

/**
 * FAT32 says only on Linux that it is FAT32, and other file systems and accounts have limits of their own: a file that is
 * made so long, and short again, tells before anything is copied. It takes no time, but where a program drives the file
 * system, which may write zeros.
 */
async function tryLength(disk: Disk, { data }: Staging, size: number, signal: AbortSignal): Promise<void> {
  if (size <= fatLimit || (await roomOf(disk)).isFuse) return;
  await withFile(data, 'r+', signal, (file) =>
    unlessAborted(signal, file.truncate(size).then(() => file.truncate(0))),
  );
}
