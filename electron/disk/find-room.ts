import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { MiB } from '../uploads/part-plan.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { readNote, stagingsIn } from './staging.ts';
import type { Disk } from './volume.ts';
import { walkFiles } from './walk-files.ts';

/** Bytes that are left free beside an object, for the notes that go with it and for whoever else uses the disk. */
const reserveBytes = 64 * MiB;
/** FAT counts the bytes of a file in 32 bits (Microsoft, "FAT: General Overview of On-Disk Format"). */
export const fatLimit = 4 * 1024 * MiB - 1;
/** `f_type` of statfs(2): FAT, and any file system that is driven by a program. */
const msdosType = 0x4d44;
const fuseType = 0x65735546;

export interface RoomFacts {
  /** Bytes that this person may still write. */
  readonly freeBytes: number;
  /** FAT32: no file of 4 GiB or more. Only Linux tells. */
  readonly isFat: boolean;
  /** Driven by a program, which may take its time where a kernel's driver does not. Only Linux tells. */
  readonly isFuse: boolean;
}

export async function roomOf({ address }: Pick<Disk, 'address'>): Promise<RoomFacts> {
  return factsOf(await statfs(address.folder), process.platform);
}

/** Other systems than Linux count their file systems in other ways. */
export const factsOf = (
  { bavail, bsize, type }: Pick<StatsFs, 'bavail' | 'bsize' | 'type'>,
  platform: NodeJS.Platform,
): RoomFacts => ({
  freeBytes: bavail * bsize,
  isFat: platform === 'linux' && type === msdosType,
  isFuse: platform === 'linux' && type === fuseType,
});

/**
 * Rejects with `disk-file-limit`, `disk-full` or `quota-exceeded` before a byte of an object is written. `replacedBytes`:
 * of what stands under the key now. It goes when the new one is whole: the quota has its bytes back then, while the disk
 * needs room for both.
 */
export async function refuseWithoutRoom(
  disk: Disk,
  { size, replacedBytes }: { readonly size: number; readonly replacedBytes: number },
  signal: AbortSignal,
): Promise<void> {
  refuseSize(await roomOf(disk), size);
  const { quotaBytes } = disk.address;
  if (quotaBytes === null) return;
  const used = await usedBytes(disk, signal);
  if (used - replacedBytes + size > quotaBytes) throw new UploadError('quota-exceeded');
}

/** The limit of the format comes first: room can be made. */
export function refuseSize({ freeBytes, isFat }: Pick<RoomFacts, 'freeBytes' | 'isFat'>, size: number): void {
  if (isFat && size > fatLimit) throw new UploadError('disk-file-limit');
  if (freeBytes < size + reserveBytes) throw new UploadError('disk-full');
}

/** What counts against the quota: every file in the folder, and what unfinished uploads will need. */
export async function usedBytes(disk: Disk, signal: AbortSignal): Promise<number> {
  let used = 0;
  const walk = { prefix: '', isHiddenToo: true, signal };
  for await (const { size } of walkFiles(disk.address.folder, walk)) used += size;
  for (const staging of await stagingsIn(disk)) used += (await readNote(staging))?.size ?? 0;
  return used;
}
