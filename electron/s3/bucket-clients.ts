import type { TestReport } from '../../shared/replies.ts';
import type { Credentials, Destination } from '../../shared/settings.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { ObjectStorage } from '../uploads/ports.ts';
import { type BucketAddress, type BucketClient, openBucket } from './s3-client.ts';
import { s3ObjectStorage } from './s3-object-storage.ts';
import { presignedUrl, publicUrl } from './share-url.ts';
import { testDestination } from './test-destination.ts';
import { bucketUpkeep } from './upkeep/bucket-upkeep.ts';

export interface OpenDestination {
  readonly address: BucketAddress;
  readonly credentials: Credentials;
}

/** Longest that a connection test or a presigned URL may take, milliseconds. */
const patienceMs = 25_000;

/** One open client per destination, kept as long as its address and keys stay the same. */
export class BucketClients {
  readonly #open: (destinationId: string) => Promise<OpenDestination>;
  readonly #appVersion: string;
  readonly #proxyFor: (endpoint: string) => Promise<string | null>;
  readonly #clients = new Map<string, { readonly made: string; readonly client: BucketClient }>();

  /**
   * `open` rejects with `destination-missing`, `credentials-missing` or `keychain-unavailable`. `proxyFor` names the
   * proxy (`http://host:port`) on the way to an endpoint, or null.
   */
  constructor(
    open: (destinationId: string) => Promise<OpenDestination>,
    appVersion: string,
    proxyFor: (endpoint: string) => Promise<string | null> = async () => null,
  ) {
    this.#open = open;
    this.#appVersion = appVersion;
    this.#proxyFor = proxyFor;
  }

  async storageFor(destinationId: string): Promise<ObjectStorage> {
    return s3ObjectStorage(await this.#client(destinationId), this.#appVersion);
  }

  /** Rejects as `open` does, and with `not-supported` for a disk. */
  async upkeepFor(destination: Destination): Promise<Upkeep> {
    if (destination.kind === 'disk') throw new UploadError('not-supported');
    const bucket = await this.#client(destination.id);
    const publicBaseUrl = destination.kind === 'practice' ? null : destination.publicBaseUrl;
    const publicProxy = publicBaseUrl === null ? null : await this.#proxyFor(publicBaseUrl);
    return bucketUpkeep({ bucket, appVersion: this.#appVersion, destination, publicProxy });
  }

  async presignedUrl(destinationId: string, key: string, hours: number): ReturnType<typeof presignedUrl> {
    return presignedUrl(await this.#client(destinationId), key, hours, AbortSignal.timeout(patienceMs));
  }

  publicUrl(publicBaseUrl: string, key: string): string {
    return publicUrl(publicBaseUrl, key);
  }

  /** Tries an address with credentials that nobody has saved yet, below the prefix of its keys. */
  async test({ address, credentials }: OpenDestination, prefix: string): Promise<TestReport> {
    const client = openBucket(address, credentials, await this.#proxyFor(address.endpoint));
    try {
      const storage = s3ObjectStorage(client, this.#appVersion);
      return await testDestination(client, storage, prefix, AbortSignal.timeout(patienceMs));
    } finally {
      client.handler.destroy();
    }
  }

  /** Rotated keys and another proxy hold from the next run on; requests under way end with the old ones. */
  async #client(destinationId: string): Promise<BucketClient> {
    const { address, credentials } = await this.#open(destinationId);
    const proxy = await this.#proxyFor(address.endpoint);
    const made = JSON.stringify([address, credentials, proxy]);
    const kept = this.#clients.get(destinationId);
    if (kept?.made === made) return kept.client;
    const client = openBucket(address, credentials, proxy);
    this.#clients.set(destinationId, { made, client });
    return client;
  }
}
