import { videoIdFromName } from '../../shared/object-key.ts';
import { ask } from '../uploads/attempts.ts';
import type { Clock, ObjectStorage, StoredObject } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import { copyToken } from './copy-token.ts';
import type { MigrationSource, Sameness, SourceVideo } from './migration-source.ts';

/** Objects that are looked at: their bytes cannot be seen without fetching them. */
const videoKey = /\.(mp4|m4v|mov)$/i;
const md5Etag = /^[0-9a-f]{32}(-\d+)?$/;

interface Place {
  readonly name: string;
  readonly prefix: string;
  readonly clock: Clock;
  readonly storage: Pick<ObjectStorage, 'headObject' | 'checksumOf'>;
  readonly upkeep: Pick<Upkeep, 'list'>;
}

/** The videos at another destination, below a prefix. They keep their keys; the target's prefix takes the place of the source's. */
export function destinationSource(place: Place, below: string): MigrationSource {
  return {
    name: place.name,
    find: async (signal) => ({ total: null, videos: videosAt(place, below, signal) }),
    compare: async ({ path }, { object }, signal) => {
      const original = await ask({ clock: place.clock, signal, onRetrying: () => undefined }, (inner) => place.storage.headObject(path, inner));
      if (original === null) throw new UploadError('object-missing');
      return sameness({ ...original, path }, object, () => place.storage.checksumOf(path, signal));
    },
  };
}

async function* videosAt({ upkeep, prefix }: Place, below: string, signal: AbortSignal): AsyncGenerator<SourceVideo> {
  for await (const { key, size } of upkeep.list(prefix + below, signal)) {
    if (!videoKey.test(key)) continue;
    const name = key.split('/').at(-1) ?? key;
    yield { path: key, id: videoIdFromName(name), key: key.slice(prefix.length), size, error: null };
  }
}

interface Original extends StoredObject {
  readonly path: string;
}

/**
 * By checksums where both sides have one; by ETags only when they are equal: made of other parts, they differ. Where one
 * of the sides keeps no checksum, an earlier run's own mark says what it has copied.
 */
async function sameness(a: Original, b: StoredObject, checksumOfA: () => Promise<string | null>): Promise<Sameness> {
  if (a.size !== b.size) return 'different';
  if (md5Etag.test(a.etag) && a.etag === b.etag) return 'same';
  const checksum = b.crc64nvme === null ? null : (a.crc64nvme ?? (await checksumOfA()));
  if (checksum === null) return b.uploadToken === copyToken(a.path, a) ? 'same' : 'unsure';
  return checksum === b.crc64nvme ? 'same' : 'different';
}
