import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { FilledForm } from '../../shared/ipc.ts';
import type { ChosenFolder, TestReport } from '../../shared/replies.ts';
import type { BucketDraft, Credentials, Destination, DestinationDraft } from '../../shared/settings.ts';
import type { PracticeHost } from '../practice-host.ts';
import type { BucketClients, OpenDestination } from '../s3/bucket-clients.ts';
import type { CredentialStore } from '../store/credential-store.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { Clock } from '../uploads/ports.ts';
import { recordsFor, unfinishedFor } from '../uploads/queue-questions.ts';
import { asUploadError, UploadError } from '../uploads/upload-error.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import type { ChosenFolders } from './chosen-folders.ts';
import { isSamePlace } from './same-place.ts';

type DiskDraft = Extract<DestinationDraft, { kind: 'disk' }>;

/** The rooms that have to meet where destinations are concerned. */
export interface DestinationWorld {
  readonly settings: SettingsStore;
  readonly credentials: CredentialStore;
  readonly practice: Pick<PracticeHost, 'open'>;
  /** Loaded at the first need: the SDK costs a third of a cold start. */
  readonly buckets: () => Promise<Pick<BucketClients, 'test'>>;
  readonly addressOf: (draft: BucketDraft) => Promise<OpenDestination['address']>;
  /** Makes a folder a destination's, and names its volume. Rejects with what keeps it from being written to. */
  readonly claimFolder: (folder: string) => Promise<{ readonly volumeId: string }>;
  readonly testDisk: (draft: DiskDraft) => Promise<TestReport>;
  readonly folders: ChosenFolders;
  readonly queue: UploadQueue;
  readonly clock: Pick<Clock, 'sleep'>;
  /** The key that was found elsewhere and is known to the window by this id. Rejects with `credentials-missing`. */
  readonly importedCredentials: (importId: string) => Credentials;
  readonly practiceBucket: string;
  /** Stops a migration to or from a destination. */
  readonly leaveMigration: (id: string) => Promise<void>;
}

/** What becomes of uploads to a destination that is removed. */
export type Leaving =
  | { readonly pending: 'none' | 'cancel' | 'forget' }
  | { readonly pending: 'move'; readonly to: string };

/** How long a removal waits for the server to forget what it has, milliseconds. */
const leavingMs = 20_000;
const lookEveryMs = 200;

/** Proves, saves, changes and removes destinations, and knows how to open each bucket. */
export class DestinationDesk {
  readonly #world: DestinationWorld;
  #addingThisComputer: Promise<{ readonly id: string }> | null = null;

  constructor(world: DestinationWorld) {
    this.#world = world;
  }

  /** Rejects with `destination-missing`, `credentials-missing` or `keychain-unavailable`. */
  async open(id: string): Promise<OpenDestination> {
    const destination = this.must(id);
    return this.#openDraft(destination, () => this.#world.credentials.load(id));
  }

  /** Rejects with `destination-missing`. */
  must(id: string): Destination {
    const destination = this.#world.settings.destination(id);
    if (destination === null) throw new UploadError('destination-missing');
    return destination;
  }

