import { describe, expect, it } from 'vitest';
import { content, makeBench } from '../../tests/support/builders.ts';
import { FakeObjectStorage, hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';

/** An upload to `r2` that is in the middle of its parts, and another destination. */
async function underWay() {
  const bench = makeBench();
  const other = new FakeObjectStorage(bench.clock);
  bench.storages.set('other', other);
  bench.storage.always('uploadPart 2', hang);
  const id = await bench.add();
  expect(bench.row(id)).toMatchObject({ status: 'uploading', confirmedBytes: expect.any(Number) });
  return { bench, other, id };
}

it('goes elsewhere also when it only waits for its turn, whatever it has been before', async () => {
  const bench = makeBench({ settings: { filesInParallel: 1 } });
  const other = new FakeObjectStorage(bench.clock);
  bench.storages.set('other', other);
  bench.storage.always('uploadPart', hang);
  await bench.add('/v/video_1.mp4');
  const id = await bench.add('/v/video_2.mp4');
  await bench.queue.pause([id]);
  await bench.queue.resume([id]);
  expect(bench.row(id)).toMatchObject({ status: 'queued', destinationId: 'r2' });
  await bench.queue.edit.sendTo([id], 'other');
  expect(bench.row(id)).toMatchObject({ status: 'queued', destinationId: 'other' });
  await bench.queue.stop();
});

describe('an upload that is under way', () => {
  it('goes elsewhere from its start, and nothing more of it to where it was', async () => {
    const { bench, other, id } = await underWay();
    await bench.queue.edit.sendTo([id], 'other');
    const sentBefore = bench.storage.operations.length;
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'completed', destinationId: 'other' });
    expect(other.objects.get('videos/video_5.mp4')?.bytes.toString()).toBe(content);
    expect(bench.storage.operations.length).toBe(sentBefore);
    expect([bench.storage.count('create'), bench.storage.unfinished.size]).toEqual([1, 0]);
  });

  it('sent to one place and, before that is done, to another, ends where it was sent last', async () => {
    const { bench, other, id } = await underWay();
    const third = new FakeObjectStorage(bench.clock);
    bench.storages.set('third', third);
    await Promise.all([bench.queue.edit.sendTo([id], 'other'), bench.queue.edit.sendTo([id], 'third')]);
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'completed', destinationId: 'third' });
    expect([other.unfinished.size, third.objects.size]).toEqual([0, 1]);
  });

  it('stays where it is when it is being put together by the time its run has ended', async () => {
    const { bench, id } = await underWay();
    bench.storage.always('uploadPart 2', null);
    bench.storage.on('complete', hang);
    await bench.queue.pause([id]);
    await bench.queue.resume([id]);
    await settle();
    expect(bench.row(id).status).toBe('completing');
    await expect(bench.queue.edit.sendTo([id], 'other')).rejects.toMatchObject({ code: 'invalid-request' });
    expect(bench.storage.count('abort')).toBe(0);
    await bench.queue.stop();
  });

  it('that is forgotten sends nothing more', async () => {
    const { bench, id } = await underWay();
    bench.storage.takeOperations();
    await bench.queue.forget([id]);
    await settle();
    expect([bench.queue.records(), bench.storage.operations, bench.storage.inFlight.size]).toEqual([[], [], 0]);
  });
});
