import { describe, expect, it } from 'vitest';
import { content, deferred, makeBench } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from './upload-error.ts';

const names = (bench: ReturnType<typeof makeBench>): string[] => bench.queue.snapshot().uploads.map(({ name }) => name);

async function three() {
  const bench = makeBench({ settings: { filesInParallel: 1 } });
  bench.storage.always('headObject', hang);
  const ids: string[] = [];
  for (const n of [1, 2, 3]) ids.push(await bench.add(`/v/video_${n}.mp4`));
  return { bench, ids };
}

describe('adding', () => {
  it('refuses each bad file for itself and takes the others', async () => {
    const bench = makeBench();
    bench.files.write('/v/video_1.mp4');
    bench.files.write('/v/empty.mp4', '');
    const report = await bench.queue.add(['/v/video_1.mp4', '/v/empty.mp4', '/v/none.mp4'], { destinationIds: ['r2'], waits: false });
    expect(report.addedIds).toHaveLength(1);
    expect(report.refused).toEqual([
      { name: 'empty.mp4', code: 'source-empty' },
      { name: 'none.mp4', code: 'source-missing' },
    ]);
  });

  it('the same file twice is one upload, also within one drop', async () => {
    const bench = makeBench();
    bench.files.write('/v/video_5.mp4');
    const report = await bench.queue.add(['/v/video_5.mp4', '/v/video_5.mp4'], { destinationIds: ['r2'], waits: false });
    expect(report).toMatchObject({ addedIds: [expect.any(String)], known: [], refused: [] });
  });

  it('at the same time from two places takes each file once and gives unique keys', async () => {
    const bench = makeBench();
    bench.storage.always('headObject', hang);
    for (const folder of ['a', 'b', 'c']) bench.files.write(`/${folder}/video_5.mp4`);
    await Promise.all([
      bench.queue.add(['/a/video_5.mp4', '/b/video_5.mp4'], { destinationIds: ['r2'], waits: false }),
      bench.queue.add(['/b/video_5.mp4', '/c/video_5.mp4'], { destinationIds: ['r2'], waits: false }),
    ]);
    expect(bench.queue.snapshot().uploads.map(({ key }) => key)).toEqual([
      'videos/video_5.mp4',
      'videos/video_5-2.mp4',
      'videos/video_5-3.mp4',
    ]);
  });

  it.each([
    ['begin in their order, also when the first takes longest to be journaled', false, ['video_1.mp4']],
    ['do not wait for one that cannot be journaled', true, ['video_2.mp4']],
  ])('several %s', async (_says, isRefused, began) => {
    const bench = makeBench({ settings: { filesInParallel: 1 } });
    bench.storage.always('headObject', hang);
    const disk = deferred();
    const save = bench.journal.save.bind(bench.journal);
    bench.journal.save = async (record) => {
      if (record.state.status === 'queued' && record.source.name === 'video_1.mp4') {
        await disk.promise;
        if (isRefused) throw new UploadError('journal-unwritable');
      }
      return save(record);
    };
    const paths = ['/v/video_1.mp4', '/v/video_2.mp4'].map((path) => bench.files.write(path));
    const adding = bench.queue.add(paths, { destinationIds: ['r2'], waits: false });
    await settle();
    expect(bench.queue.snapshot().uploads.map(({ status }) => status)).toEqual(['queued']);
    disk.resolve();
    await adding;
    await settle();
    const uploading = bench.queue.snapshot().uploads.filter(({ status }) => status === 'uploading');
    expect(uploading.map(({ name }) => name)).toEqual(began);
  });

  it('of one drop no two videos have the same name, though the first has arrived when the last comes in', async () => {
    const bench = makeBench({ settings: { onConflict: 'replace' } });
    const paths = Array.from({ length: 40 }, (_, n) => bench.files.write(`/${n}/video_5.mp4`, `video ${n}`));
    const slow = deferred();
    const head = bench.files.head.bind(bench.files);
    // The last one is looked at when all the others have been sent.
    bench.files.head = async (path, length) => {
      if (path === paths.at(-1)) await slow.promise;
      return head(path, length);
    };
    const adding = bench.queue.add(paths, { destinationIds: ['r2'], waits: false });
    await settle();
    expect(bench.queue.snapshot().uploads.map(({ status }) => status)).toEqual(paths.slice(1).map(() => 'completed'));
    slow.resolve();
    await adding;
    await settle();
    expect(bench.storage.objects.size).toBe(40);
    expect(bench.storage.objects.get('videos/video_5.mp4')?.bytes.toString()).toBe('video 0');
    expect(bench.storage.objects.get('videos/video_5-40.mp4')?.bytes.toString()).toBe('video 39');
  });

  it('again what failed or was paused continues it', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', new UploadError('invalid-request'), hang);
    const id = await bench.add();
    expect(bench.row(id).status).toBe('failed');
    expect(await bench.add()).toBe(id);
    expect(bench.row(id).status).toBe('uploading');
    await bench.queue.pause([id]);
    expect(await bench.add()).toBe(id);
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.count('create')).toBe(1);
  });

  it('again what is completed sends nothing, unless its content is another now', async () => {
    const bench = makeBench();
    const id = await bench.add();
    bench.storage.takeOperations();
    expect(await bench.add()).toBe(id);
    expect(bench.storage.operations).toEqual([]);
    expect(await bench.add(undefined, content.toUpperCase())).not.toBe(id);
  });

  it('to two destinations is two uploads', async () => {
    const bench = makeBench();
    const id = await bench.add();
    expect(await bench.add(undefined, undefined, 1, 'aws')).not.toBe(id);
  });
});

