import { describe, expect, it } from 'vitest';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { countsOf, fromFolder, makeMigrationBench } from '../../tests/support/migration-bench.ts';
import { UploadError } from '../uploads/upload-error.ts';

const small = 'abcdefghi';

describe('a plan', () => {
  it('tells what is new, the same, different and invalid, and sends nothing', async () => {
    const bench = makeMigrationBench();
    bench.storage.keepsChecksums = true;
    for (const n of [1, 2, 3]) bench.files.write(`/old/video_${n}.mp4`, small);
    bench.files.write('/old/empty.mp4', '');
    bench.files.write('/old/notes.txt', 'notes');
    bench.storage.putForeign('videos/video_2.mp4', small);
    bench.storage.putForeign('videos/video_3.mp4', 'other bytes');
    await bench.plan();
    expect(countsOf(bench.migration)).toEqual({ new: 1, same: 1, different: 1, invalid: 1 });
    expect(bench.migration.snapshot()).toMatchObject({
      phase: 'planned',
      looked: 4,
      total: 4,
      left: { videos: 1, bytes: small.length },
      sourceName: 'old',
    });
    expect(bench.storage.operations.every((operation) => ['headObject', 'checksumOf'].includes(operation))).toBe(true);
    expect(bench.queue.records()).toEqual([]);
  });

  it('shows first what needs an eye', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.files.write('/old/video_2.mp4', '');
    await bench.plan();
    expect(bench.migration.snapshot().rows.map(({ status, error }) => [status, error?.code])).toEqual([
      ['invalid', 'source-empty'],
      ['new', undefined],
    ]);
  });

  it('that is stopped is no plan', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.storage.always('headObject', hang);
    await bench.migration.plan(fromFolder);
    await settle();
    await bench.migration.stop();
    expect(bench.migration.snapshot()).toMatchObject({ phase: 'idle', isPlanned: false });
    await expect(bench.migration.run()).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('of a destination that refuses ends, says why, and can be made again', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.storage.always('headObject', new UploadError('credentials-rejected', { httpStatus: 403 }));
    await bench.plan();
    expect(bench.migration.snapshot()).toMatchObject({ phase: 'failed', isPlanned: false, error: { code: 'credentials-rejected' } });
    bench.storage.always('headObject', null);
    await bench.plan();
    expect(bench.migration.snapshot()).toMatchObject({ phase: 'planned', error: null });
  });

  it('is refused beside another, without a folder, and from a destination into itself', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.storage.always('headObject', hang);
    await bench.migration.plan(fromFolder);
    await expect(bench.migration.plan(fromFolder)).rejects.toMatchObject({ code: 'invalid-request' });
    await bench.migration.stop();
    const source = { kind: 'destination', id: 'r2', prefix: '' } as const;
    await expect(bench.migration.plan({ ...fromFolder, source })).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('a run', () => {
  it('sends what is new, and a second one nothing at all', async () => {
    const bench = makeMigrationBench();
    bench.storage.keepsChecksums = true;
    for (const name of ['a/video_1.mp4', 'b/video_1.mp4', 'b/aula.mp4']) bench.files.write(`/old/${name}`, `${name} bytes`);
    await bench.plan();
    await bench.run();
    expect(countsOf(bench.migration)).toEqual({ sent: 3 });
    expect([...bench.storage.objects.keys()].sort()).toEqual([
      'videos/video_a-video-1.mp4',
      'videos/video_aula.mp4',
      'videos/video_b-video-1.mp4',
    ]);
    const before = bench.storage.takeOperations();
    expect(before.length).toBeGreaterThan(0);
    await bench.plan();
    await bench.run();
    expect(countsOf(bench.migration)).toEqual({ same: 3 });
    expect(bench.storage.operations.filter((operation) => /put|create|uploadPart|complete/.test(operation))).toEqual([]);
    expect(bench.migration.snapshot()).toMatchObject({ phase: 'done', sentBytes: 0, left: { videos: 0 } });
  });

  it('sends again what was sent once and is gone', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    await bench.plan();
    await bench.run();
    bench.storage.objects.clear();
    await bench.clock.advance(60_000);
    await bench.plan();
    await bench.run();
    expect(countsOf(bench.migration)).toEqual({ sent: 1 });
    expect([...bench.storage.objects.keys()]).toEqual(['videos/video_1.mp4']);
  });

  it.each([
    ['skip', { different: 1 }, ['videos/video_1.mp4'], 'somebody else'],
    ['replace', { sent: 1 }, ['videos/video_1.mp4'], small],
    ['rename', { sent: 1 }, ['videos/video_1-2.mp4', 'videos/video_1.mp4'], 'somebody else'],
  ] as const)('does with another object under a key as it was told: %s', async (onDifferent, counts, keys, stays) => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.storage.putForeign('videos/video_1.mp4');
    await bench.plan({ ...fromFolder, onDifferent });
    await bench.run();
    expect(countsOf(bench.migration)).toEqual(counts);
    expect([...bench.storage.objects.keys()].sort()).toEqual(keys);
    expect(bench.storage.objects.get('videos/video_1.mp4')?.bytes.toString()).toBe(stays);
    const lines = bench.migration.map().trim().split('\r\n');
    expect(lines[1]?.split(',').at(-1)).toBe(Object.keys(counts)[0]);
  });

  it('that gave a video a number finds it under that, and sends it no second time', async () => {
    const bench = makeMigrationBench();
    bench.storage.keepsChecksums = true;
    bench.files.write('/old/video_1.mp4', small);
    bench.storage.putForeign('videos/video_1.mp4');
    for (const counts of [{ sent: 1 }, { same: 1 }]) {
      await bench.plan({ ...fromFolder, onDifferent: 'rename' });
      await bench.run();
      expect(countsOf(bench.migration)).toEqual(counts);
    }
    expect([...bench.storage.objects.keys()].sort()).toEqual(['videos/video_1-2.mp4', 'videos/video_1.mp4']);
  });

  it('writes a map that names the key each video has got', async () => {
    const bench = makeMigrationBench();
    bench.rules.set('r2', { prefix: 'curso/', isLocal: false });
    bench.files.write('/old/a/video_1.mp4', small);
    bench.files.write('/old/=1+1.mp4', `${small}.`);
    await bench.plan();
    await bench.run();
    expect(bench.migration.map()).toBe(
      [
        'id,path,key,url,status',
        "1-1,'=1+1.mp4,curso/videos/video_1-1.mp4,https://videos.example/curso/videos/video_1-1.mp4,sent",
        '1,a/video_1.mp4,curso/videos/video_1.mp4,https://videos.example/curso/videos/video_1.mp4,sent',
        '',
      ].join('\r\n'),
    );
  });

  it('of which one cannot be sent sends the others, and tries that one again when asked', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.files.write('/old/video_2.mp4', `${small}.`);
    await bench.plan();
    bench.files.remove('/old/video_1.mp4');
    await bench.run();
    expect(countsOf(bench.migration)).toEqual({ sent: 1, failed: 1 });
    expect(bench.migration.snapshot().rows[0]).toMatchObject({ path: 'video_1.mp4', error: { code: 'source-missing' }, url: '' });
    bench.files.write('/old/video_1.mp4', small);
    await bench.run();
    expect(countsOf(bench.migration)).toEqual({ sent: 2 });
  });

  it('that is stopped stands still, and goes on with what it has', async () => {
    const bench = makeMigrationBench();
    for (let n = 1; n <= 6; n += 1) bench.files.write(`/old/video_${n}.mp4`, `${small}${n}`);
    bench.storage.always('putObject', hang);
    await bench.plan();
    await bench.migration.run();
    await bench.clock.advance(2_000);
    await bench.migration.stop();
    expect(bench.migration.snapshot().phase).toBe('stopped');
    expect(bench.queue.snapshot().uploads.every(({ status }) => status === 'paused')).toBe(true);
    bench.storage.always('putObject', null);
    await bench.clock.advance(60_000);
    expect(bench.storage.objects.size).toBe(0);
    await bench.run();
    expect(countsOf(bench.migration)).toEqual({ sent: 6 });
    expect(bench.queue.records()).toHaveLength(6);
  });

  it('that was stopped says nothing to another plan of what still arrives', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.storage.always('putObject', hang);
    await bench.plan();
    await bench.migration.run();
    await bench.clock.advance(2_000);
    await bench.migration.stop();
    await bench.plan({ ...fromFolder, destinationId: 'elsewhere' });
    bench.storage.always('putObject', null);
    await bench.queue.resume(bench.queue.records().map(({ id }) => id));
    await bench.clock.advance(2_000);
    const [record] = bench.queue.records();
    expect(record?.state.status).toBe('completed');
    bench.completed(record!);
    expect(countsOf(bench.migration)).toEqual({ new: 1 });
  });

  it('that is stopped takes what was completed meanwhile for sent', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    bench.files.write('/old/video_2.mp4', `${small}.`);
    bench.storage.always('putObject', hang);
    await bench.plan();
    await bench.migration.run();
    await bench.clock.advance(2_000);
    await bench.migration.stop();
    bench.storage.always('putObject', null);
    await bench.queue.resume(bench.queue.records().map(({ id }) => id));
    await bench.clock.advance(5_000);
    await bench.run();
    expect(countsOf(bench.migration)).toEqual({ sent: 2 });
    expect(bench.queue.records()).toHaveLength(2);
  });

  it('notes what was sent also when its row is taken out of the list at once', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    await bench.plan();
    await bench.migration.run();
    await settle();
    await settle();
    const [record] = bench.queue.records();
    expect(record?.state.status).toBe('completed');
    await bench.clock.advance(1_000);
    await bench.queue.remove([record?.id ?? '']);
    await bench.clock.advance(3_000);
    expect(countsOf(bench.migration)).toEqual({ sent: 1 });
  });
});

