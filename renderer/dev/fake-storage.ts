import type { CorsRule } from '../../shared/cors.ts';
import { mergeCors } from '../../shared/cors.ts';
import type { CheckResult, DoctorReport } from '../../shared/doctor.ts';
import type { Result } from '../../shared/errors.ts';
import type { ImportCandidate } from '../../shared/imports.ts';
import type { MigrationState } from '../../shared/migration.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { UnfinishedUpload } from '../../shared/storage.ts';

const MB = 1e6;
const day = 86_400_000;
const check = (name: CheckResult['name'], changed: Partial<CheckResult> = {}): CheckResult => ({
  name,
  state: 'passed',
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 84,
  ...changed,
});

/** A bucket that works, with the things that most people have not set up. */
const checks: readonly CheckResult[] = [
  check('settings'),
  check('dns'),
  check('tls', { facts: { days: 61 } }),
  check('clock', { state: 'warned', problem: 'clock-off', facts: { seconds: 310 } }),
  check('credentials'),
  check('bucket'),
  check('put'),
  check('head'),
  check('get'),
  check('range'),
  check('multipart'),
  check('checksum'),
  check('conditional'),
  check('presigned'),
  check('public-url', {
    state: 'failed',
    problem: 'wrong-type',
    facts: { url: 'https://videos.ensinalab.com.br', type: 'application/octet-stream' },
  }),
  check('cors', { state: 'warned', problem: 'cors-missing' }),
  check('lifecycle', { state: 'warned', problem: 'lifecycle-missing' }),
  check('speed', { facts: { roundTripMs: 24, bytesPerSecond: 4.1e6 } }),
  check('delete', {
    state: 'failed',
    error: { code: 'access-denied', detail: 'HTTP 403 AccessDenied · request 81AC' },
    permission: 's3:DeleteObject',
  }),
];

const unfinished: readonly UnfinishedUpload[] = [
  { id: 'f-1', key: 'videos/video_12.mp4', initiatedAt: Date.now() - 9 * day, bytes: 812 * MB, parts: 97, owner: 'unknown' },
  { id: 'f-2', key: 'videos/video_31.mp4', initiatedAt: Date.now() - 2 * day, bytes: 3_204 * MB, parts: 382, owner: 'unknown' },
  { id: 'f-3', key: 'videos/video_5.mp4', initiatedAt: Date.now() - 60_000, bytes: 210 * MB, parts: 26, owner: 'ours' },
];

const rules: readonly CorsRule[] = [
  {
    id: 'site',
    origins: ['https://www.ensinalab.com.br'],
    methods: ['GET'],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAgeSeconds: 600,
  },
];

const candidate = (changed: Partial<ImportCandidate>): ImportCandidate => ({
  id: 'i-1',
  origin: 'environment',
  name: '.env',
  kind: 'r2',
  values: {
    name: 'ensinalab-videos',
    accountId: '0123456789abcdef0123456789abcdef',
    jurisdiction: 'default',
    bucket: 'ensinalab-videos',
    prefix: '',
    region: '',
    endpoint: '',
    publicBaseUrl: 'https://videos.ensinalab.com.br',
    folder: '',
  },
  accessKeyIdHint: 'ab12',
  missing: [],
  isSwitchedOn: true,
  obstacle: null,
  ...changed,
});

const none = { videos: 0, bytes: 0 };
export const idleMigration: MigrationState = {
  revision: 1,
  phase: 'idle',
  request: null,
  isPlanned: false,
  sourceName: '',
  folderName: null,
  counts: { new: none, same: none, different: none, unsure: none, invalid: none, sent: none, skipped: none, failed: none },
  looked: 0,
  total: null,
  left: none,
  sentBytes: 0,
  bytesPerSecond: null,
  rows: [],
  error: null,
};

const ignore = () => () => undefined;

/** What is done to destinations besides uploading, invented. */
export function storageCommands() {
  const report: DoctorReport = { revision: 1, destinationId: 'd-r2', state: 'done', checks, isCleanedUp: true };
  return {
    setVideoId: () => done(null),
    sendTo: () => done(null),
    deleteLocalFile: () => done(null),
    exportSettings: () => done('remessa.json'),
    chooseKeyMap: () => done({ name: 'mapa.csv', rows: 120, applied: 4 }),
    forgetKeyMap: () => done(null),
    renameDestination: () => done(null),
    copyToDestination: () => done(null),
    chooseFolder: () => done({ folder: '/media/ana/Videos', freeBytes: 412e9 }),
    addThisComputer: () => done({ id: 'd-disk' }),
    findImports: () =>
      done([
        candidate({}),
        candidate({ id: 'i-2', origin: 'aws-profile', name: 'default', kind: 's3', missing: ['bucket'], isSwitchedOn: null }),
        candidate({ id: 'i-3', origin: 'aws-profile', name: 'sso', kind: 's3', accessKeyIdHint: null, obstacle: 'sso' }),
      ]),
    chooseImportFile: () => done([candidate({ origin: 'env-file', missing: ['R2_SECRET_ACCESS_KEY'] })]),
    lookAtObject: (_id, key) =>
      done({
        key,
        size: 812 * MB,
        modifiedAt: Date.now() - 12 * day,
        contentType: 'video/mp4',
        isOurs: true,
        links: { signed: 3, lasting: 0, lastExpiresAt: Date.now() + day },
      }),
    deleteObject: () => done({ deletion: 'erased' }),
    runDoctor: () => done(report),
    stopDoctor: () => done(null),
    readCors: () => done({ rules, isReadable: true }),
    letInOrigins: (_id, origins) => done({ rules: mergeCors(rules, origins), isReadable: true }),
    addLifecycleRule: () => done(null),
    listUnfinished: () => done(unfinished),
    removeUnfinished: (_id, ids) => done({ removed: ids.length, kept: 0 }),
    getUsage: () =>
      done([{ destinationId: 'd-r2', objects: 214, bytes: 96e9, sentThisMonth: { objects: 31, bytes: 14e9 } }]),
    countUsage: () => done({ objects: 231, bytes: 104e9, unfinishedBytes: 4.2e9 }),
    getMigration: () => done(idleMigration),
    chooseMigrationFolder: () => done(null),
    planMigration: () => done(null),
    runMigration: () => done(null),
    stopMigration: () => done(null),
    saveMigrationMap: () => done('mapa.csv'),
    onDoctorChanged: ignore,
    onMigrationChanged: ignore,
  } satisfies Partial<RemessaApi>;
}

function done<T>(value: T): Promise<Result<T>> {
  return Promise.resolve({ ok: true, value: structuredClone(value) });
}
