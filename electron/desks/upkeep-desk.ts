import { mergeCors } from '../../shared/cors.ts';
import type { DoctorReport } from '../../shared/doctor.ts';
import type { CorsState, CountedUsage, DestinationUsage, RemovalReport, UnfinishedUpload } from '../../shared/storage.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { examine } from '../upkeep/examine.ts';
import { type Listing, listUnfinished, removeUnfinished } from '../upkeep/unfinished-uploads.ts';
import { usageOf } from '../upkeep/usage.ts';
import type { CorsRules } from '../upkeep/ports.ts';
import { goesOnWith, recordsFor } from '../uploads/queue-questions.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import type { Storages } from './storages.ts';

/** Longest that one of these requests may take, milliseconds; a listing of a large bucket has many pages. */
const patienceMs = 60_000;
const listingPatienceMs = 300_000;
/** Days after which a bucket drops what nobody finished: R2's own rule. */
const unfinishedDays = 7;

interface UpkeepWorld {
  readonly storages: Storages;
  readonly settings: SettingsStore;
  readonly queue: UploadQueue;
  readonly now: () => number;
  readonly tell: (report: DoctorReport) => void;
  /** Whether a migration is on its way to the key. */
  readonly isCopying: (destinationId: string, key: string) => boolean;
}

/** The configuration check, the rules of a bucket, and what lies around in it. */
export class UpkeepDesk {
  readonly #world: UpkeepWorld;
  #examination: AbortController | null = null;
  /** Those that have not cleaned up after themselves yet. */
  readonly #unfinished = new Set<Promise<unknown>>();
  /** What the window sees by ids of ours; the server's stay here. */
  readonly #listings = new Map<string, Listing>();
  #lastRevision = 0;

  constructor(world: UpkeepWorld) {
    this.#world = world;
  }

  /** One at a time: another one ends the one before. Settles with the report; every step is told. */
  async check(destinationId: string): Promise<DoctorReport> {
    this.stopCheck();
    const controller = new AbortController();
    this.#examination = controller;
    const examination = this.#examine(destinationId, controller);
    this.#unfinished.add(examination);
    return examination.finally(() => this.#unfinished.delete(examination));
  }

  async #examine(destinationId: string, controller: AbortController): Promise<DoctorReport> {
    const upkeep = await this.#world.storages.upkeepFor(destinationId);
    return examine(upkeep.examination(), {
      signal: controller.signal,
      tell: (part) => {
        this.#lastRevision += 1;
        const report = { ...part, destinationId, revision: this.#lastRevision };
        if (this.#examination === controller) this.#world.tell(report);
        return report;
      },
    });
  }

  stopCheck(): void {
    this.#examination?.abort(new Error('stopped'));
    this.#examination = null;
  }

  /** Stops the check, and settles when nothing of it is left at the destination, as far as that can be had. */
  async close(): Promise<void> {
    this.stopCheck();
    await Promise.allSettled(this.#unfinished);
  }

  /** Rejects with `not-supported` for a disk. */
  async cors(destinationId: string): Promise<CorsState> {
    const rules = await this.#corsRules(destinationId);
    try {
      return { rules: await rules.read(patience()), isReadable: true };
    } catch (error) {
      if (error instanceof UploadError && error.code === 'access-denied') return { rules: [], isReadable: false };
      throw error;
    }
  }

  /** Adds to the rules that are there now, whatever the window saw before. Rejects with `access-denied`. */
  async letIn(destinationId: string, origins: readonly string[]): Promise<CorsState> {
    const rules = await this.#corsRules(destinationId);
    const before = await rules.read(patience());
    const after = mergeCors(before, origins);
    if (after !== before) await rules.write(after, patience());
    return { rules: await rules.read(patience()), isReadable: true };
  }

  async addLifecycleRule(destinationId: string): Promise<void> {
    const { storages } = this.#world;
    const { lifecycle } = await storages.upkeepFor(destinationId);
    if (lifecycle === null) throw new UploadError('not-supported');
    await lifecycle.dropUnfinishedAfter(unfinishedDays, storages.rulesOf(destinationId).prefix, patience());
  }

  async unfinished(destinationId: string): Promise<readonly UnfinishedUpload[]> {
    const listing = await listUnfinished(await this.#place(destinationId), AbortSignal.timeout(listingPatienceMs));
    this.#listings.set(destinationId, listing);
    return listing.uploads;
  }

  /** Those of the last listing. What has become ours meanwhile is kept. */
  async removeUnfinished(destinationId: string, ids: readonly string[]): Promise<RemovalReport> {
    const listing = this.#listings.get(destinationId);
    if (listing === undefined) throw new UploadError('invalid-request');
    return removeUnfinished(await this.#place(destinationId), listing, ids, AbortSignal.timeout(listingPatienceMs));
  }

  usage(): readonly DestinationUsage[] {
    const { settings, queue, now } = this.#world;
    return settings.current.destinations.map(({ id }) => usageOf(id, recordsFor(queue.records(), id), now()));
  }

  /** Asks the destination for its whole list: what is there, whoever sent it. */
  async count(destinationId: string): Promise<CountedUsage> {
    const { storages } = this.#world;
    const signal = AbortSignal.timeout(listingPatienceMs);
    const upkeep = await storages.upkeepFor(destinationId);
    let [objects, bytes] = [0, 0];
    for await (const { size } of upkeep.list(storages.rulesOf(destinationId).prefix, signal)) {
      objects += 1;
      bytes += size;
    }
    // Not the listing of the person who looks through it: what is chosen there goes by its ids.
    const unfinished = await listUnfinished(await this.#place(destinationId), signal).catch(() => null);
    const unfinishedBytes = unfinished?.uploads.reduce((sum, upload) => sum + (upload.bytes ?? 0), 0) ?? null;
    return { objects, bytes, unfinishedBytes };
  }

  async #corsRules(destinationId: string): Promise<CorsRules> {
    const { cors } = await this.#world.storages.upkeepFor(destinationId);
    if (cors === null) throw new UploadError('not-supported');
    return cors;
  }

  async #place(destinationId: string) {
    const { storages, queue, isCopying } = this.#world;
    return {
      upkeep: await storages.upkeepFor(destinationId),
      storage: await storages.storageFor(destinationId),
      prefix: storages.rulesOf(destinationId).prefix,
      isOurs: (upload: { readonly key: string; readonly uploadId: string }) =>
        goesOnWith(queue.records(), upload) || isCopying(destinationId, upload.key),
    };
  }
}

const patience = (): AbortSignal => AbortSignal.timeout(patienceMs);
