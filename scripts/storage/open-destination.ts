import { createHash } from 'node:crypto';
import type { Upkeep } from '../../electron/upkeep/ports.ts';
import type { ObjectStorage } from '../../electron/uploads/ports.ts';
import type { Destination } from '../../shared/settings.ts';
import { BucketClients } from '../../electron/s3/bucket-clients.ts';
import { addressOf } from '../../electron/s3/s3-client.ts';
import { Misuse } from './arguments.ts';
import type { Session } from './command.ts';
import { type FolderUse, openFolder } from './disk-destination.ts';
import { environmentProxy } from './environment-proxy.ts';
import type { FoundDestination } from './find-destination.ts';

/** Of a destination what may be shown: nothing in it is secret. */
export interface ShownDestination {
  readonly kind: 'r2' | 's3' | 'disk';
  readonly name: string;
  /** An endpoint, or a folder. */
  readonly endpoint: string;
  /** Null for a disk. */
  readonly bucket: string | null;
  readonly prefix: string;
}

/** A destination that can be asked for everything. */
export interface OpenedDestination {
  readonly destination: Exclude<Destination, { kind: 'practice' }>;
  readonly shown: ShownDestination;
  /** What its keys begin with. */
  readonly prefix: string;
  readonly storage: ObjectStorage;
  readonly upkeep: Upkeep;
}

interface Opening {
  readonly prefix: string;
  /** What is wanted of a disk's folder. */
  readonly folder: FolderUse;
}

/** Asks a bucket for nothing yet. Rejects with Misuse, and for a disk with what keeps it from that use. */
export async function openDestination(
  session: Pick<Session, 'world' | 'words'>,
  found: FoundDestination,
  { prefix, folder }: Opening,
): Promise<OpenedDestination> {
  return found.kind === 'disk' ? openDisk(session, found, { prefix, folder }) : openBucket(session, found, prefix);
}

async function openBucket(
  { world, words }: Pick<Session, 'world' | 'words'>,
  { draft, credentials }: Extract<FoundDestination, { kind: 'bucket' }>,
  prefix: string,
): Promise<OpenedDestination> {
  const address = addressOf(draft);
  const id = idOf(address.endpoint, address.bucket);
  const destination = { ...draft, prefix, id };
  const refuse = (name: string): never => {
    throw new Misuse(words.settings.proxy(name));
  };
  const proxyFor = async (endpoint: string): Promise<string | null> => environmentProxy(world.env, endpoint, refuse);
  const clients = new BucketClients(async () => ({ address, credentials }), world.appVersion, proxyFor);
  return {
    destination,
    shown: { kind: draft.kind, name: draft.name, endpoint: address.endpoint, bucket: address.bucket, prefix },
    prefix,
    storage: await clients.storageFor(id),
    upkeep: await clients.upkeepFor(destination),
  };
}

async function openDisk(
  session: Pick<Session, 'world' | 'words'>,
  found: Extract<FoundDestination, { kind: 'disk' }>,
  { prefix, folder: use }: Opening,
): Promise<OpenedDestination> {
  const { address, storage, upkeep } = await openFolder(session, found.folder, use);
  const { folder, volumeId } = address;
  const name = folder.split(/[/\\]/).findLast((segment) => segment !== '') ?? folder;
  return {
    destination: { kind: 'disk', id: idOf(folder), name, folder, volumeId, quotaGB: null, publicBaseUrl: null },
    shown: { kind: 'disk', name, endpoint: folder, bucket: null, prefix },
    prefix,
    storage,
    upkeep,
  };
}

/** The same for the same place, in every process. */
export const idOf = (...place: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(place)).digest('hex').slice(0, 16);

/** Of one line. */
export const placeWords = ({ endpoint, bucket, prefix }: ShownDestination): string =>
  [endpoint, ...(bucket === null ? [] : [bucket]), ...(prefix === '' ? [] : [prefix])].join(' · ');
