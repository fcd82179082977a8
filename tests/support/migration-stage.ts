import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MigrationDesk } from '../../electron/desks/migration-desk.ts';
import { directDigests } from '../../electron/digest/file-digests.ts';
import { claimFolder, openDisk } from '../../electron/disk/open-disk.ts';
import { BucketClients } from '../../electron/s3/bucket-clients.ts';
import { openMigrationStore } from '../../electron/store/migration-store.ts';
import { sourceFiles } from '../../electron/store/source-files.ts';
import { systemClock } from '../../electron/system-clock.ts';
import type { UploadQueue } from '../../electron/uploads/upload-queue.ts';
import { refuseContent } from '../../electron/video/is-mp4.ts';
import type { MigrationRequest, MigrationState } from '../../shared/migration.ts';
import { type Destination, defaultPreferences } from '../../shared/settings.ts';
import { startEngine } from './engine.ts';
import { type S3Target, openTarget } from './s3-target.ts';
import { makeVideo, temporaryFolder } from './sample-video.ts';

export interface RunningMigration {
  readonly desk: MigrationDesk;
  readonly queue: UploadQueue;
  /** Waits for the end of the plan. */
  readonly plan: (request: MigrationRequest) => Promise<MigrationState>;
  /** Waits for the end of the run. */
  readonly run: () => Promise<MigrationState>;
  readonly until: (isWanted: (state: MigrationState) => boolean) => Promise<MigrationState>;
  readonly end: () => Promise<void>;
}

/** Two buckets behind proxies that misbehave on demand, a disk, a folder of old videos, and what migrates between them. */
export interface MigrationStage {
  readonly a: S3Target;
  readonly b: S3Target;
  /** The folder of the destination `disk`. */
  readonly disk: string;
  /** The folder that is migrated from. */
  readonly old: string;
  readonly video: (path: string, size: number) => Promise<string>;
  /** Everything anew on the same memory: the app after a restart. */
  readonly start: () => Promise<RunningMigration>;
  readonly end: () => Promise<void>;
}

export async function setMigrationStage(): Promise<MigrationStage> {
  const [a, b, scratch] = await Promise.all([openTarget(), openTarget(), temporaryFolder()]);
  const disk = join(scratch.path, 'disk');
  const old = join(scratch.path, 'old');
  for (const folder of [disk, old]) await mkdir(folder);
  const { volumeId } = await claimFolder(disk);
  const bucket = (id: 'a' | 'b', { address }: ReturnType<S3Target['open']>): Destination => ({
    id,
    kind: 's3',
    name: `bucket ${id}`,
    region: address.region,
    bucket: address.bucket,
    prefix: id === 'a' ? '' : 'moved/',
    endpoint: address.endpoint,
    publicBaseUrl: id === 'a' ? null : 'https://videos.example',
  });
  const places = new Map<string, Destination>([
    ['a', bucket('a', a.open())],
    ['b', bucket('b', b.open())],
    ['disk', { id: 'disk', kind: 'disk', name: 'disk', folder: disk, volumeId, quotaGB: null, publicBaseUrl: null }],
  ]);
  const running: RunningMigration[] = [];
  return {
    a,
    b,
    disk,
    old,
    video: async (path, size) => {
      await mkdir(dirname(join(old, path)), { recursive: true });
      return makeVideo(join(old, path), size);
    },
    start: async () => {
      const started = await startMigration({ places, targets: { a, b }, memory: scratch.path });
      running.push(started);
      return started;
    },
    end: async () => {
      for (const target of [a, b]) target.proxy.setDecide(() => null);
      await Promise.all(running.map((each) => each.end()));
      await Promise.all([a.stop(), b.stop()]);
      await scratch.remove();
    },
  };
}

interface World {
  readonly places: ReadonlyMap<string, Destination>;
  readonly targets: { readonly a: S3Target; readonly b: S3Target };
  readonly memory: string;
}

async function startMigration({ places, targets, memory }: World): Promise<RunningMigration> {
  const digests = directDigests();
  const clients = new BucketClients(async (id) => targets[id as 'a' | 'b'].open(), '0.0.0-test');
  const must = (id: string): Destination => {
    const found = places.get(id);
    if (found === undefined) throw new Error(`No destination ${id}`);
    return found;
  };
  const opened = (place: Extract<Destination, { kind: 'disk' }>) =>
    openDisk({ folder: place.folder, volumeId: place.volumeId, quotaBytes: null, publicBaseUrl: null }, { digests, appVersion: '0.0.0-test' });
  const storages = {
    storageFor: async (id: string) => {
      const place = must(id);
      return place.kind === 'disk' ? opened(place).storage : clients.storageFor(id);
    },
    upkeepFor: async (id: string) => {
      const place = must(id);
      return place.kind === 'disk' ? opened(place).upkeep : clients.upkeepFor(place);
    },
    rulesOf: (id: string) => {
      const place = must(id);
      return { prefix: place.kind === 's3' ? place.prefix : '', isLocal: place.kind === 'disk' };
    },
  };
  const { queue } = startEngine({ journalFolder: join(memory, 'journal'), destinations: () => storages });
  const desk = new MigrationDesk({
    storages,
    queue,
    settings: { destination: (id) => places.get(id) ?? null, current: { preferences: defaultPreferences } as never },
    buckets: async () => clients,
    store: openMigrationStore(join(memory, 'migration.jsonl')),
    intake: {
      files: sourceFiles,
      digests,
      clock: { ...systemClock, random: () => 0.01 },
      refuseContent,
      nameInMap: () => null,
      newId: randomUUID,
      log: { info: () => undefined, warn: () => undefined },
    },
  });
  await queue.start();
  await desk.start();
  const until = async (isWanted: (state: MigrationState) => boolean): Promise<MigrationState> => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const state = desk.snapshot();
      if (isWanted(state)) return state;
      if (Date.now() > deadline) throw new Error(`Waited in vain: ${JSON.stringify(state)}`);
      await wait(20);
    }
  };
  return {
    desk,
    queue,
    until,
    plan: async (request) => {
      await desk.plan(request);
      return until(({ phase }) => phase !== 'planning');
    },
    run: async () => {
      await desk.run();
      return until(({ phase }) => phase !== 'running');
    },
    end: async () => {
      await Promise.all([desk.close(), queue.stop()]);
    },
  };
}