describe('after a restart', () => {
  it('a run goes on by itself, and sends nothing twice', async () => {
    const bench = makeMigrationBench();
    for (let n = 1; n <= 4; n += 1) bench.files.write(`/old/video_${n}.mp4`, `${small}${n}`);
    await bench.plan();
    bench.storage.on('putObject', async (call) => call.perform(), hang, hang, hang);
    await bench.migration.run();
    await bench.clock.advance(2_000);
    const next = await bench.restart();
    await next.clock.advance(120_000);
    expect(countsOf(next.migration)).toEqual({ sent: 4 });
    expect(next.migration.snapshot().phase).toBe('done');
    expect(next.queue.records()).toHaveLength(4);
  });

  it('a plan that was made stands, and a person may run it', async () => {
    const bench = makeMigrationBench();
    bench.files.write('/old/video_1.mp4', small);
    await bench.plan();
    const next = await bench.restart();
    expect(next.migration.snapshot()).toMatchObject({ phase: 'planned', isPlanned: true, folderName: 'old', left: { videos: 1 } });
    await next.run();
    expect(countsOf(next.migration)).toEqual({ sent: 1 });
  });

  it('half a plan is none', async () => {
    const bench = makeMigrationBench();
    for (let n = 1; n <= 3; n += 1) bench.files.write(`/old/video_${n}.mp4`, small);
    bench.storage.always('headObject', hang);
    await bench.migration.plan(fromFolder);
    await settle();
    const next = await bench.restart();
    expect(next.migration.snapshot()).toMatchObject({ phase: 'idle', isPlanned: false, folderName: 'old', looked: 0 });
  });
});

it('ten thousand videos are planned, sent, and the second time only looked at', { timeout: 120_000 }, async () => {
  const bench = makeMigrationBench();
  bench.storage.keepsChecksums = true;
  for (let n = 1; n <= 10_000; n += 1) bench.files.write(`/old/course ${n % 100}/video_${n}.mp4`, `${n}`);
  await bench.plan();
  expect(countsOf(bench.migration)).toEqual({ new: 10_000 });
  await bench.run();
  expect(countsOf(bench.migration)).toEqual({ sent: 10_000 });
  expect(bench.storage.objects.size).toBe(10_000);
  bench.storage.takeOperations();
  await bench.plan();
  expect(countsOf(bench.migration)).toEqual({ same: 10_000 });
  expect(bench.storage.count('putObject')).toBe(0);
});
