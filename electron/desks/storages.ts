import type { Destination } from '../../shared/settings.ts';
import type { DiskAddress } from '../disk/disk-address.ts';
import type { BucketClients } from '../s3/bucket-clients.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import type { DestinationRules, Destinations, ObjectStorage } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';

/** Loaded at the first need: the SDK alone costs a third of a cold start. */
export interface StorageRooms {
  readonly buckets: () => Promise<BucketClients>;
  readonly openDisk: (address: DiskAddress) => Promise<{ readonly storage: ObjectStorage; readonly upkeep: Upkeep }>;
}

/** Every destination by its id, whatever it is made of. */
export class Storages implements Destinations {
  readonly #settings: Pick<SettingsStore, 'destination'>;
  readonly #rooms: StorageRooms;

  constructor(settings: Pick<SettingsStore, 'destination'>, rooms: StorageRooms) {
    this.#settings = settings;
    this.#rooms = rooms;
  }

  async storageFor(destinationId: string): Promise<ObjectStorage> {
    const destination = this.#must(destinationId);
    if (destination.kind === 'disk') return (await this.#rooms.openDisk(diskAddressOf(destination))).storage;
    return (await this.#rooms.buckets()).storageFor(destinationId);
  }

  /** Rejects as `storageFor` does. */
  async upkeepFor(destinationId: string): Promise<Upkeep> {
    const destination = this.#must(destinationId);
    if (destination.kind === 'disk') return (await this.#rooms.openDisk(diskAddressOf(destination))).upkeep;
    return (await this.#rooms.buckets()).upkeepFor(destination);
  }

  rulesOf(destinationId: string): DestinationRules {
    const destination = this.#settings.destination(destinationId);
    const isBucket = destination?.kind === 'r2' || destination?.kind === 's3';
    return { prefix: isBucket ? destination.prefix : '', isLocal: destination?.kind === 'disk' };
  }

  #must(destinationId: string): Destination {
    const destination = this.#settings.destination(destinationId);
    if (destination === null) throw new UploadError('destination-missing');
    return destination;
  }
}

const bytesPerGB = 1e9;

export function diskAddressOf({
  folder,
  volumeId,
  quotaGB,
  publicBaseUrl,
}: Omit<Extract<Destination, { kind: 'disk' }>, 'id'>): DiskAddress {
  return { folder, volumeId, quotaBytes: quotaGB === null ? null : quotaGB * bytesPerGB, publicBaseUrl };
}