describe('how much goes at once', () => {
  it.each([
    [1, 1],
    [2, 3],
    [3, 8],
  ])('%i files and %i parts, and one more file while the last parts of another are on their way', async (filesInParallel, partsInParallel) => {
    const bench = makeBench({ settings: { filesInParallel, partsInParallel } });
    let mostFiles = 0;
    bench.queue.subscribe(() => {
      const statuses = bench.queue.snapshot().uploads.map(({ status }) => status);
      const busy = statuses.filter((status) => status === 'uploading' || status === 'completing');
      mostFiles = Math.max(mostFiles, busy.length);
    });
    bench.storage.always('uploadPart', async (call) => {
      await bench.clock.sleep(100, call.signal);
      return call.perform();
    });
    for (let n = 1; n <= 6; n += 1) bench.files.write(`/v/video_${n}.mp4`, content.repeat(3));
    await bench.queue.add([1, 2, 3, 4, 5, 6].map((n) => `/v/video_${n}.mp4`), { destinationIds: ['r2'], waits: false });
    await bench.clock.advance(10_000);
    expect(bench.queue.snapshot().uploads.every(({ status }) => status === 'completed')).toBe(true);
    expect(mostFiles).toBe(filesInParallel + 1);
    expect(bench.storage.mostParts).toBe(partsInParallel);
    expect(bench.clock.sleeping).toBe(0);
  });

  it('follows a changed setting without a restart', async () => {
    const bench = makeBench({ settings: { filesInParallel: 1, partsInParallel: 1 } });
    bench.storage.always('uploadPart', hang);
    await bench.add('/v/video_1.mp4');
    await bench.add('/v/video_2.mp4');
    expect(bench.storage.inFlight.size).toBe(1);
    Object.assign(bench.settings, { filesInParallel: 2, partsInParallel: 3 });
    bench.queue.settingsChanged();
    await settle();
    expect(bench.storage.inFlight.size).toBe(3);
  });

  it.each([
    [4, 2, 2],
    [1, 2, 1],
  ])('(%i files, %i parts) small files go %i at once', async (filesInParallel, partsInParallel, wanted) => {
    const bench = makeBench({ settings: { filesInParallel, partsInParallel } });
    let most = 0;
    bench.storage.always('putObject', async (call) => {
      most = Math.max(most, [...bench.storage.inFlight].filter(({ operation }) => operation === 'putObject').length);
      await bench.clock.sleep(100, call.signal);
      return call.perform();
    });
    for (const n of [1, 2, 3]) await bench.add(`/v/video_${n}.mp4`, 'small');
    await bench.clock.advance(1_000);
    expect(most).toBe(wanted);
    expect(bench.storage.objects.size).toBe(3);
  });
});

