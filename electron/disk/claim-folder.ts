import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { roomName } from './disk-key.ts';
import { systemCode, toDiskError } from './disk-errors.ts';
import { flushFolder, makeFolder, makeFolders } from './durable-files.ts';
import { markerText, volumeIdIn } from './volume.ts';

/**
 * Makes a folder a destination's, and names its volume; a folder that was claimed before keeps its name, so that two
 * computers may use one disk. Rejects with `disk-read-only`, `disk-full` or `disk-missing`.
 */
export async function claimFolder(folder: string): Promise<{ readonly volumeId: string }> {
  try {
    await makeFolders(folder);
    const room = join(folder, roomName);
    await makeFolder(room);
    await makeFolder(join(room, 'objects'));
    await makeFolder(join(room, 'uploads'));
    return { volumeId: await claim(join(room, 'destination.json')) };
  } catch (error) {
    throw toDiskError(error);
  }
}

async function claim(marker: string): Promise<string> {
  const known = await volumeIdIn(marker);
  if (known !== null) return known;
  const volumeId = randomUUID();
  const mine = `${marker}.${volumeId}.new`;
  try {
    const file = await open(mine, 'wx');
    try {
      await file.writeFile(markerText(volumeId));
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(mine, marker);
  } finally {
    await rm(mine, { force: true }).catch(() => undefined);
  }
  await flushFolder(dirname(marker));
  // Somebody else may have been faster.
  return (await volumeIdIn(marker)) ?? volumeId;
}

/** A link never replaces the marker of somebody who was faster; what is no marker, or has no links, is replaced. */
async function putInPlace(mine: string, marker: string): Promise<void> {
  try {
    await link(mine, marker);
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && (await volumeIdIn(marker)) !== null) return;
    await rename(mine, marker);
  }
}
