import { join } from 'node:path';
import type { TestReport } from '../../shared/replies.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import type { ObjectStorage } from '../uploads/ports.ts';
import type { DiskAddress } from './disk-address.ts';
import { diskObjectStorage } from './disk-object-storage.ts';
import { diskUpkeep } from './disk-upkeep.ts';
import { tryDisk } from './test-disk.ts';
import { roomName } from './disk-key.ts';
import { type DiskWorld, diskAt, volumeIdIn } from './volume.ts';

export type { DiskWorld } from './volume.ts';
export { claimFolder } from './claim-folder.ts';

/** What a folder was claimed as; null where it was not, or is not there. */
export const volumeIdAt = (folder: string): Promise<string | null> => volumeIdIn(join(folder, roomName, 'destination.json'));

/** Costs nothing and keeps nothing: all that is known of a disk is on the disk. */
export function openDisk(
  address: DiskAddress,
  world: DiskWorld,
): { readonly storage: ObjectStorage; readonly upkeep: Upkeep } {
  const disk = diskAt(address, world);
  const storage = diskObjectStorage(disk);
  return { storage, upkeep: diskUpkeep(disk, storage) };
}

/** Never rejects for what it finds. */
export function testDisk(address: DiskAddress, world: DiskWorld): Promise<TestReport> {
  const { storage, upkeep } = openDisk(address, world);
  return tryDisk(diskAt(address, world), storage, upkeep);
}