  /** Tries what a form holds. Without typed or imported credentials those that are saved under its id are used. */
  async test(form: FilledForm): Promise<TestReport> {
    const { draft } = form;
    if (draft.kind === 'disk') return this.#world.testDisk(this.#allowed(draft));
    const opened = await this.#openDraft(draft, () => this.#credentials(form));
    return (await this.#world.buckets()).test(opened, draft.kind === 'practice' ? '' : draft.prefix);
  }

  /**
   * Saves what has just been proved; rejects with the reason when the proof fails, and with `other-place` when videos of
   * this destination are somewhere else: their links and their parts would be looked for in the wrong place.
   */
  async save(form: FilledForm & { readonly keep: 'keychain' | 'session' }): Promise<{ readonly id: string }> {
    const { settings, credentials, queue } = this.#world;
    this.#refuseMove(form);
    const report = await this.test(form);
    const failed = report.steps.find(({ state }) => state === 'failed');
    if (!report.passed) throw new UploadError(failed?.error?.code ?? 'internal');
    const id = form.id ?? randomUUID();
    const typed = needsKey(form.draft) ? this.#givenCredentials(form) : null;
    if (typed !== null) await credentials.save(id, typed, form.keep);
    settings.saveDestination({ ...(await this.#claimed(form.draft)), id });
    queue.openDestination(id);
    return { id };
  }

  /** A folder on this computer, without a form: the default of a new installation. One, however often it is asked for. */
  async addThisComputer(name: string): Promise<{ readonly id: string }> {
    this.#addingThisComputer ??= this.#makeThisComputer(name).finally(() => (this.#addingThisComputer = null));
    return this.#addingThisComputer;
  }

  async #makeThisComputer(name: string): Promise<{ readonly id: string }> {
    const { settings, folders } = this.#world;
    const folder = folders.thisComputer;
    const there = settings.current.destinations.find((known) => known.kind === 'disk' && known.folder === folder);
    if (there !== undefined) return { id: there.id };
    const draft = { kind: 'disk', name, folder, volumeId: null, quotaGB: null, publicBaseUrl: null } as const;
    return this.save({ id: null, draft, credentials: null, importId: null, keep: 'session' });
  }

  /** A person has pointed at it: from now on the page may name it. Rejects with `disk-missing`. */
  async folderChosen(folder: string): Promise<ChosenFolder> {
    this.#world.folders.add(folder);
    const { bavail, bsize } = await statfs(folder).catch((error: unknown) => {
      throw new UploadError('disk-missing', { cause: error });
    });
    return { folder, freeBytes: bavail * bsize };
  }

  /** A name is nothing that has to be proved. */
  rename(id: string, name: string): void {
    this.#world.settings.saveDestination({ ...this.must(id), name });
  }

  use(id: string): void {
    this.must(id);
    this.#world.settings.useDestination(id);
  }

  copyTo(id: string | null): void {
    if (id !== null) this.must(id);
    this.#world.settings.copyToDestination(id);
  }

  /** Rejects with `destination-missing`, and as the queue does. */
  async sendTo(ids: readonly string[], to: string): Promise<void> {
    await this.#world.queue.edit.sendTo(ids, this.must(to).id);
  }

  /**
   * Uploads that are not there yet are canceled, moved or forgotten, as the person says. Rejects with `destination-busy`
   * when some are left: the server could not be asked to drop their parts, and nobody could later. A migration to or from
   * it ends.
   */
  async remove(id: string, leaving: Leaving): Promise<void> {
    const { queue, credentials, settings, clock } = this.#world;
    if (leaving.pending === 'none' && unfinishedFor(queue.records(), id).length > 0) throw new UploadError('destination-busy');
    await this.#world.leaveMigration(id);
    const pending = unfinishedFor(queue.records(), id);
    if (leaving.pending === 'cancel') await queue.cancel(pending);
    if (leaving.pending === 'forget') await queue.forget(pending);
    if (leaving.pending === 'move') await this.#moveAll(pending, { from: id, to: leaving.to });
    const patience = leaving.pending === 'cancel' || leaving.pending === 'move' ? leavingMs : 0;
    for (let waited = 0; unfinishedFor(queue.records(), id).length > 0; waited += lookEveryMs) {
      if (waited >= patience) throw new UploadError('destination-busy');
      await clock.sleep(lookEveryMs, new AbortController().signal);
    }
    const known = settings.destination(id);
    // A computer without a keychain has disks all the same.
    if (known === null || needsKey(known)) await credentials.delete(id);
    settings.removeDestination(id);
  }

  /** Those that the server is putting together or forgetting come to their end where they are. */
  async #moveAll(pending: readonly string[], { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
    this.must(to);
    if (to === from) throw new UploadError('invalid-request');
    for (const upload of pending) {
      await this.#world.queue.edit.sendTo([upload], to).catch((error: unknown) => {
        if (asUploadError(error).code !== 'invalid-request') throw error;
      });
    }
  }

  #refuseMove({ id, draft }: FilledForm): void {
    if (id === null || isSamePlace(this.must(id), draft)) return;
    const matters = recordsFor(this.#world.queue.records(), id).some(({ state }) => state.status !== 'skipped' && state.status !== 'deleted');
    if (matters) throw new UploadError('other-place');
  }

  /** The page cannot name a path that no person has chosen. */
  #allowed(draft: DiskDraft): DiskDraft {
    if (!this.#world.folders.has(draft.folder)) throw new UploadError('invalid-request');
    return draft;
  }

  async #claimed(draft: DestinationDraft): Promise<DestinationDraft> {
    if (draft.kind !== 'disk') return draft;
    return { ...draft, ...(await this.#world.claimFolder(this.#allowed(draft).folder)) };
  }

  async #openDraft(draft: DestinationDraft, credentials: () => Promise<Credentials>): Promise<OpenDestination> {
    if (draft.kind === 'disk') throw new UploadError('not-supported');
    if (draft.kind !== 'practice') {
      return { address: await this.#world.addressOf(draft), credentials: await credentials() };
    }
    const { endpoint, credentials: keys } = await this.#world.practice.open();
    const address = { endpoint, region: 'auto', bucket: this.#world.practiceBucket, isPathStyle: true };
    return { address, credentials: keys };
  }

  /** Typed, or found elsewhere; null where the saved ones are meant. */
  #givenCredentials({ credentials, importId }: FilledForm): Credentials | null {
    if (credentials !== null) return credentials;
    return importId === null ? null : this.#world.importedCredentials(importId);
  }

  async #credentials(form: FilledForm): Promise<Credentials> {
    const given = this.#givenCredentials(form);
    if (given !== null) return given;
    if (form.id === null) throw new UploadError('credentials-missing');
    return this.#world.credentials.load(form.id);
  }
}

const needsKey = ({ kind }: DestinationDraft): boolean => kind === 'r2' || kind === 's3';
