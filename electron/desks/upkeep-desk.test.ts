import { expect, it } from 'vitest';
import { deferred, makeBench } from '../../tests/support/builders.ts';
import type { Examination } from '../upkeep/ports.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { Storages } from './storages.ts';
import { UpkeepDesk } from './upkeep-desk.ts';

const deskOf = (storages: Storages): UpkeepDesk =>
  new UpkeepDesk({
    storages,
    settings: {} as SettingsStore,
    queue: makeBench().queue,
    now: Date.now,
    tell: () => undefined,
    isCopying: () => false,
  });

/** A desk whose destination has one check, which lasts until it is interrupted; cleaning up lasts until `cleaned` says so. */
function makeDesk() {
  const cleaned = deferred();
  const begun = deferred();
  const examination: Examination = {
    checks: [
      {
        name: 'put',
        needs: [],
        permission: null,
        run: (signal) => {
          begun.resolve();
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
        },
      },
    ],
    cleanUp: () => cleaned.promise,
  };
  const storages = { upkeepFor: async () => ({ examination: () => examination }) } as unknown as Storages;
  const desk = deskOf(storages);
  return { desk, begun, cleaned };
}

it('closed in the middle of a check, waits until that has cleaned up', async () => {
  const { desk, begun, cleaned } = makeDesk();
  const report = desk.check('r2');
  await begun.promise;
  let isClosed = false;
  const closing = desk.close().then(() => (isClosed = true));
  await new Promise(setImmediate);
  expect(isClosed).toBe(false);
  cleaned.resolve();
  await closing;
  expect(await report).toMatchObject({ state: 'stopped', isCleanedUp: true });
});

it('closed with nothing to wait for, does not wait', async () => {
  const { desk, begun, cleaned } = makeDesk();
  await desk.close();
  cleaned.resolve();
  const report = desk.check('r2');
  await begun.promise;
  desk.stopCheck();
  expect(await report).toMatchObject({ state: 'stopped', isCleanedUp: true });
  await expect(desk.close()).resolves.toBeUndefined();
});

it('counts a destination without taking the list away that somebody looks through', async () => {
  const aborted: string[] = [];
  const storages = {
    upkeepFor: async () => ({
      list: async function* list() {
        yield { key: 'videos/a.mp4', size: 5 };
      },
      unfinished: async () => [{ key: 'videos/b.mp4', uploadId: 'u1', initiatedAt: 1 }],
    }),
    storageFor: async () => ({
      listParts: async () => [{ partNumber: 1, size: 7, etag: 'e' }],
      abortMultipartUpload: async (_key: string, uploadId: string) => void aborted.push(uploadId),
    }),
    rulesOf: () => ({ prefix: '', isLocal: false }),
  } as unknown as Storages;
  const desk = deskOf(storages);
  const [seen] = await desk.unfinished('r2');
  expect(await desk.count('r2')).toEqual({ objects: 1, bytes: 5, unfinishedBytes: 7 });
  expect(await desk.removeUnfinished('r2', [seen?.id ?? ''])).toEqual({ removed: 1, kept: 0 });
  expect(aborted).toEqual(['u1']);
});
