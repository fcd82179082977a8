import { describe, expect, it } from 'vitest';
import { uploadedBytesOf } from '../../shared/upload.ts';
import { content, makeBench } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { ManualClock, settle } from '../../tests/support/manual-clock.ts';

/** A Monday, local time; nothing is sent from 9 to 18. */
const at = (hour: number): number => new Date(2026, 10, 23, hour).getTime();
const office = { days: [1], from: 9 * 60, to: 18 * 60, mbit: 0 };
const hour = 3_600_000;

describe('outside of the schedule', () => {
  it('nothing begins; the row says until when, and it goes on by itself', async () => {
    const bench = makeBench({ clock: new ManualClock(at(10)), settings: { schedule: [office] } });
    await bench.queue.start();
    const id = await bench.add();
    expect(bench.storage.operations).toEqual([]);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'schedule', retryAt: at(18), keyEditable: true });
    await bench.clock.advance(8 * hour - 1);
    expect(bench.storage.operations).toEqual([]);
    await bench.clock.advance(1);
    expect(bench.row(id).status).toBe('completed');
  });

  it('what is on its way is cut off, what has arrived stays', async () => {
    const bench = makeBench({ clock: new ManualClock(at(8)), settings: { schedule: [office], partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', (call) => bench.clock.sleep(9 * hour, call.signal));
    await bench.queue.start();
    const id = await bench.add();
    // The stall watch must not be what ends it.
    bench.storage.always('uploadPart', hang);
    await bench.clock.advance(20_000);
    expect(bench.row(id).status).toBe('uploading');
    bench.storage.always('uploadPart', null);
    bench.settings.schedule = [{ ...office, from: 8 * 60 }];
    bench.queue.settingsChanged();
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'schedule', uploadedBytes: 10 });
    expect(bench.storage.inFlight.size).toBe(0);
    bench.settings.schedule = [];
    bench.queue.settingsChanged();
    await settle();
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.count('uploadPart 1')).toBe(1);
  });

  it('a cancel works all the same', async () => {
    const bench = makeBench({ clock: new ManualClock(at(8)), settings: { schedule: [office], partsInParallel: 1 } });
    bench.storage.always('uploadPart 2', hang);
    await bench.queue.start();
    const id = await bench.add();
    bench.settings.schedule = [{ ...office, from: 8 * 60 }];
    bench.queue.settingsChanged();
    await settle();
    await bench.queue.cancel([id]);
    await settle();
    expect(bench.queue.snapshot().uploads).toEqual([]);
    expect(bench.storage.unfinished.size).toBe(0);
  });

  it('an object that the server only has to put together is finished', async () => {
    const bench = makeBench({ clock: new ManualClock(at(8)), settings: { schedule: [office] } });
    bench.storage.on('complete', async (call) => {
      await bench.clock.sleep(5_000, call.signal);
      return call.perform();
    });
    await bench.queue.start();
    const id = await bench.add();
    bench.settings.schedule = [{ ...office, from: 8 * 60 }];
    bench.queue.settingsChanged();
    await bench.clock.advance(6_000);
    expect(bench.row(id).status).toBe('completed');
  });
});

describe('a limit', () => {
  it('holds for everything together, and is told', async () => {
    const bench = makeBench({ settings: { limitMbit: 0.08, partSize: 20_000, filesInParallel: 2 } });
    await bench.queue.start();
    await bench.add('/v/video_1.mp4', content.repeat(2_000));
    await bench.add('/v/video_2.mp4', content.repeat(2_000));
    // 0.08 Mbit/s are 10,000 bytes a second; both files have 100,000.
    await bench.clock.advance(8_500);
    const sent = bench.queue.snapshot().uploads.reduce((sum, row) => sum + uploadedBytesOf(row), 0);
    expect(sent).toBeGreaterThan(75_000);
    expect(sent).toBeLessThan(95_000);
    expect(bench.queue.snapshot().line).toMatchObject({ limit: { mbit: 0.08 }, isGivingWay: false });
    await bench.clock.advance(3_000);
    expect(bench.queue.snapshot().uploads.map(({ status }) => status)).toEqual(['completed', 'completed']);
  });
});
