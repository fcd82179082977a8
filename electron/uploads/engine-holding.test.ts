import { describe, expect, it } from 'vitest';
import { type Bench, content, makeBench } from '../../tests/support/builders.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from './upload-error.ts';

const minute = 60_000;
const key = 'videos/video_5.mp4';

/** A destination that is down. */
async function downFor(minutes: number, settings: Parameters<typeof makeBench>[0] = {}) {
  const bench = makeBench({ settings: { holdAfterMinutes: 10 }, ...settings });
  goDown(bench);
  const id = await bench.add();
  await bench.clock.advance(minutes * minute);
  return { bench, id };
}

function goDown({ storage }: Bench): void {
  storage.isUp = false;
  storage.always('headObject', new UploadError('offline', { isUnclear: true }));
}

async function comeBack({ storage, clock }: Bench): Promise<void> {
  storage.isUp = true;
  storage.always('headObject', null);
  await clock.advance(6_000);
}

describe('a destination that stays down', () => {
  it('has its videos kept safe after the time that was set, and not before', async () => {
    const { bench, id } = await downFor(9);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', holding: null });
    await bench.clock.advance(2 * minute);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'offline', holding: 'kept' });
    expect(bench.files.bytes(`/holding/${id}.mp4`).toString()).toBe(content);
  });

  it('gets them later from the copies, although the files have gone, and the copies go', async () => {
    const { bench, id } = await downFor(11);
    bench.files.remove('/v/video_5.mp4');
    await comeBack(bench);
    expect(bench.row(id)).toMatchObject({ status: 'completed', holding: null });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
    expect(await bench.holding.held()).toEqual([]);
    expect(bench.holding.aside).toEqual([]);
  });

  it('gets them in their order, the oldest first', async () => {
    const { bench } = await downFor(0, { settings: { holdAfterMinutes: 10, filesInParallel: 1 } });
    for (const n of [6, 7]) await bench.add(`/v/video_${n}.mp4`);
    await bench.clock.advance(11 * minute);
    bench.storage.takeOperations();
    await comeBack(bench);
    expect([...bench.storage.objects.keys()]).toEqual([key, 'videos/video_6.mp4', 'videos/video_7.mp4']);
  });

  it('has what comes later kept safe as well', async () => {
    const { bench } = await downFor(11);
    const late = await bench.add('/v/video_6.mp4');
    await bench.clock.advance(6 * minute);
    expect(bench.row(late).holding).toBe('kept');
  });

  it('keeps nothing when that is switched off, or the destination only asks for calm', async () => {
    const { bench, id } = await downFor(60, { settings: { holdAfterMinutes: null } });
    expect(bench.row(id).holding).toBeNull();
    const busy = makeBench({ settings: { holdAfterMinutes: 1 } });
    busy.storage.always('headObject', new UploadError('rate-limited', { httpStatus: 503, retryAfterMs: 600_000 }));
    const calm = await busy.add();
    await busy.clock.advance(5 * minute);
    expect(busy.row(calm).holding).toBeNull();
  });

  it('says when there is no room, and tries again', async () => {
    const bench = makeBench({ settings: { holdAfterMinutes: 10 } });
    goDown(bench);
    bench.holding.isFull = true;
    const id = await bench.add();
    await bench.clock.advance(11 * minute);
    expect(bench.row(id).holding).toBe('no-room');
    bench.holding.isFull = false;
    await bench.clock.advance(6 * minute);
    expect(bench.row(id).holding).toBe('kept');
  });
});

describe('a destination without a key', () => {
  it('has its videos kept safe at once: it does not come back by itself', async () => {
    const bench = makeBench({ settings: { holdAfterMinutes: 10 } });
    bench.storages.set('r2', new UploadError('credentials-missing'));
    const id = await bench.add();
    await bench.clock.advance(1_000);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'destination', holding: 'kept' });
    bench.storages.set('r2', bench.storage);
    bench.queue.openDestination('r2');
    await settle();
    expect(bench.row(id).status).toBe('completed');
  });
});

