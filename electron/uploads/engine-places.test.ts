import { describe, expect, it } from 'vitest';
import { content, makeBench } from '../../tests/support/builders.ts';
import { FakeObjectStorage, hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { unfinishedFor } from './queue-questions.ts';
import { UploadError } from './upload-error.ts';

const offline = (): UploadError => new UploadError('offline', { isUnclear: true });

function twoPlaces(settings: Parameters<typeof makeBench>[0] = {}) {
  const bench = makeBench(settings);
  const disk = new FakeObjectStorage(bench.clock);
  bench.storages.set('disk', disk);
  bench.rules.set('disk', { prefix: '', isLocal: true });
  const addToBoth = async (path = '/v/video_5.mp4') => {
    bench.files.write(path);
    const { addedIds } = await bench.queue.add([path], { destinationIds: ['r2', 'disk'], waits: false });
    await settle();
    const [first, second] = addedIds;
    if (first === undefined || second === undefined) throw new Error('Two were wanted');
    return { bucketId: first, diskId: second };
  };
  return { bench, disk, addToBoth };
}

describe('one file to two destinations', () => {
  it('is two uploads that know of each other', async () => {
    const { bench, disk, addToBoth } = twoPlaces();
    const { bucketId, diskId } = await addToBoth();
    expect(bench.row(bucketId)).toMatchObject({ status: 'completed', destinationId: 'r2' });
    expect(bench.row(diskId)).toMatchObject({ status: 'completed', destinationId: 'disk' });
    expect(bench.row(bucketId).groupId).toBe(bench.row(diskId).groupId);
    expect(bench.row(bucketId).groupId).not.toBeNull();
    for (const storage of [bench.storage, disk]) {
      expect(storage.objects.get('videos/video_5.mp4')?.bytes.toString()).toBe(content);
    }
  });

  it('each goes its own way when one destination is down', async () => {
    const { bench, addToBoth } = twoPlaces();
    bench.storage.isUp = false;
    bench.storage.always('headObject', offline());
    const { bucketId, diskId } = await addToBoth();
    expect(bench.row(bucketId)).toMatchObject({ status: 'waiting', reason: 'offline' });
    expect(bench.row(diskId).status).toBe('completed');
  });

  it('dropped again is sent where it is missing, and nowhere twice', async () => {
    const { bench, addToBoth, disk } = twoPlaces();
    await bench.add();
    bench.files.write('/v/video_5.mp4');
    const report = await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2', 'disk'], waits: false });
    await settle();
    expect(report).toMatchObject({ known: [expect.any(String)], addedIds: [expect.any(String)] });
    expect(bench.row(report.addedIds[0] ?? '')).toMatchObject({ destinationId: 'disk', groupId: null, status: 'completed' });
    expect(disk.objects.size).toBe(1);
    void addToBoth;
  });
});

describe('the uploads of one file', () => {
  it('move together, past others that do', async () => {
    const { bench, disk } = twoPlaces();
    for (const storage of [bench.storage, disk]) storage.always('headObject', hang);
    bench.settings.filesInParallel = 1;
    for (const n of [1, 2, 3]) bench.files.write(`/v/video_${n}.mp4`);
    await bench.queue.add(['/v/video_1.mp4', '/v/video_2.mp4', '/v/video_3.mp4'], {
      destinationIds: ['r2', 'disk'],
      waits: false,
    });
    const order = () => bench.queue.snapshot().uploads.map(({ name, destinationId }) => `${name[6] ?? ''}${destinationId}`);
    const third = bench.queue.snapshot().uploads[5]?.id ?? '';
    await bench.queue.move(third, 'up');
    expect(order()).toEqual(['1r2', '1disk', '3r2', '3disk', '2r2', '2disk']);
    await bench.queue.move(third, 'first');
    await bench.queue.move(third, 'first');
    expect(order()).toEqual(['3r2', '3disk', '1r2', '1disk', '2r2', '2disk']);
    for (let n = 0; n < 120; n += 1) await bench.queue.move(third, n % 2 === 0 ? 'down' : 'up');
    expect(order()).toEqual(['3r2', '3disk', '1r2', '1disk', '2r2', '2disk']);
  });

  it('are found again with one file dialog', async () => {
    const { bench, disk } = twoPlaces();
    bench.files.write('/v/video_5.mp4');
    const { addedIds } = await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2', 'disk'], waits: true });
    bench.files.remove('/v/video_5.mp4');
    await bench.queue.resume(addedIds);
    await settle();
    expect(addedIds.map((id) => bench.row(id))).toMatchObject([{ reason: 'source' }, { reason: 'source' }]);
    bench.files.write('/other/video_5.mp4');
    await bench.queue.edit.locate(addedIds[0] ?? '', '/other/video_5.mp4');
    await settle();
    expect(addedIds.map((id) => bench.row(id).status)).toEqual(['completed', 'completed']);
    expect(disk.objects.size).toBe(1);
  });
});

describe('a disk of this computer', () => {
  it('is written to while the schedule lets nothing out, and at no limit', async () => {
    const { bench, addToBoth } = twoPlaces({ settings: { limitMbit: 0.1 } });
    const always = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1440, mbit: 0 };
    bench.settings.schedule = [always];
    bench.queue.settingsChanged();
    const { bucketId, diskId } = await addToBoth();
    expect(bench.row(diskId).status).toBe('completed');
    expect(bench.row(bucketId)).toMatchObject({ status: 'waiting', reason: 'schedule' });
  });

  it('that was taken away is waited for like a network', async () => {
    const { bench, disk, addToBoth } = twoPlaces();
    disk.isUp = false;
    disk.always('headObject', new UploadError('disk-missing'));
    const { diskId } = await addToBoth();
    expect(bench.row(diskId)).toMatchObject({ status: 'waiting', reason: 'offline', error: { code: 'disk-missing' } });
    disk.isUp = true;
    disk.always('headObject', null);
    await bench.clock.advance(5_000);
    expect(bench.row(diskId).status).toBe('completed');
  });

  it('that is full waits for room without keeping smaller videos out', async () => {
    const { bench, disk } = twoPlaces();
    bench.files.write('/v/big.mp4', content.repeat(2));
    bench.files.write('/v/small.mp4', content);
    disk.always('create', (call) => {
      if (disk.operations.filter((name) => name === 'create').length === 1) throw new UploadError('disk-full');
      return call.perform();
    });
    const { addedIds } = await bench.queue.add(['/v/big.mp4', '/v/small.mp4'], { destinationIds: ['disk'], waits: false });
    await settle();
    expect(bench.row(addedIds[0] ?? '')).toMatchObject({ status: 'waiting', reason: 'backoff', error: { code: 'disk-full' } });
    expect(bench.row(addedIds[1] ?? '').status).toBe('completed');
    await bench.clock.advance(70_000);
    expect(bench.row(addedIds[0] ?? '').status).toBe('completed');
  });

  it('that is write-protected stands still once, for all of its videos', async () => {
    const { bench, disk, addToBoth } = twoPlaces();
    disk.always('create', new UploadError('disk-read-only'));
    const { diskId } = await addToBoth();
    expect(bench.row(diskId)).toMatchObject({ status: 'waiting', reason: 'destination' });
    expect(bench.queue.snapshot().destinations).toContainEqual(
      expect.objectContaining({ id: 'disk', state: 'blocked' }),
    );
  });
});

