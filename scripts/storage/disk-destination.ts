import { access, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadDigests } from '../../electron/digest/file-digests.ts';
import type { DiskAddress } from '../../electron/disk/disk-address.ts';
import { isAbsent, toDiskError, translated } from '../../electron/disk/disk-errors.ts';
import { refuseKey, roomName } from '../../electron/disk/disk-key.ts';
import { pathOfKey, statObject } from '../../electron/disk/key-path.ts';
import { type DiskWorld, claimFolder, openDisk, testDisk } from '../../electron/disk/open-disk.ts';
import { asObject } from '../../electron/disk/stored-files.ts';
import { diskAt, volumeIdIn } from '../../electron/disk/volume.ts';
import { checksumOfRange } from '../../electron/disk/write-body.ts';
import type { Upkeep } from '../../electron/upkeep/ports.ts';
import type { FileDigests, ObjectStorage } from '../../electron/uploads/ports.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import { Misuse } from './arguments.ts';
import type { Session } from './command.ts';

/**
 * What a folder is opened for: as a destination that it is already; to become one, and stay it; or only to be looked at,
 * without a trace, whatever it is.
 */
export type FolderUse = 'claimed' | 'claim' | 'look';

interface OpenFolder {
  readonly address: DiskAddress;
  readonly storage: ObjectStorage;
  readonly upkeep: Upkeep;
}

/** Rejects with Misuse for a folder that is no destination and should be, else with what testing and claiming reject with. */
export async function openFolder(
  { world, words }: Pick<Session, 'world' | 'words'>,
  typed: string,
  use: FolderUse,
): Promise<OpenFolder> {
  const disk: DiskWorld = { digests: ownDigests(), appVersion: world.appVersion };
  const folder = await realpath(typed).catch(() => typed);
  const volumeId = await volumeIdAt(folder);
  const unclaimed = { folder, volumeId, quotaBytes: null, publicBaseUrl: null };
  if (volumeId !== null) return { address: unclaimed, ...openDisk(unclaimed, disk) };
  if (use === 'claimed') throw new Misuse(words.settings.notADisk(typed));
  if (use === 'look') return { address: unclaimed, ...lookedAt(unclaimed, disk) };
  const { steps } = await testDisk(unclaimed, disk);
  const failed = steps.find(({ state }) => state === 'failed');
  if (failed !== undefined) throw new UploadError(failed.error?.code ?? 'internal');
  const claimed = { ...unclaimed, ...(await claimFolder(folder)) };
  return { address: claimed, ...openDisk(claimed, disk) };
}

/**
 * Makes a folder a destination for as long as it is examined. Rejects with `disk-missing` where there is none: a check
 * that made one would call a disk healthy that is not mounted.
 */
export async function claimForNow(folder: string): Promise<{ readonly release: () => Promise<void> }> {
  const room = join(folder, roomName);
  try {
    if ((await volumeIdAt(folder)) !== null) return { release: async () => undefined };
    await access(folder);
    const hadRoom = await isThere(room);
    await claimFolder(folder);
    return { release: async () => (hadRoom ? undefined : rm(room, { recursive: true, force: true })) };
  } catch (error) {
    throw toDiskError(error);
  }
}

/** Hashes in a thread of their own: bytes go on leaving meanwhile. It runs through tsx as we do. */
export const ownDigests = (): FileDigests =>
  threadDigests(fileURLToPath(new URL('../../electron/digest/digest-worker.ts', import.meta.url)));

/** Null for a folder that is no destination yet, or not there. */
const volumeIdAt = (folder: string): Promise<string | null> =>
  volumeIdIn(join(folder, roomName, 'destination.json')).catch((error: unknown) => {
    throw toDiskError(error);
  });

/** The room's own adapter makes its folder in one that has none: this one only looks. What asks for more is refused. */
function lookedAt(address: DiskAddress, world: DiskWorld): Omit<OpenFolder, 'address'> {
  const disk = diskAt(address, world);
  const fileOf = async (key: string) => {
    refuseKey(key);
    // What would be made first holds nothing.
    if (!(await isThere(address.folder))) return null;
    const { path } = await pathOfKey(disk, key);
    const facts = await statObject(path);
    return facts === null ? null : { path, size: facts.size, mtimeMs: facts.mtimeMs, facts: null };
  };
  const nobodys = openDisk({ ...address, volumeId: 'none' }, world);
  const storage: ObjectStorage = {
    ...nobodys.storage,
    headObject: (key, signal) =>
      translated(signal, async () => {
        const file = await fileOf(key);
        return file === null ? null : asObject(key, file);
      }),
    checksumOf: (key, signal) =>
      translated(signal, async () => {
        const file = await fileOf(key);
        return file === null ? null : checksumOfRange(world.digests, { path: file.path, start: 0, size: file.size }, signal);
      }),
  };
  return { storage, upkeep: nobodys.upkeep };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
