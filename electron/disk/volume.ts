import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FileDigests } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { DiskAddress } from './disk-address.ts';
import { isAbsent } from './disk-errors.ts';
import { roomName } from './disk-key.ts';
import { makeFolder } from './durable-files.ts';

export interface DiskWorld {
  readonly digests: FileDigests;
  readonly appVersion: string;
}

/**
 * Where things lie in a destination's folder:
 *
 *   <key>                                   an object: a plain file that any program can play
 *   .remessa/destination.json               the marker: this is the volume, and not its empty mount point
 *   .remessa/objects/<ab>/<hash>.json       what is known of the object under a key (sidecar.ts)
 *   .remessa/uploads/<uploadId>/            what is not finished (staging.ts)
 */
export interface Disk extends DiskWorld {
  readonly address: DiskAddress;
  readonly room: string;
  readonly marker: string;
  readonly objects: string;
  readonly uploads: string;
}

export function diskAt(address: DiskAddress, world: DiskWorld): Disk {
  const room = join(address.folder, roomName);
  return {
    ...world,
    address,
    room,
    marker: join(room, 'destination.json'),
    objects: join(room, 'objects'),
    uploads: join(room, 'uploads'),
  };
}

const markerSchema = z.object({
  kind: z.literal('remessa-destination'),
  schemaVersion: z.literal(1),
  volumeId: z.string().min(1).max(64),
});

export const markerText = (volumeId: string): string =>
  `${JSON.stringify({ kind: 'remessa-destination', schemaVersion: 1, volumeId } satisfies z.infer<typeof markerSchema>)}\n`;

/** The id in the marker; null where there is none, or it is none of ours. */
export async function volumeIdIn(marker: string): Promise<string | null> {
  try {
    const parsed = markerSchema.safeParse(JSON.parse(await readFile(marker, 'utf8')));
    return parsed.success ? parsed.data.volumeId : null;
  } catch (error) {
    // Not JSON: somebody else's file, or a damaged one.
    if (isAbsent(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Rejects with `disk-missing` unless the volume is the one that was claimed. Asked before every operation; besides, an
 * operation makes nothing but inside of `.remessa`, and brings it from there to its place by a link or a rename: where
 * the volume goes away in between, there is nothing to bring, and its mount point stays empty.
 */
export async function mustBeMounted({ address, marker, room }: Disk): Promise<void> {
  if (address.volumeId !== null) {
    if ((await volumeIdIn(marker)) !== address.volumeId) throw new UploadError('disk-missing');
    return;
  }
  // A draft that is being tried: it may be any folder that is there.
  const facts = await lstat(address.folder).catch((error: unknown) => {
    throw isAbsent(error) ? new UploadError('disk-missing', { cause: error }) : error;
  });
  if (!facts.isDirectory() && !facts.isSymbolicLink()) throw new UploadError('disk-missing');
  await makeFolder(room);
}
