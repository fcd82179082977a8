import type { MigrationCount, MigrationRow, MigrationState, MigrationStatus } from '../../shared/migration.ts';
import { createSource, done } from './fake-answers.ts';

const MB = 1e6;
const none: MigrationCount = { videos: 0, bytes: 0 };
const noCounts: MigrationState['counts'] = {
  new: none,
  same: none,
  different: none,
  unsure: none,
  invalid: none,
  sent: none,
  skipped: none,
  failed: none,
};

const idle: MigrationState = {
  revision: 1,
  phase: 'idle',
  request: null,
  isPlanned: false,
  sourceName: '',
  folderName: null,
  counts: noCounts,
  looked: 0,
  total: null,
  left: none,
  sentBytes: 0,
  bytesPerSecond: null,
  rows: [],
  error: null,
};

const videos = (count: number): MigrationCount => ({ videos: count, bytes: count * 612 * MB });
const row = (status: MigrationStatus, path: string, more: Partial<MigrationRow> = {}): MigrationRow => ({
  id: '5',
  path,
  key: `videos/${path.split('/').at(-1)}`,
  url: '',
  status,
  size: 612 * MB,
  error: null,
  ...more,
});

const troubles: readonly MigrationRow[] = [
  row('invalid', 'Curso 2/rascunho.mp4', { size: 0, key: '', error: { code: 'source-empty' } }),
  row('invalid', 'Curso 2/legenda.mp4', { key: '', error: { code: 'not-a-video' } }),
  row('different', 'Curso 1/video_12_simple.mp4'),
  row('unsure', 'Curso 1/video_13_simple.mp4'),
];

const planned: MigrationState = {
  ...idle,
  phase: 'planned',
  isPlanned: true,
  request: { source: { kind: 'folder' }, destinationId: 'd-r2', onDifferent: 'skip' },
  sourceName: 'Aulas 2019–2025',
  folderName: 'Aulas 2019–2025',
  counts: { ...noCounts, new: videos(9_214), same: videos(703), different: videos(41), unsure: videos(12), invalid: { videos: 30, bytes: 0 } },
  looked: 10_000,
  total: 10_000,
  left: videos(9_214),
  rows: [...troubles, row('new', 'Curso 3/video_204_simple.mp4'), row('new', 'Curso 3/video_205_simple.mp4'), row('same', 'Curso 1/video_1_simple.mp4')],
};

const fromBucket = { source: { kind: 'destination', id: 'd-s3', prefix: 'videos/' }, destinationId: 'd-r2', onDifferent: 'rename' } as const;
const failed = row('failed', 'Curso 3/video_300_simple.mp4', { error: { code: 'source-changed' } });

export const fakeMigrations: Readonly<Record<string, MigrationState>> = {
  idle,
  folder: { ...idle, folderName: 'Aulas 2019–2025' },
  planning: { ...planned, phase: 'planning', isPlanned: false, looked: 4_127, counts: { ...noCounts, new: videos(3_800), same: videos(327) }, rows: [] },
  planned,
  nothing: { ...planned, counts: noCounts, looked: 0, total: 0, left: none, rows: [] },
  there: { ...planned, counts: { ...noCounts, same: videos(10_000) }, left: none, rows: planned.rows.slice(-1) },
  running: {
    ...planned,
    phase: 'running',
    counts: { ...planned.counts, new: videos(5_101), sent: videos(4_113) },
    left: videos(5_101),
    sentBytes: 4_113 * 612 * MB + 215 * MB,
    bytesPerSecond: 11.8 * MB,
  },
  copying: {
    ...planned,
    phase: 'running',
    request: fromBucket,
    sourceName: 'aulas-antigas',
    counts: { ...noCounts, new: videos(210), sent: videos(38) },
    looked: 248,
    left: videos(210),
    sentBytes: 38 * 612 * MB,
    rows: [row('new', 'videos/video_40.mp4')],
  },
  stopped: { ...planned, phase: 'stopped', counts: { ...planned.counts, new: videos(5_101), sent: videos(4_113) }, left: videos(5_101) },
  done: { ...planned, phase: 'done', counts: { ...planned.counts, new: none, sent: videos(9_213), failed: videos(1) }, left: none, rows: [failed, ...troubles] },
  well: { ...planned, phase: 'done', counts: { ...noCounts, sent: videos(9_297), same: videos(703) }, left: none, rows: [row('sent', 'Curso 3/video_204_simple.mp4')] },
  failed: { ...planned, phase: 'failed', counts: { ...noCounts, new: videos(5_101), sent: videos(4_113) }, left: videos(5_101), error: { code: 'access-denied' } },
  'no-plan': { ...planned, phase: 'failed', isPlanned: false, counts: noCounts, looked: 0, left: none, rows: [], error: { code: 'credentials-rejected' } },
};

/** Existing videos that are brought over, invented: `?migration=<state>` begins in one. */
export function migrationCommands(search: URLSearchParams) {
  const source = createSource(fakeMigrations[search.get('migration') ?? 'idle'] ?? idle);
  const become = (state: MigrationState) => {
    source.change({ ...state, revision: source.get().revision });
    return done(null);
  };
  return {
    getMigration: () => done(source.get()),
    chooseMigrationFolder: () => become({ ...source.get(), folderName: 'Aulas 2019–2025' }),
    planMigration: () => become(planned),
    runMigration: () => become(fakeMigrations['running'] ?? idle),
    stopMigration: () => become(fakeMigrations[source.get().phase === 'planning' ? 'folder' : 'stopped'] ?? idle),
    saveMigrationMap: () => done('remessa.csv'),
    onMigrationChanged: source.subscribe,
  };
}
