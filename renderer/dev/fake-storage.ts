import type { CorsRule } from '../../shared/cors.ts';
import { mergeCors } from '../../shared/cors.ts';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import type { UnfinishedUpload } from '../../shared/storage.ts';
import { done, later, refused } from './fake-answers.ts';
import { createFakeDoctor } from './fake-doctor.ts';
import { migrationCommands } from './fake-migration.ts';
import { foundImports, importsInFile } from './fake-imports.ts';

const MB = 1e6;
const day = 86_400_000;

const unfinished: readonly UnfinishedUpload[] = [
  { id: 'f-1', key: 'videos/video_12.mp4', initiatedAt: Date.now() - 9 * day, bytes: 812 * MB, parts: 97, owner: 'unknown' },
  { id: 'f-2', key: 'videos/video_31.mp4', initiatedAt: Date.now() - 2 * day, bytes: 3_204 * MB, parts: 382, owner: 'unknown' },
  { id: 'f-3', key: 'videos/video_5.mp4', initiatedAt: Date.now() - 60_000, bytes: 210 * MB, parts: 26, owner: 'ours' },
  { id: 'f-4', key: 'backup/aula.zip', initiatedAt: null, bytes: null, parts: null, owner: 'unknown' },
];

const siteRule: CorsRule = {
  id: 'site',
  origins: ['https://www.ensinalab.com.br'],
  methods: ['GET'],
  allowedHeaders: [],
  exposedHeaders: [],
  maxAgeSeconds: 600,
};

/**
 * What is done to destinations besides uploading, invented. `&cors=none|denied|hidden`, `&unfinished=none|denied`,
 * `&object=missing|hidden|kept`, `&imports=none` and `&count=denied` show the other ways it can turn out.
 */
export function storageCommands(search: URLSearchParams) {
  return {
    setVideoId: () => done(null),
    sendTo: () => done(null),
    deleteLocalFile: () => done(null),
    exportSettings: () => done('remessa.json'),
    chooseKeyMap: () => done({ name: 'mapa.csv', rows: 120, applied: 4 }),
    forgetKeyMap: () => done(null),
    findImports: () => done(search.get('imports') === 'none' ? [] : foundImports),
    chooseImportFile: () => done(importsInFile),
    ...objectCommands(search),
    ...createFakeDoctor(search),
    ...corsCommands(search),
    addLifecycleRule: () => (search.get('lifecycle') === 'denied' ? refused('access-denied', 'HTTP 403') : later(null)),
    ...unfinishedCommands(search),
    getUsage: () =>
      done(
        ['d-r2', 'd-s3', 'd-disk'].map((destinationId) => ({
          destinationId,
          objects: 214,
          bytes: 96e9,
          sentThisMonth: { objects: 31, bytes: 14e9 },
        })),
      ),
    countUsage: () =>
      search.get('count') === 'denied'
        ? refused('access-denied', 'HTTP 403 ListObjectsV2')
        : later({ objects: 231, bytes: 104e9, unfinishedBytes: 4.2e9 }),
    ...migrationCommands(search),
  } satisfies Partial<RemessaApi>;
}

function objectCommands(search: URLSearchParams) {
  const outcome = search.get('object');
  return {
    lookAtObject: (_id, key) =>
      outcome === 'missing'
        ? refused('object-missing')
        : later(
            {
              key,
              size: 812 * MB,
              modifiedAt: Date.now() - 12 * day,
              contentType: 'video/mp4',
              isOurs: outcome !== 'foreign',
              links: { signed: 3, lasting: 1, lastExpiresAt: Date.now() + day },
            },
            200,
          ),
    deleteObject: () =>
      outcome === 'kept' ? refused('delete-unconfirmed') : later({ deletion: outcome === 'hidden' ? 'hidden' : 'erased' }),
  } satisfies Partial<RemessaApi>;
}

function corsCommands(search: URLSearchParams) {
  const state = search.get('cors');
  let rules: readonly CorsRule[] = state === 'none' || state === 'hidden' ? [] : [siteRule];
  return {
    readCors: () => done({ rules, isReadable: state !== 'hidden' }),
    letInOrigins: (_id, origins) => {
      if (state === 'denied') return refused('access-denied', 'HTTP 403 PutBucketCors');
      rules = mergeCors(rules, origins);
      return later({ rules, isReadable: true });
    },
  } satisfies Partial<RemessaApi>;
}

function unfinishedCommands(search: URLSearchParams) {
  let left = search.get('unfinished') === 'none' ? [] : unfinished;
  return {
    listUnfinished: () => (search.get('unfinished') === 'denied' ? refused('access-denied', 'HTTP 403') : later(left, 200)),
    removeUnfinished: (_id, ids) => {
      left = left.filter(({ id }) => !ids.includes(id));
      return later({ removed: ids.length, kept: 0 });
    },
  } satisfies Partial<RemessaApi>;
}
