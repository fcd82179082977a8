import { randomUUID } from 'node:crypto';
import type { CopyReport, TestReport } from '../shared/ipc.ts';
import type {
  Credentials,
  Destination,
  DestinationDraft,
  DestinationInfo,
  SettingsSnapshot,
} from '../shared/settings.ts';
import type { PracticeHost } from './practice-host.ts';
import type { BucketClients, OpenDestination } from './s3/bucket-clients.ts';
import type { CredentialStore } from './store/credential-store.ts';
import type { SettingsStore } from './store/settings-store.ts';
import { UploadError } from './uploads/upload-error.ts';
import type { UploadQueue } from './uploads/upload-queue.ts';

/** The rooms that have to meet where destinations are concerned. */
export interface DeskWorld {
  readonly settings: SettingsStore;
  readonly credentials: CredentialStore;
  readonly practice: PracticeHost;
  /** Loaded at the first need: the SDK costs a third of a cold start. */
  readonly buckets: () => Promise<BucketClients>;
  readonly addressOf: (draft: Exclude<DestinationDraft, { kind: 'practice' }>) => Promise<OpenDestination['address']>;
  readonly queue: UploadQueue;
  readonly practiceBucket: string;
  readonly systemLocales: () => readonly string[];
  readonly appVersion: string;
}

/** Proves, saves, changes and removes destinations, and knows how to open each. */
export class DestinationDesk {
  readonly #world: DeskWorld;

  constructor(world: DeskWorld) {
    this.#world = world;
  }

  /** Rejects with `destination-missing`, `credentials-missing` or `keychain-unavailable`. */
  async open(id: string): Promise<OpenDestination> {
    const destination = this.#world.settings.destination(id);
    if (destination === null) throw new UploadError('destination-missing');
    return this.#openDraft(destination, () => this.#world.credentials.load(id));
  }

  /** Rejects with `destination-missing`. */
  kindAndName(id: string): Pick<Destination, 'kind' | 'name'> {
    const destination = this.#world.settings.destination(id);
    if (destination === null) throw new UploadError('destination-missing');
    return { kind: destination.kind, name: destination.name };
  }

  /** Tries what a form holds. Without typed credentials those that are saved under `id` are used. */
  async test(draft: DestinationDraft, typed: Credentials | null, id: string | null): Promise<TestReport> {
    const opened = await this.#openDraft(draft, () => this.#credentials(typed, id));
    return (await this.#world.buckets()).test(opened);
  }

  /** Saves what has just been proved; rejects with the reason when the proof fails. */
  async save(input: {
    readonly id: string | null;
    readonly draft: DestinationDraft;
    readonly credentials: Credentials | null;
    readonly keep: 'keychain' | 'session';
  }): Promise<{ readonly id: string }> {
    const { draft, credentials, keep } = input;
    const report = await this.test(draft, credentials, input.id);
    const failed = report.steps.find(({ state }) => state === 'failed');
    if (!report.passed) throw new UploadError(failed?.error?.code ?? 'internal');
    const id = input.id ?? randomUUID();
    if (credentials !== null) await this.#world.credentials.save(id, credentials, keep);
    this.#world.settings.saveDestination({ ...draft, id });
    this.#world.queue.openDestination(id);
    return { id };
  }

  use(id: string): void {
    if (this.#world.settings.destination(id) === null) throw new UploadError('destination-missing');
    this.#world.settings.useDestination(id);
  }

  /** Refused while uploads to it are pending: their parts would stay on the server and nobody could drop them. */
  async remove(id: string): Promise<void> {
    if (this.#world.queue.hasUploadsFor(id)) throw new UploadError('destination-busy');
    await this.#world.credentials.delete(id);
    this.#world.settings.removeDestination(id);
  }

  async snapshot(): Promise<SettingsSnapshot> {
    const { settings, credentials, systemLocales, appVersion } = this.#world;
    const { destinations, currentDestinationId, preferences, revision } = settings.current;
    return {
      revision,
      destinations: await Promise.all(destinations.map((destination) => this.#describe(destination))),
      currentDestinationId,
      preferences,
      systemLocales: systemLocales(),
      keychainAvailable: await credentials.isAvailable(),
      appVersion,
    };
  }

  /** The links of completed uploads, in the order asked for, a line each. Rejects when one has no verified object. */
  async links(ids: readonly string[]): Promise<{ readonly text: string; readonly report: CopyReport }> {
    const links = await Promise.all(ids.map((id) => this.#link(id)));
    const expiries = links.map(({ expiresAt }) => expiresAt).filter((at) => at !== null);
    const kind = expiries.length === 0 ? 'public' : expiries.length === links.length ? 'presigned' : 'mixed';
    const expiresAt = expiries.length === 0 ? null : Math.min(...expiries);
    return { text: links.map(({ url }) => url).join('\n'), report: { count: links.length, kind, expiresAt } };
  }

  async #link(id: string): Promise<{ readonly url: string; readonly expiresAt: number | null }> {
    const upload = this.#world.queue.completed(id);
    if (upload === null) throw new UploadError('invalid-request');
    const destination = this.#world.settings.destination(upload.destinationId);
    if (destination === null) throw new UploadError('destination-missing');
    const buckets = await this.#world.buckets();
    if (destination.kind !== 'practice' && destination.publicBaseUrl !== null) {
      return { url: buckets.publicUrl(destination.publicBaseUrl, upload.key), expiresAt: null };
    }
    const { linkHours } = this.#world.settings.current.preferences;
    return buckets.presignedUrl(destination.id, upload.key, linkHours);
  }

  async #openDraft(draft: DestinationDraft, credentials: () => Promise<Credentials>): Promise<OpenDestination> {
    if (draft.kind !== 'practice') {
      return { address: await this.#world.addressOf(draft), credentials: await credentials() };
    }
    const { endpoint, credentials: keys } = await this.#world.practice.open();
    const address = { endpoint, region: 'auto', bucket: this.#world.practiceBucket, isPathStyle: true };
    return { address, credentials: keys };
  }

  #credentials(typed: Credentials | null, id: string | null): Promise<Credentials> {
    if (typed !== null) return Promise.resolve(typed);
    if (id === null) return Promise.reject(new UploadError('credentials-missing'));
    return this.#world.credentials.load(id);
  }

  async #describe(destination: Destination): Promise<DestinationInfo> {
    if (destination.kind === 'practice') return { destination, credentials: 'not-needed', accessKeyIdHint: null };
    const { credentials, hint } = await this.#world.credentials.describe(destination.id);
    return { destination, credentials, accessKeyIdHint: hint };
  }
}