describe('sending an upload to another destination', () => {
  it('drops what the first one has, and begins anew', async () => {
    const { bench, disk } = twoPlaces();
    bench.storage.on('uploadPart 3', hang);
    const id = await bench.add();
    expect(bench.storage.unfinished.size).toBe(1);
    await bench.queue.edit.sendTo([id], 'disk');
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'completed', destinationId: 'disk' });
    expect(bench.storage.unfinished.size).toBe(0);
    expect(disk.objects.get('videos/video_5.mp4')?.bytes.toString()).toBe(content);
  });

  it('does not wait for one that cannot be reached', async () => {
    const { bench } = twoPlaces();
    bench.storage.on('uploadPart 1', offline());
    bench.storage.isUp = false;
    const id = await bench.add();
    expect(bench.row(id).status).toBe('waiting');
    bench.storage.always('abort', offline());
    await bench.queue.edit.sendTo([id], 'disk');
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'completed', destinationId: 'disk' });
    expect(bench.warnings).toContain('old-parts-left');
  });

  it('finds a free key there, and refuses what is over', async () => {
    const { bench, disk } = twoPlaces();
    disk.always('headObject', hang);
    await bench.add('/a/video_5.mp4', content, 1, 'disk');
    const sent = await bench.add('/b/video_5.mp4');
    expect(bench.row(sent).status).toBe('completed');
    await expect(bench.queue.edit.sendTo([sent], 'disk')).rejects.toMatchObject({ code: 'invalid-request' });
    bench.storage.always('headObject', hang);
    const other = await bench.add('/c/video_5.mp4');
    await bench.queue.edit.sendTo([other], 'disk');
    expect(bench.row(other)).toMatchObject({ destinationId: 'disk', key: 'videos/video_5-2.mp4' });
  });

  it('gives up the copy whose twin is there, or is on its way there', async () => {
    for (const isDone of [true, false]) {
      const { bench, disk, addToBoth } = twoPlaces();
      disk.always('headObject', offline());
      if (!isDone) bench.storage.always('headObject', hang);
      const { bucketId, diskId } = await addToBoth();
      await bench.queue.edit.sendTo([diskId], 'r2');
      await settle();
      expect(bench.queue.snapshot().uploads.map(({ id }) => id)).toEqual([bucketId]);
      expect(bench.row(bucketId).key).toBe('videos/video_5.mp4');
    }
  });

  it('keeps it paused when it was', async () => {
    const { bench } = twoPlaces();
    bench.storage.always('headObject', hang);
    const id = await bench.add();
    await bench.queue.pause([id]);
    await bench.queue.edit.sendTo([id], 'disk');
    expect(bench.row(id)).toMatchObject({ status: 'paused', destinationId: 'disk' });
  });
});

describe('a destination that goes', () => {
  it('is done with when its uploads are forgotten, whatever its server has of them', async () => {
    const { bench } = twoPlaces();
    bench.storage.on('uploadPart 3', hang);
    const id = await bench.add();
    await bench.queue.forget(unfinishedFor(bench.queue.records(), 'r2'));
    expect(bench.queue.snapshot().uploads.map((upload) => upload.id)).not.toContain(id);
    expect(bench.storage.inFlight.size).toBe(0);
    expect((await bench.relaunch()).queue.snapshot().uploads).toEqual([]);
  });
});