describe('a copy', () => {
  it('is still the source after a restart, and the file is known by its own place', async () => {
    const { bench, id } = await downFor(11);
    bench.files.remove('/v/video_5.mp4');
    const again = await bench.relaunch();
    expect(again.row(id)).toMatchObject({ holding: 'kept' });
    bench.files.write('/v/video_5.mp4');
    expect(await again.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false })).toMatchObject({
      known: [id],
      addedIds: [],
    });
    await comeBack(again);
    expect(again.row(id).status).toBe('completed');
  });

  it('goes with a cancel when the file is still there, and into the trash when it is the only one', async () => {
    const kept = await downFor(11);
    await kept.bench.queue.cancel([kept.id]);
    expect(await kept.bench.holding.held()).toEqual([]);
    expect(kept.bench.holding.aside).toEqual([]);
    const only = await downFor(11);
    only.bench.files.remove('/v/video_5.mp4');
    await only.bench.queue.cancel([only.id]);
    expect(only.bench.holding.aside).toEqual([only.id]);
  });

  it('that was made and not noted before a crash counts when the file has gone, and goes when it has not', async () => {
    for (const isGone of [true, false]) {
      const bench = makeBench({ settings: { holdAfterMinutes: 10 } });
      goDown(bench);
      const id = await bench.add();
      await bench.holding.keep(id, '/v/video_5.mp4');
      if (isGone) bench.files.remove('/v/video_5.mp4');
      const again = await bench.relaunch();
      await again.clock.advance(10);
      expect(again.row(id).holding).toBe(isGone ? 'kept' : null);
      expect(await again.holding.held()).toHaveLength(isGone ? 1 : 0);
    }
  });

  it('of an upload that nobody knows any more goes into the trash', async () => {
    const bench = makeBench();
    bench.files.write('/v/video_5.mp4');
    await bench.holding.keep('00000000-0000-4000-8000-00000000dead', '/v/video_5.mp4');
    const again = await bench.relaunch();
    expect(again.holding.aside).toEqual(['00000000-0000-4000-8000-00000000dead']);
  });
});

/** As long as the first one, so that only its content tells them apart. */
const nextLesson = 'ABCDEFGHIJKLMNOPQRSTUVWXY';

describe('a file that is overwritten while its copy is kept', () => {
  it('is another video when it is dropped again, and both are sent', async () => {
    const { bench, id } = await downFor(11);
    bench.files.write('/v/video_5.mp4', nextLesson, 99);
    const report = await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false });
    expect(report.known).toEqual([]);
    expect(report.addedIds).toHaveLength(1);
    await comeBack(bench);
    await bench.clock.advance(minute);
    expect(bench.row(id).status).toBe('completed');
    const sent = [...bench.storage.objects.values()].map(({ bytes }) => bytes.toString());
    expect(sent.sort()).toEqual([nextLesson, content].sort());
  });

  it('and is still the same one is known', async () => {
    const { bench, id } = await downFor(11);
    const report = await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false });
    expect(report).toMatchObject({ known: [id], addedIds: [] });
  });

  it.each(['cancel', 'forget'] as const)('does not cost the copy, which is the only one (%s)', async (how) => {
    const { bench, id } = await downFor(11);
    bench.files.write('/v/video_5.mp4', nextLesson, 99);
    await bench.queue[how]([id]);
    await settle();
    expect(bench.holding.aside).toEqual([id]);
  });
});

describe('a file that changes before it is copied', () => {
  it.each([true, false])('is not kept as what was to be sent, and the person is asked (seen by the samples: %s)', async (isSampled) => {
    const { bench, id } = await downFor(9);
    bench.files.write('/v/video_5.mp4', nextLesson, 99);
    if (!isSampled) bench.files.keepSample('/v/video_5.mp4', content);
    await bench.clock.advance(3 * minute);
    expect(bench.row(id).holding).toBeNull();
    await comeBack(bench);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    expect(bench.storage.objects.size).toBe(0);
  });
});

it('a record that cannot be read at one start does not lose its copy', async () => {
  const { bench, id } = await downFor(11);
  bench.files.remove('/v/video_5.mp4');
  const journal = bench.journal.afterCrash();
  const load = journal.load.bind(journal);
  journal.load = async () => ({ entries: [], setAside: 1 });
  bench.clock.forgetSleepers();
  const blind = makeBench({ clock: bench.clock, journal, files: bench.files, storage: bench.storage, holding: bench.holding });
  await blind.queue.start();
  expect(blind.holding.aside).toEqual([]);
  journal.load = load;
  const again = makeBench({ clock: bench.clock, journal, files: bench.files, storage: bench.storage, holding: bench.holding });
  bench.storage.isUp = true;
  bench.storage.always('headObject', null);
  await again.queue.start();
  await settle();
  await bench.clock.advance(minute);
  expect(again.row(id).status).toBe('completed');
});

it.each([
  ['skipped and taken out of the list', true],
  ['skipped', false],
] as const)('the copy of an upload that is %s is let go of', async (_how, isRemoved) => {
  const { bench, id } = await downFor(11);
  bench.storage.putForeign(key, 'another');
  await comeBack(bench);
  await bench.queue.edit.settleConflict([id], 'skip');
  await settle();
  expect(bench.row(id).status).toBe('skipped');
  if (isRemoved) await bench.queue.remove([id]);
  expect(await bench.holding.held()).toEqual([]);
  expect(bench.holding.aside).toEqual([]);
});

it('the copy of an upload that had arrived when it was canceled is let go of, and its completion is told', async () => {
  const { bench, id } = await downFor(11);
  const dead = new UploadError('offline', { isUnclear: true });
  bench.storage.on('complete', async (call) => {
    await call.perform();
    goDown(bench);
    throw dead;
  });
  await comeBack(bench);
  await bench.queue.cancel([id]);
  await comeBack(bench);
  await bench.clock.advance(minute);
  expect(bench.row(id)).toMatchObject({ status: 'completed', holding: null });
  expect(await bench.holding.held()).toEqual([]);
});
