import { copiesBetween } from './copies-between.ts';
import { publicBaseOf } from './link-desk.ts';
import type { Storages } from './storages.ts';
import type { MigrationRequest, MigrationState } from '../../shared/migration.ts';
import { destinationSource } from '../migration/destination-source.ts';
import { folderSource } from '../migration/folder-source.ts';
import { Migration } from '../migration/migration.ts';
import type { MigrationEnds, MigrationHead, MigrationStore } from '../migration/migration-ports.ts';
import type { MigrationSender } from '../migration/migration-sender.ts';
import { fileSender } from '../migration/send-files.ts';
import type { BucketClients } from '../s3/bucket-clients.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { QueueWorld, UploadQueue } from '../uploads/upload-queue.ts';
import type { UploadRecord } from '../uploads/upload-record.ts';

export interface MigrationDeskWorld {
  readonly storages: Pick<Storages, 'storageFor' | 'upkeepFor' | 'rulesOf'>;
  readonly settings: Pick<SettingsStore, 'destination' | 'current'>;
  readonly queue: UploadQueue;
  readonly buckets: () => Promise<Pick<BucketClients, 'publicUrl'>>;
  readonly store: MigrationStore;
  /** What the queue looks at files with. */
  readonly intake: Pick<QueueWorld, 'files' | 'digests' | 'clock' | 'refuseContent' | 'nameInMap' | 'newId' | 'log'>;
}

/** Introduces the migration to the destinations and to the queue. */
export class MigrationDesk {
  readonly #world: MigrationDeskWorld;
  readonly #migration: Migration;
  #completed: (record: UploadRecord) => void = () => undefined;

  constructor(world: MigrationDeskWorld) {
    this.#world = world;
    const { clock, log } = world.intake;
    this.#migration = new Migration({
      store: world.store,
      clock,
      log,
      open: (request, folder) => this.#open(request, folder),
      senderFor: (head) => this.#senderFor(head),
    });
  }

  start(): Promise<void> {
    return this.#migration.start();
  }

  close(): Promise<void> {
    return this.#migration.close();
  }

  subscribe(listener: (kind: 'status' | 'progress') => void): () => void {
    return this.#migration.subscribe(listener);
  }

  snapshot(): MigrationState {
    return this.#migration.snapshot();
  }

  /** Copies that a quit would cut off; files are uploads of the queue, which asks for itself. */
  pendingCopies(): number {
    const { phase, request, left } = this.snapshot();
    return phase === 'running' && request?.source.kind === 'destination' ? left.videos : 0;
  }

  /** Whether a copy is on its way to the key, or to the same with a number. */
  isCopying(destinationId: string, key: string): boolean {
    if (this.pendingCopies() === 0 || this.snapshot().request?.destinationId !== destinationId) return false;
    return this.#migration.wants(key) || this.#migration.wants(key.replace(/-\d+(?=\.[^./]*$)/, ''));
  }

  /** The queue has completed an upload. */
  completed(id: string): void {
    const proof = this.#world.queue.proof(id);
    if (proof !== null) this.#completed(proof.record);
  }

  /** Rejects with `source-missing`. */
  async sourceChosen(folder: string): Promise<void> {
    this.#migration.sourceChosen(await this.#world.intake.files.resolve(folder));
  }

  plan(request: MigrationRequest): Promise<void> {
    return this.#migration.plan(request);
  }

  run(): Promise<void> {
    return this.#migration.run();
  }

  stop(): Promise<void> {
    return this.#migration.stop();
  }

  /** A destination is removed: what goes there or comes from there stops. */
  async leave(destinationId: string): Promise<void> {
    const { phase, request } = this.snapshot();
    const source = request?.source.kind === 'destination' ? request.source.id : null;
    if (phase !== 'planning' && phase !== 'running') return;
    if (request?.destinationId === destinationId || source === destinationId) await this.stop();
  }

  map(): string {
    return this.#migration.map();
  }

  async #open({ source, destinationId }: MigrationRequest, folder: string | null): Promise<MigrationEnds> {
    const { storages, settings, intake } = this.#world;
    const storage = await storages.storageFor(destinationId);
    const { prefix } = storages.rulesOf(destinationId);
    const target = { storage, prefix, urlOf: await this.#urls(destinationId) };
    if (source.kind === 'destination') return { source: await this.#destination(source.id, source.prefix), target };
    if (folder === null) throw new UploadError('invalid-request');
    const { keyTemplate, followsLinks } = settings.current.preferences;
    return { source: folderSource(folder, storage, { ...intake, keyTemplate, followsLinks }), target };
  }

  async #destination(id: string, below: string) {
    const { storages, settings } = this.#world;
    const place = {
      name: settings.destination(id)?.name ?? '',
      clock: this.#world.intake.clock,
      prefix: storages.rulesOf(id).prefix,
      storage: await storages.storageFor(id),
      upkeep: await storages.upkeepFor(id),
    };
    return destinationSource(place, below);
  }

  async #senderFor({ request, folder, plannedAt }: MigrationHead): Promise<MigrationSender> {
    const { queue, intake } = this.#world;
    const { clock, files } = intake;
    const urlOf = await this.#urls(request.destinationId);
    if (request.source.kind === 'folder') {
      if (folder === null) throw new UploadError('invalid-request');
      const sender = fileSender({ queue, files, clock, folder, request, since: plannedAt, urlOf });
      this.#completed = sender.completed;
      return sender;
    }
    const [source, target] = await Promise.all([this.#both(request.source.id), this.#both(request.destinationId)]);
    const { onDifferent } = request;
    return copiesBetween(source, target, { clock, onDifferent, urlOf });
  }

  async #both(id: string) {
    const { storages } = this.#world;
    const [storage, upkeep] = await Promise.all([storages.storageFor(id), storages.upkeepFor(id)]);
    return { storage, upkeep };
  }

  /** Links that last; none where only signed ones, which end, could be made. */
  async #urls(destinationId: string): Promise<(key: string) => string> {
    const { settings, buckets } = this.#world;
    const destination = settings.destination(destinationId);
    if (destination === null) throw new UploadError('destination-missing');
    const base = publicBaseOf(destination);
    if (base === null) return () => '';
    const clients = await buckets();
    return (key) => clients.publicUrl(base, key);
  }
}
