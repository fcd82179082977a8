import { describe, expect, it } from 'vitest';
import { deferred, makeBench } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { UploadError } from './upload-error.ts';

const key = 'videos/video_5.mp4';
const reset = (): UploadError => new UploadError('connection-lost', { isUnclear: true });

describe('a passing failure', () => {
  it('of one part is tried again, and only that part', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', reset(), reset());
    const id = await bench.add();
    await bench.clock.advance(10_000);
    // Its place is another's while it waits.
    expect(bench.storage.operations.filter((done) => done.startsWith('uploadPart'))).toEqual([
      'uploadPart 1',
      'uploadPart 2',
      'uploadPart 3',
      'uploadPart 2',
      'uploadPart 2',
    ]);
    expect(bench.row(id).status).toBe('completed');
  });

  it('shows when it is tried again, and is uploading again then', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', reset(), reset(), hang);
    const id = await bench.add();
    // Too short to be read: the row would flicker.
    expect(bench.row(id)).toMatchObject({ status: 'uploading', resending: { parts: 1, error: { code: 'connection-lost' } } });
    await bench.clock.advance(500);
    const retryAt = bench.clock.now() + 1_000;
    const error = { code: 'connection-lost' };
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'backoff', retryAt, error });
    await bench.clock.advance(1_000);
    expect(bench.row(id)).toMatchObject({ status: 'uploading' });
  });

  it('is uploading for the window as soon as any part moves while another waits', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', reset(), hang).on('uploadPart 2', hang);
    const id = await bench.add();
    bench.settings.partsInParallel = 2;
    bench.queue.settingsChanged();
    await bench.clock.advance(100);
    expect(bench.storage.operations).toContain('uploadPart 2');
    expect(bench.row(id).status).toBe('uploading');
    await bench.clock.advance(1_000);
    expect(bench.row(id).status).toBe('uploading');
  });

  it('that lasts gives the upload back to the queue, keeps its parts and spends an attempt', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.always('uploadPart 2', reset());
    const id = await bench.add();
    await bench.clock.advance(15_600);
    expect(bench.storage.count('uploadPart 2')).toBe(6);
    expect(bench.journal.record(id)).toMatchObject({ state: { status: 'waiting', reason: 'backoff' }, attempts: 1 });
    expect(bench.journal.partNumbers(id).toSorted((a, b) => a - b)).toEqual([1, 3]);
    bench.storage.always('uploadPart 2', null);
    await bench.clock.advance(60_000);
    expect(bench.storage.count('create')).toBe(1);
    expect(bench.storage.count('uploadPart 1')).toBe(1);
    expect(bench.row(id).status).toBe('completed');
  });

  it('waits longer each time, and starts counting anew when a part arrived', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.always('uploadPart', reset());
    const id = await bench.add();
    await bench.clock.advance(48_500);
    expect(bench.journal.record(id)?.attempts).toBe(3);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', retryAt: bench.clock.now() + 1_500 });
    bench.storage.always('uploadPart', null).always('uploadPart 2', reset()).always('uploadPart 3', reset());
    await bench.clock.advance(17_200);
    expect(bench.journal.partNumbers(id)).toContain(1);
    expect(bench.journal.record(id)?.attempts).toBeLessThanOrEqual(1);
    expect(bench.row(id).status).toBe('waiting');
  });

  it('lets the other parts in flight arrive', async () => {
    const bench = makeBench();
    const arrival = deferred();
    bench.storage.always('uploadPart 1', reset());
    bench.storage.on('uploadPart 2', async (call) => {
      await call.until(arrival.promise);
      return call.perform();
    });
    const id = await bench.add();
    await bench.clock.advance(20_000);
    arrival.resolve();
    await bench.clock.advance(0);
    expect(bench.journal.partNumbers(id)).toContain(2);
  });

  it('of one upload does not hold up the others', async () => {
    const bench = makeBench({ settings: { filesInParallel: 1, partsInParallel: 1 } });
    bench.storage.on('headObject', new UploadError('invalid-request'));
    const bad = await bench.add('/v/video_1.mp4');
    const good = await bench.add('/v/video_2.mp4');
    expect(bench.row(bad).status).toBe('failed');
    expect(bench.row(good).status).toBe('completed');
  });
});

describe('a request that stands still', () => {
  it('is cut off after 30 s without a byte, and tried again', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', hang);
    const id = await bench.add();
    await bench.clock.advance(29_999);
    expect([...bench.storage.inFlight].map(({ operation }) => operation)).toEqual(['uploadPart 1']);
    await bench.clock.advance(1);
    expect(bench.row(id)).toMatchObject({ status: 'uploading', resending: { error: { code: 'timeout' } } });
    expect(bench.storage.inFlight.size).toBe(0);
    await bench.clock.advance(1_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('is left alone as long as it moves, however slowly', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1, partSize: 1024 * 1024 } });
    let pieces = 0;
    bench.storage.on('uploadPart 1', async (call) => {
      for await (const _piece of call.pieces()) {
        pieces += 1;
        await bench.clock.sleep(29_000, call.signal);
      }
      return call.perform();
    });
    const id = await bench.add('/v/video_5.mp4', 'x'.repeat(1024 * 1024 + 7));
    await bench.clock.advance(5 * 29_000);
    expect(pieces).toBe(4);
    expect(bench.storage.count('uploadPart 1')).toBe(1);
    expect(bench.row(id).status).toBe('completed');
  });

  it('has a minute for the answer once everything is handed over', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', async (call) => {
      await call.receive();
      return hang(call);
    });
    await bench.add();
    await bench.clock.advance(59_999);
    expect(bench.storage.count('uploadPart 1')).toBe(1);
    await bench.clock.advance(1_001);
    expect(bench.storage.count('uploadPart 1')).toBe(2);
  });

  it.each([
    ['headObject', 30_000],
    ['create', 30_000],
    ['listParts', 60_000],
    ['complete', 180_000],
  ] as const)('%s is given up after %i ms', async (operation, limit) => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    if (operation === 'listParts') {
      bench.storage.on('uploadPart 1', hang);
      const id = await bench.add();
      await bench.queue.pause([id]);
      bench.storage.on('listParts', hang);
      await bench.queue.resume([id]);
    } else {
      bench.storage.on(operation, hang);
      await bench.add();
    }
    await bench.clock.advance(limit - 1);
    expect(bench.storage.inFlight.size).toBe(1);
    await bench.clock.advance(62_000);
    expect(bench.storage.objects.has(key)).toBe(true);
  });
});
