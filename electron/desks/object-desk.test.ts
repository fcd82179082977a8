import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeletionKind } from '../../shared/upload.ts';
import { makeBench } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { LinkLedger } from '../store/link-ledger.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { ObjectDesk } from './object-desk.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

const key = 'videos/video_5.mp4';

/** The engine over fakes, a real ledger, and a destination that deletes as a test says. */
function makeDesk() {
  const bench = makeBench();
  const deletion = { kind: 'erased' as DeletionKind, asked: new Array<string>(), isLazy: false };
  const upkeep = {
    deleteObject: async (of: string): Promise<DeletionKind> => {
      deletion.asked.push(of);
      if (!deletion.isLazy) bench.storage.objects.delete(of);
      return deletion.kind;
    },
  };
  const only = (id: string): void => {
    if (id !== 'r2') throw new UploadError('destination-missing');
  };
  const ledger = new LinkLedger(join(folder.path, 'links.jsonl'), () => bench.clock.now());
  bench.rules.set('r2', { prefix: 'videos/', isLocal: false });
  bench.settings.keyTemplate = 'video_{id}.mp4';
  const desk = new ObjectDesk({
    samePlaces: (id) => new Set([id, ...(id === 'r2' ? ['twin'] : [])]),
    storages: {
      storageFor: async (id) => {
        only(id);
        return bench.storage;
      },
      upkeepFor: async (id) => {
        only(id);
        return upkeep;
      },
      rulesOf: (id) => bench.rules.get(id) ?? { prefix: '', isLocal: false },
    },
    queue: bench.queue,
    ledger,
    clock: bench.clock,
  });
  return { bench, desk, ledger, deletion };
}

/** Waits as long as it takes, in the bench's time. */
async function inTime<T>({ bench }: ReturnType<typeof makeDesk>, work: Promise<T>): Promise<T> {
  const done = work.finally(() => undefined);
  done.catch(() => undefined);
  await bench.clock.advance(60_000);
  return done;
}

describe('a look at an object', () => {
  it('shows what a person decides by, and the links that would die', async () => {
    const { desk, bench, ledger } = makeDesk();
    await bench.add();
    const now = bench.clock.now();
    await ledger.note([
      { destinationId: 'r2', key, expiresAt: now + 1000 },
      { destinationId: 'r2', key, expiresAt: now + 5000 },
      { destinationId: 'r2', key, expiresAt: now },
      { destinationId: 'r2', key, expiresAt: null },
      { destinationId: 'r2', key: 'videos/video_6.mp4', expiresAt: null },
      { destinationId: 'other', key, expiresAt: null },
    ]);
    expect(await desk.look('r2', key)).toEqual({
      key,
      size: 25,
      modifiedAt: now,
      contentType: 'video/mp4',
      isOurs: true,
      links: { signed: 2, lasting: 1, lastExpiresAt: now + 5000 },
    });
  });

  it('shows somebody else’s as such, and one that nobody has a link to', async () => {
    const { desk, bench } = makeDesk();
    bench.storage.putForeign(key);
    expect(await desk.look('r2', key)).toMatchObject({ isOurs: false, links: { signed: 0, lasting: 0, lastExpiresAt: null } });
  });

  it('finds a key however its accents were typed', async () => {
    const { desk, bench } = makeDesk();
    bench.storage.putForeign('videos/introdução.mp4');
    expect((await desk.look('r2', 'videos/introduc\u0327a\u0303o.mp4')).key).toBe('videos/introdução.mp4');
  });
});

const refusals: ReadonlyArray<readonly [string, string, string]> = [
  ['outside-prefix', 'r2', 'private/video_5.mp4'],
  ['outside-prefix', 'r2', 'video_5.mp4'],
  ['outside-prefix', 'r2', 'videosX/video_5.mp4'],
  ['invalid-key', 'r2', 'videos/../private/video_5.mp4'],
  ['invalid-key', 'r2', '/videos/video_5.mp4'],
  ['invalid-key', 'r2', 'videos/'],
  ['invalid-key', 'r2', 'videos/secrets.env'],
  ['invalid-key', 'r2', ''],
  ['object-missing', 'r2', 'videos/video_404.mp4'],
  ['destination-missing', 'gone', key],
];

describe('what is none of ours', () => {
  it.each(refusals)('is neither shown nor deleted: %s (%s, %s)', async (code, destinationId, typed) => {
    const made = makeDesk();
    for (const there of ['private/video_5.mp4', 'video_5.mp4', 'videosX/video_5.mp4', 'videos/secrets.env']) {
      made.bench.storage.putForeign(there);
    }
    await expect(made.desk.look(destinationId, typed)).rejects.toMatchObject({ code });
    await expect(made.desk.delete(destinationId, typed)).rejects.toMatchObject({ code });
    expect([made.deletion.asked, made.bench.storage.objects.size]).toEqual([[], 4]);
  });
});

describe('deleting an object', () => {
  it('makes sure that it is gone, and its upload remembers', async () => {
    const made = makeDesk();
    const id = await made.bench.add();
    expect(await made.desk.delete('r2', key)).toEqual({ deletion: 'erased' });
    expect(made.deletion.asked).toEqual([key]);
    expect(made.bench.row(id)).toMatchObject({ status: 'deleted', deletion: 'erased', key });
  });

  it('keeps another one that has come since the last look, until that has been looked at, too', async () => {
    const made = makeDesk();
    await made.bench.add();
    await made.desk.look('r2', key);
    made.bench.storage.putForeign(key);
    await expect(made.desk.delete('r2', key)).rejects.toMatchObject({ code: 'object-changed' });
    expect(made.deletion.asked).toEqual([]);
    await made.desk.look('r2', key);
    expect(await made.desk.delete('r2', key)).toEqual({ deletion: 'erased' });
  });

  it('says so where the bucket only hides it', async () => {
    const made = makeDesk();
    const id = await made.bench.add();
    made.deletion.kind = 'hidden';
    expect(await made.desk.delete('r2', key)).toEqual({ deletion: 'hidden' });
    expect(made.bench.row(id)).toMatchObject({ status: 'deleted', deletion: 'hidden' });
  });

  it('works for what nobody here has sent, and touches no row of another place', async () => {
    const made = makeDesk();
    const id = await made.bench.add();
    made.bench.storage.putForeign('videos/video_6.mp4');
    await made.desk.delete('r2', 'videos/video_6.mp4');
    expect(made.bench.row(id).status).toBe('completed');
  });

  it('is not confirmed while the destination goes on showing it, and then nothing is noted', async () => {
    const made = makeDesk();
    const id = await made.bench.add();
    made.deletion.isLazy = true;
    await expect(inTime(made, made.desk.delete('r2', key))).rejects.toMatchObject({ code: 'delete-unconfirmed' });
    expect(made.bench.row(id).status).toBe('completed');
  });

  it('is refused while one of our uploads is on its way to the key, and allowed when it is not any more', async () => {
    const made = makeDesk();
    made.bench.storage.putForeign(key);
    made.bench.storage.always('headObject', hang);
    const id = await made.bench.add();
    await expect(made.desk.delete('r2', key)).rejects.toMatchObject({ code: 'upload-in-use' });
    await made.bench.queue.pause([id]);
    await expect(made.desk.delete('r2', key)).rejects.toMatchObject({ code: 'upload-in-use' });
    expect(made.deletion.asked).toEqual([]);
    made.bench.storage.always('headObject', null);
    await made.bench.queue.cancel([id]);
    await settle();
    await made.desk.delete('r2', key);
    expect(made.deletion.asked).toEqual([key]);
  });
});
