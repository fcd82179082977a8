import { randomUUID } from 'node:crypto';
import type { RemovalReport, UnfinishedUpload } from '../../shared/storage.ts';
import type { ObjectStorage } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { UnfinishedFound, Upkeep } from './ports.ts';

/** Uploads whose parts are counted at the same time. */
const atOnce = 4;

interface Place {
  readonly upkeep: Pick<Upkeep, 'unfinished'>;
  readonly storage: Pick<ObjectStorage, 'listParts' | 'abortMultipartUpload'>;
  readonly prefix: string;
  /** Whether this computer goes on with it. Asked anew each time: uploads begin while one looks. */
  readonly isOurs: (upload: Pick<UnfinishedFound, 'key' | 'uploadId'>) => boolean;
}

/** What the window sees, and what it stands for. */
export interface Listing {
  readonly uploads: readonly UnfinishedUpload[];
  readonly found: ReadonlyMap<string, UnfinishedFound>;
}

/** Every unfinished upload under the prefix, oldest first, with what has arrived of it. */
export async function listUnfinished(place: Place, signal: AbortSignal): Promise<Listing> {
  const all = await place.upkeep.unfinished(place.prefix, signal);
  const sorted = [...all].sort((a, b) => (a.initiatedAt ?? 0) - (b.initiatedAt ?? 0));
  const found = new Map(sorted.map((upload) => [randomUUID(), upload]));
  const uploads: UnfinishedUpload[] = [];
  for (const group of inGroups([...found], atOnce)) {
    uploads.push(...(await Promise.all(group.map(([id, upload]) => describe(place, id, upload, signal)))));
  }
  return { uploads, found };
}

/** Makes the destination forget those uploads, but never one that is ours: that one is canceled in the list. */
export async function removeUnfinished(
  place: Place,
  { found }: Listing,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<RemovalReport> {
  let removed = 0;
  const wanted = new Set(ids);
  for (const id of wanted) {
    const upload = found.get(id);
    if (upload === undefined || place.isOurs(upload)) continue;
    try {
      await place.storage.abortMultipartUpload(upload.key, upload.uploadId, signal);
      removed += 1;
    } catch (error) {
      // One that is refused does not keep the others; a destination that answers nothing any more does.
      if (!(error instanceof UploadError) || error.facts.httpStatus === undefined) throw error;
    }
  }
  return { removed, kept: wanted.size - removed };
}

async function describe(place: Place, id: string, upload: UnfinishedFound, signal: AbortSignal): Promise<UnfinishedUpload> {
  const { key, uploadId, initiatedAt } = upload;
  const owner = place.isOurs(upload) ? 'ours' : 'unknown';
  const parts = await place.storage.listParts(key, uploadId, signal).catch((error: unknown) => {
    if (error instanceof UploadError && error.code === 'access-denied') return null;
    // It ended while the list was made.
    if (error instanceof UploadError && error.code === 'upload-expired') return [];
    throw error;
  });
  const bytes = parts?.reduce((sum, { size }) => sum + size, 0) ?? null;
  return { id, key, initiatedAt, bytes, parts: parts?.length ?? null, owner };
}

function* inGroups<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let n = 0; n < all.length; n += size) yield all.slice(n, n + size);
}
