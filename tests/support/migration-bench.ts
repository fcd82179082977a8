import { folderSource } from '../../electron/migration/folder-source.ts';
import { Migration } from '../../electron/migration/migration.ts';
import { fileSender } from '../../electron/migration/send-files.ts';
import type { MigrationRequest } from '../../shared/migration.ts';
import { defaultKeyTemplate } from '../../shared/key-template.ts';
import type { UploadRecord } from '../../electron/uploads/upload-record.ts';
import { type Bench, makeBench, memoryDigests } from './builders.ts';
import { MemoryMigrationStore } from './memory-migration.ts';

export const fromFolder: MigrationRequest = { source: { kind: 'folder' }, destinationId: 'r2', onDifferent: 'skip' };

export interface MigrationBench extends Bench {
  readonly migration: Migration;
  readonly store: MemoryMigrationStore;
  /** Plans, and waits for the plan. */
  readonly plan: (request?: MigrationRequest) => Promise<void>;
  /** Runs, and waits for the end: whatever ends it. */
  readonly run: () => Promise<void>;
  /** The queue has completed an upload, and whoever sent last hears of it. */
  readonly completed: (record: UploadRecord) => void;
  /** The app is gone, and started again. */
  readonly restart: () => Promise<MigrationBench>;
}

/** A migration from the folder `/old` through the engine, over fakes. */
export function makeMigrationBench(
  bench: Bench = makeBench(),
  { store = new MemoryMigrationStore(), keyTemplate = defaultKeyTemplate } = {},
): MigrationBench {
  const { queue, files, clock, storage, names } = bench;
  const urlOf = (key: string): string => `https://videos.example/${key}`;
  const prefix = (): string => bench.rules.get('r2')?.prefix ?? '';
  let sender: ReturnType<typeof fileSender> | null = null;
  const migration: Migration = new Migration({
    store,
    clock,
    log: { info: () => undefined, warn: () => undefined },
    open: async (_request, folder) => ({
      source: folderSource(folder ?? '', storage, {
        files,
        clock,
        digests: memoryDigests(files),
        refuseContent: () => null,
        nameInMap: (path) => names.get(path) ?? null,
        keyTemplate,
        followsLinks: false,
      }),
      target: { storage, prefix: prefix(), urlOf },
    }),
    senderFor: async ({ request, folder, plannedAt }) =>
      (sender = fileSender({ queue, files, clock, folder: folder ?? '', request, since: plannedAt, urlOf })),
  });
  migration.sourceChosen('/old');
  /** With fakes time passes only when somebody lets it. */
  const ended = async (): Promise<void> => {
    while (['planning', 'running'].includes(migration.snapshot().phase)) await clock.advance(1_000);
  };
  return {
    ...bench,
    migration,
    store,
    completed: (record) => sender?.completed(record),
    plan: async (request = fromFolder) => {
      await migration.plan(request);
      await ended();
    },
    run: async () => {
      await migration.run();
      await ended();
    },
    restart: async () => {
      await migration.close();
      const next = makeMigrationBench(await bench.relaunch(), { store, keyTemplate });
      await next.migration.start();
      return next;
    },
  };
}

/** How many videos there are of each status, those with none left out. */
export function countsOf(migration: Migration): Readonly<Record<string, number>> {
  const { counts } = migration.snapshot();
  return Object.fromEntries(Object.entries(counts).flatMap(([status, { videos }]) => (videos === 0 ? [] : [[status, videos]])));
}
