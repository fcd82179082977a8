import { MiB } from '../uploads/part-plan.ts';
import type { ObjectStorage, StorageLimits } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { beginObject } from './begin-object.ts';
import { translated } from './disk-errors.ts';
import { dropUnlessPlaced, finishObject } from './finish-object.ts';
import { multipartFolders } from './multipart-folders.ts';
import { readNote } from './staging.ts';
import { asObject, checksumOfFile, lookAtFile } from './stored-files.ts';
import { type Disk, mustBeMounted } from './volume.ts';
import { writeProved } from './write-body.ts';

/**
 * A disk's own limits are asked of the disk (begin-object.ts). These are ours: as far as numbers are exact, as many parts
 * as everywhere, each so large that a flush for it is worth its while, and so small that one can be sent again.
 */
const limits: StorageLimits = {
  maxObjectBytes: Number.MAX_SAFE_INTEGER,
  maxParts: 10_000,
  minPartBytes: MiB,
  maxPartBytes: 5 * 1024 * MiB,
};

/** The engine's storage port over a folder. */
export function diskObjectStorage(disk: Disk): ObjectStorage {
  return {
    limits,
    ...multipartFolders(disk),

    headObject: (key, signal) =>
      translated(signal, async () => {
        const file = await lookAtFile(disk, key);
        return file === null ? null : asObject(key, file);
      }),

    putObject: (object, { body, signal, mustBeNew }) =>
      translated(signal, async () => {
        await mustBeMounted(disk);
        if (body.size !== object.size) throw new UploadError('invalid-request');
        const staging = await beginObject(disk, object, 'whole', signal);
        try {
          const crc64nvme = await writeProved(disk.digests, staging.data, { position: 0, body, signal });
          const note = await readNote(staging);
          if (note === null) throw new UploadError('disk-missing');
          const { etag } = await finishObject(disk, staging, { note, crc64nvme, mustBeNew, signal });
          return { etag };
        } catch (error) {
          await dropUnlessPlaced(disk, staging).catch(() => undefined);
          throw error;
        }
      }),

    checksumOf: (key, signal) => translated(signal, () => checksumOfFile(disk, key, signal)),

    // Not cut off by its signal: a network drive that hangs would keep one thread more with every look at it.
    isReachable: () =>
      mustBeMounted(disk).then(
        () => true,
        () => false,
      ),

    roundTrip: async () => null,
  };
}
