import { describe, expect, it } from 'vitest';
import { deferred, makeBench } from '../../tests/support/builders.ts';
import { FakeObjectStorage, hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { unfinishedFor } from './queue-questions.ts';
import { UploadError } from './upload-error.ts';

const offline = (): UploadError => new UploadError('offline', { isUnclear: true });
const refused = (): UploadError => new UploadError('access-denied', { httpStatus: 403, serverCode: 'AccessDenied' });
const limited = (seconds: number): UploadError =>
  new UploadError('rate-limited', { httpStatus: 503, serverCode: 'SlowDown', retryAfterMs: seconds * 1000 });

describe('offline', () => {
  it('is a state and not an error: nothing is spent, and one gate says so', async () => {
    const bench = makeBench();
    bench.storage.isUp = false;
    bench.storage.always('uploadPart', offline());
    const [first, second] = [await bench.add('/v/video_1.mp4'), await bench.add('/v/video_2.mp4')];
    expect(bench.row(first)).toMatchObject({ status: 'waiting', reason: 'offline', retryAt: null });
    expect(bench.row(second)).toMatchObject({ status: 'waiting', reason: 'offline' });
    expect(bench.journal.record(first)?.attempts).toBe(0);
    expect(bench.queue.snapshot().destinations).toEqual([
      { id: 'r2', state: 'offline', error: expect.objectContaining({ code: 'offline' }) },
    ]);
  });

  it('asks nothing of the destination but whether it is there', async () => {
    const bench = makeBench();
    bench.storage.isUp = false;
    bench.storage.always('uploadPart', offline());
    await bench.add('/v/video_1.mp4');
    bench.storage.takeOperations();
    await bench.add('/v/video_2.mp4');
    await bench.clock.advance(3_600_000);
    expect(bench.storage.operations).toEqual([]);
    expect(bench.storage.probes).toBeGreaterThan(700);
  });

  it('ends within five seconds after the network is back, without a click', async () => {
    const bench = makeBench();
    bench.storage.isUp = false;
    bench.storage.always('uploadPart', offline());
    const id = await bench.add();
    await bench.clock.advance(61_234);
    bench.storage.isUp = true;
    bench.storage.always('uploadPart', null);
    await bench.clock.advance(5_000);
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.count('create')).toBe(1);
    expect(bench.queue.snapshot().destinations).toEqual([]);
  });

  it('ends within five seconds also when the probe before got no answer at all', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', offline());
    bench.storage.isReachable = (signal?: AbortSignal) =>
      new Promise((resolve) => {
        if (bench.storage.isUp) resolve(true);
        else signal?.addEventListener('abort', () => resolve(false), { once: true });
      });
    bench.storage.isUp = false;
    const id = await bench.add();
    await bench.clock.advance(2_100);
    bench.storage.isUp = true;
    bench.storage.always('uploadPart', null);
    await bench.clock.advance(5_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('ends at once when the computer wakes up', async () => {
    const bench = makeBench();
    bench.storage.on('create', offline());
    const id = await bench.add();
    bench.queue.wake();
    await settle();
    expect(bench.row(id).status).toBe('completed');
  });

  it('of one destination does not stop another', async () => {
    const bench = makeBench();
    bench.storage.isUp = false;
    bench.storage.always('headObject', offline());
    const other = new FakeObjectStorage(bench.clock);
    bench.storages.set('aws', other);
    const stuck = await bench.add('/v/video_1.mp4');
    const free = await bench.add('/v/video_2.mp4', undefined, 1, 'aws');
    expect(bench.row(stuck).status).toBe('waiting');
    expect(bench.row(free).status).toBe('completed');
  });
});

describe('a destination that refuses', () => {
  it('is asked three times and then closed once, with its uploads waiting instead of failing', async () => {
    const bench = makeBench();
    bench.storage.always('create', refused());
    const first = await bench.add('/v/video_1.mp4');
    await bench.clock.advance(10_000);
    expect(bench.storage.count('create')).toBe(3);
    const rest = [];
    for (let n = 2; n <= 20; n += 1) rest.push(await bench.add(`/v/video_${n}.mp4`));
    await bench.clock.advance(3_600_000);
    expect(bench.storage.count('create')).toBe(3);
    const waits = { status: 'waiting', reason: 'destination', error: { code: 'access-denied' } };
    expect(bench.row(first)).toMatchObject(waits);
    expect(rest.map((id) => bench.row(id).status)).toEqual(rest.map(() => 'waiting'));
    expect(bench.queue.snapshot().destinations).toMatchObject([{ id: 'r2', state: 'blocked' }]);
  });

  it('goes on with everything when it is mended', async () => {
    const bench = makeBench();
    bench.storages.set('r2', new UploadError('credentials-missing'));
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push(await bench.add(`/v/video_${n}.mp4`));
    const gate = { state: 'blocked', error: { code: 'credentials-missing' } };
    expect(bench.queue.snapshot().destinations).toMatchObject([gate]);
    bench.storages.set('r2', bench.storage);
    bench.queue.openDestination('r2');
    await settle();
    expect(ids.map((id) => bench.row(id).status)).toEqual(['completed', 'completed', 'completed']);
  });

  it('lets the uploads to others go on', async () => {
    const bench = makeBench({ settings: { filesInParallel: 1 } });
    bench.storages.set('r2', new UploadError('credentials-missing'));
    bench.storages.set('aws', new FakeObjectStorage(bench.clock));
    await bench.add('/v/video_1.mp4');
    const free = await bench.add('/v/video_2.mp4', undefined, 1, 'aws');
    expect(bench.row(free).status).toBe('completed');
  });

  it('is tried again by "try now" on one upload, and all its uploads go on', async () => {
    const bench = makeBench();
    bench.storages.set('r2', new UploadError('keychain-unavailable'));
    const [a, b] = [await bench.add('/v/video_1.mp4'), await bench.add('/v/video_2.mp4')];
    bench.storages.set('r2', bench.storage);
    await bench.queue.retry([a]);
    await settle();
    expect([bench.row(a).status, bench.row(b).status]).toEqual(['completed', 'completed']);
  });

  it('takes a refusal that passes for a passing one', async () => {
    const bench = makeBench();
    bench.storage.on('create', refused(), refused());
    const id = await bench.add();
    await bench.clock.advance(5_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('does not keep a row that never sent anything: cancel needs no server', async () => {
    const bench = makeBench();
    bench.storages.set('r2', new UploadError('credentials-missing'));
    const waiting = await bench.add('/v/video_1.mp4');
    const queued = await bench.add('/v/video_2.mp4');
    await bench.queue.cancel([waiting, queued]);
    await bench.clock.advance(60_000);
    expect(bench.queue.snapshot().uploads).toEqual([]);
    expect(unfinishedFor(bench.queue.records(), 'r2')).toEqual([]);
  });
});

describe('a cancel at a destination whose keys are gone', () => {
  it('asks again now and then, not without a pause, and is done when there are keys', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', hang);
    const id = await bench.add('/v/video_1.mp4');
    bench.storages.set('r2', new UploadError('credentials-missing'));
    await bench.queue.cancel([id]);
    let changes = 0;
    bench.queue.subscribe(() => (changes += 1));
    await bench.clock.advance(60_000);
    expect(changes).toBeLessThan(60);
    expect(bench.row(id).status).toBe('canceling');
    bench.storages.set('r2', bench.storage);
    bench.queue.openDestination('r2');
    await bench.clock.advance(1_000);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });
});

describe('a destination that asks to slow down', () => {
  it('is left alone as long as Retry-After says, by every upload', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', ...Array.from({ length: 6 }, () => limited(20)));
    const slowed = await bench.add('/v/video_1.mp4');
    await bench.clock.advance(5 * 20_000);
    const retryAt = bench.clock.now() + 20_000;
    expect(bench.row(slowed)).toMatchObject({ status: 'waiting', reason: 'rate-limited', retryAt });
    bench.storage.takeOperations();
    const second = await bench.add('/v/video_2.mp4');
    await bench.clock.advance(19_999);
    expect(bench.storage.operations).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.row(slowed).status).toBe('completed');
    expect(bench.row(second).status).toBe('completed');
    expect(bench.journal.saved.every(({ attempts }) => attempts === 0)).toBe(true);
  });

  it('does not hold the permits that another destination could use', async () => {
    const bench = makeBench({ settings: { partsInParallel: 2 } });
    bench.storage.always('uploadPart', limited(60));
    const other = new FakeObjectStorage(bench.clock);
    bench.storages.set('aws', other);
    await bench.add('/v/video_1.mp4');
    const free = await bench.add('/v/video_2.mp4', undefined, 1, 'aws');
    await bench.clock.advance(1_000);
    expect(bench.row(free).status).toBe('completed');
  });

  it('does not hold up the small files of another destination', async () => {
    const bench = makeBench();
    bench.storage.always('putObject', limited(60));
    bench.storages.set('aws', new FakeObjectStorage(bench.clock));
    await bench.add('/v/video_1.mp4', 'small');
    const free = await bench.add('/v/video_2.mp4', 'small', 1, 'aws');
    await bench.clock.advance(1_000);
    expect(bench.row(free).status).toBe('completed');
  });

  it('is not shown as broken', async () => {
    const bench = makeBench();
    bench.storage.on('headObject', ...Array.from({ length: 6 }, () => limited(1)));
    await bench.add();
    await bench.clock.advance(20_000);
    expect(bench.queue.snapshot().destinations.every(({ state }) => state === 'ready')).toBe(true);
  });
});

describe('a probe that is under way', () => {
  it('does not open a gate that was closed for another reason meanwhile', async () => {
    const bench = makeBench();
    const answer = deferred<boolean>();
    bench.storage.isReachable = () => answer.promise;
    const gone = deferred();
    bench.storage.on('create', async (call) => {
      await call.until(gone.promise);
      throw new UploadError('bucket-not-found', { httpStatus: 404 });
    });
    bench.storage.on('create', offline());
    await bench.add('/v/video_1.mp4');
    await bench.add('/v/video_2.mp4');
    await bench.clock.advance(2_000);
    gone.resolve();
    await settle();
    answer.resolve(true);
    await settle();
    const gate = { state: 'blocked', error: { code: 'bucket-not-found' } };
    expect(bench.queue.snapshot().destinations).toMatchObject([gate]);
  });
});
