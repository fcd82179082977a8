import type { DeletionReport, ObjectFacts } from '../../shared/storage.ts';
import type { LinkLedger } from '../store/link-ledger.ts';
import { deleteObject, refuseForeignKey } from '../upkeep/delete-object.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import type { Clock, StoredObject } from '../uploads/ports.ts';
import { isKeyWanted } from '../uploads/queue-questions.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import type { Storages } from './storages.ts';

/** Longest that looking or deleting may take, milliseconds. */
const patienceMs = 60_000;

interface ObjectWorld {
  readonly storages: Pick<Storages, 'storageFor' | 'rulesOf'> & {
    upkeepFor(destinationId: string): Promise<Pick<Upkeep, 'deleteObject'>>;
  };
  readonly queue: Pick<UploadQueue, 'records' | 'noteDeleted'>;
  readonly ledger: LinkLedger;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Ids of the destinations that lead to the same objects, the given one among them. */
  readonly samePlaces: (destinationId: string) => ReadonlySet<string>;
}

/** Shows what stands under a key, and deletes it. */
export class ObjectDesk {
  readonly #world: ObjectWorld;
  /** As they were shown the last time, by destination and key: only that may be deleted. */
  readonly #seen = new Map<string, StoredObject>();

  constructor(world: ObjectWorld) {
    this.#world = world;
  }

  /** Rejects with `object-missing`, or `outside-prefix` for what is none of ours. */
  async look(destinationId: string, typed: string): Promise<ObjectFacts> {
    const { storages, ledger } = this.#world;
    const key = typed.normalize('NFC');
    refuseForeignKey(key, storages.rulesOf(destinationId).prefix);
    const storage = await storages.storageFor(destinationId);
    const found = await storage.headObject(key, AbortSignal.timeout(patienceMs));
    if (found === null) throw new UploadError('object-missing');
    this.#seen.set(nameOf(destinationId, key), found);
    const links = await ledger.alive(destinationId, key);
    const expiries = links.map(({ expiresAt }) => expiresAt).filter((at) => at !== null);
    const { size, modifiedAt, contentType, uploadToken } = found;
    return {
      key,
      size,
      modifiedAt,
      contentType,
      isOurs: uploadToken !== null,
      links: {
        signed: expiries.length,
        lasting: links.length - expiries.length,
        lastExpiresAt: expiries.length === 0 ? null : Math.max(...expiries),
      },
    };
  }

  /** Rejects with `upload-in-use` while one of our uploads is on its way to the key, and as `deleteObject` does. */
  async delete(destinationId: string, typed: string): Promise<DeletionReport> {
    const { storages, queue, clock } = this.#world;
    const key = typed.normalize('NFC');
    const places = this.#world.samePlaces(destinationId);
    if (isKeyWanted(queue.records(), places, key)) throw new UploadError('upload-in-use');
    const place = {
      upkeep: await storages.upkeepFor(destinationId),
      storage: await storages.storageFor(destinationId),
      prefix: storages.rulesOf(destinationId).prefix,
      seen: this.#seen.get(nameOf(destinationId, key)) ?? null,
      sleep: (ms: number, signal: AbortSignal) => clock.sleep(ms, signal),
    };
    const deletion = await deleteObject(place, key, AbortSignal.timeout(patienceMs));
    this.#seen.delete(nameOf(destinationId, key));
    for (const id of places) await queue.noteDeleted(id, key, deletion);
    return { deletion };
  }
}

const nameOf = (destinationId: string, key: string): string => `${destinationId}/${key}`;