describe('order', () => {
  it.each([
    [2, 'first', '3 1 2'],
    [2, 'up', '1 3 2'],
    [1, 'up', '2 1 3'],
    [0, 'up', '1 2 3'],
    [0, 'down', '2 1 3'],
    [1, 'down', '1 3 2'],
    [2, 'down', '1 2 3'],
  ] as const)('of the upload at %i moved %s is %s', async (index, where, order) => {
    const { bench, ids } = await three();
    await bench.queue.move(ids[index]!, where);
    expect(names(bench).map((name) => name.replace(/\D/g, '').slice(0, 1)).join(' ')).toBe(order);
  });

  it('stays right after a hundred moves between the same two', async () => {
    const { bench } = await three();
    for (let n = 0; n < 100; n += 1) {
      const [, second, third] = bench.queue.snapshot().uploads;
      await bench.queue.move(third!.id, 'up');
      expect([n, bench.queue.snapshot().uploads[1]?.id]).toEqual([n, third!.id]);
      expect(bench.queue.snapshot().uploads[2]?.id).toBe(second!.id);
    }
  });

  it('lasts over a restart', async () => {
    const { bench, ids } = await three();
    await bench.queue.move(ids[2]!, 'first');
    const next = await bench.relaunch();
    expect(next.queue.snapshot().uploads[0]?.id).toBe(ids[2]);
  });
});

describe('progress', () => {
  it('falls within a run only while the window says that parts are sent again', async () => {
    const bench = makeBench({ settings: { partsInParallel: 2 } });
    bench.storage.on('uploadPart', async (call) => {
      await call.receive();
      throw new UploadError('connection-lost');
    });
    const fell: boolean[] = [];
    let before = 0;
    bench.queue.subscribe(() => {
      const [row] = bench.queue.snapshot().uploads;
      if (row?.status !== 'uploading') return;
      if (row.uploadedBytes < before) fell.push(row.resending === null);
      before = row.uploadedBytes;
    });
    const id = await bench.add();
    await bench.clock.advance(5_000);
    expect(fell.length).toBeGreaterThan(0);
    expect(fell).not.toContain(true);
    expect(bench.row(id).status).toBe('completed');
  });

  it('begins at what has arrived after a pause', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', hang, hang);
    const id = await bench.add();
    await bench.queue.pause([id]);
    await bench.queue.resume([id]);
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'uploading', uploadedBytes: 10 });
  });
});

describe('stop', () => {
  it('leaves nothing in flight and no timer, and everything is gone on with at the next start', async () => {
    const bench = makeBench({ settings: { filesInParallel: 3, partsInParallel: 4 } });
    bench.storage.always('uploadPart', hang);
    const ids = [await bench.add('/v/video_1.mp4'), await bench.add('/v/video_2.mp4')];
    bench.storage.on('headObject', new UploadError('offline'));
    await bench.add('/v/video_3.mp4', 'small');
    await bench.queue.stop();
    expect(bench.storage.inFlight.size).toBe(0);
    expect(bench.clock.sleeping).toBe(0);
    bench.storage.always('uploadPart', null);
    const next = await bench.relaunch();
    await next.clock.advance(5_000);
    expect(ids.map((id) => next.row(id).status)).toEqual(['completed', 'completed']);
  });

  it('starts nothing any more', async () => {
    const bench = makeBench();
    await bench.queue.stop();
    await bench.add();
    await bench.clock.advance(60_000);
    expect(bench.storage.operations).toEqual([]);
  });

  it('leaves no timer behind either when a run ends in trouble at that very moment', async () => {
    const bench = makeBench();
    bench.storage.on('headObject', new UploadError('offline'));
    const written = deferred();
    bench.files.write('/v/video_5.mp4');
    await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false });
    bench.journal.delay = written.promise;
    await settle();
    const stopped = bench.queue.stop();
    written.resolve();
    await stopped;
    await settle();
    expect(bench.clock.sleeping).toBe(0);
  });

  it('counts as pending what a quit would interrupt', async () => {
    const bench = makeBench({ settings: { filesInParallel: 1 } });
    await bench.add('/v/video_1.mp4');
    bench.storage.always('uploadPart', hang);
    const [a] = [await bench.add('/v/video_2.mp4'), await bench.add('/v/video_3.mp4')];
    expect(bench.queue.pendingCount()).toBe(2);
    await bench.queue.pause([a]);
    expect(bench.queue.pendingCount()).toBe(1);
  });
});
