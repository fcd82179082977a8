import { describe, expect, it, vi } from 'vitest';
import { content, deferred, makeBench, now } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';

const toR2 = { destinationIds: ['r2'], waits: false };
const names = (bench: ReturnType<typeof makeBench>): readonly string[] =>
  bench.queue.snapshot().uploads.map(({ name }) => name);

/** Only what begins with this counts as a video here. */
const onlyVideos = (head: Uint8Array): 'not-a-video' | null =>
  Buffer.from(head).toString().startsWith('a') ? null : 'not-a-video';

describe('a folder', () => {
  it('brings its videos in the order of their names, and leaves the rest out without a word', async () => {
    const bench = makeBench({ refuseContent: onlyVideos });
    for (const name of ['b/video_2.mp4', 'a/video_1.mp4']) bench.files.write(`/v/${name}`);
    bench.files.write('/v/notes.txt', 'notes');
    bench.files.write('/v/empty.mp4', '');
    const report = await bench.queue.add(['/v'], toR2);
    expect(names(bench)).toEqual(['video_1.mp4', 'video_2.mp4']);
    expect(report).toMatchObject({ refused: [], leftOut: 2 });
  });

  it('beside one of its files takes that file once, and says why it is none', async () => {
    const bench = makeBench({ refuseContent: onlyVideos });
    bench.files.write('/v/video_1.mp4');
    bench.files.write('/v/notes.mp4', 'notes');
    const report = await bench.queue.add(['/v', '/v/notes.mp4', '/v/video_1.mp4'], toR2);
    expect(report.addedIds).toHaveLength(1);
    expect(report.refused).toEqual([{ name: 'notes.mp4', code: 'not-a-video' }]);
  });
});

describe('a long drop', () => {
  const drop = (bench: ReturnType<typeof makeBench>) => Array.from({ length: 60 }, (_, n) => bench.files.write(`/v/video_${n + 1}.mp4`));

  it('shows its first files before the last are found, and all of them in their order', async () => {
    const bench = makeBench();
    bench.storage.always('headObject', hang);
    const paths = drop(bench);
    const slow = deferred();
    const find = bench.files.find.bind(bench.files);
    bench.files.find = async (path) => {
      if (path === paths.at(-1)) await slow.promise;
      return find(path);
    };
    const adding = bench.queue.add(paths, toR2);
    await vi.waitFor(() => expect(names(bench)).toHaveLength(50));
    slow.resolve();
    const report = await adding;
    expect(report.addedIds).toHaveLength(60);
    expect(names(bench)).toEqual(paths.map((path) => path.slice('/v/'.length)));
  });

  it('takes a file once that stands in it at both ends', async () => {
    const bench = makeBench();
    bench.storage.always('headObject', hang);
    const paths = drop(bench);
    const report = await bench.queue.add([...paths, paths[0]!], toR2);
    expect([report.addedIds.length, report.known]).toEqual([60, []]);
  });

  it('names what it refuses in the order of the drop', async () => {
    const bench = makeBench();
    const paths = drop(bench);
    const report = await bench.queue.add(['/v/gone_1.mp4', ...paths, '/v/gone_2.mp4'], toR2);
    expect(report.refused.map(({ name }) => name)).toEqual(['gone_1.mp4', 'gone_2.mp4']);
  });
});

describe('five thousand files', () => {
  it('each get a place and a key of their own, in the order of the drop', async () => {
    const bench = makeBench();
    bench.storage.always('headObject', hang);
    const paths = Array.from({ length: 5_000 }, (_, n) => bench.files.write(`/f${n % 7}/video_${n % 50}.mp4`.replace('/f', `/f${n}/`)));
    const report = await bench.queue.add(paths, toR2);
    const { uploads } = bench.queue.snapshot();
    expect(report.addedIds).toHaveLength(5_000);
    expect(new Set(uploads.map(({ key }) => key)).size).toBe(5_000);
    expect(uploads.map(({ id }) => id)).toEqual(report.addedIds);
    expect((await bench.queue.add(paths, toR2)).known).toHaveLength(5_000);
    expect(bench.queue.snapshot().uploads).toHaveLength(5_000);
  });
});

describe('a file that is still being written', () => {
  it('waits, and is sent when nothing of it has moved for ten seconds', async () => {
    const bench = makeBench();
    const id = await bench.add('/v/video_5.mp4', 'begun', now);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'growing', retryAt: null });
    await bench.clock.advance(8_000);
    bench.files.write('/v/video_5.mp4', content, now + 8_000);
    await bench.clock.advance(9_000);
    expect(bench.row(id).status).toBe('waiting');
    await bench.clock.advance(6_000);
    expect(bench.row(id)).toMatchObject({ status: 'completed', size: content.length });
    expect(bench.storage.objects.get('videos/video_5.mp4')?.bytes.toString()).toBe(content);
    expect(bench.clock.sleeping).toBe(0);
  });

  it('waits as long as a program has it open', async () => {
    const bench = makeBench();
    bench.files.beingWritten.add('/v/video_5.mp4');
    const id = await bench.add();
    await bench.clock.advance(60_000);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'growing' });
    bench.files.beingWritten.clear();
    await bench.clock.advance(4_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('is refused in its row when it turns out to be no video', async () => {
    const bench = makeBench({ refuseContent: onlyVideos });
    const id = await bench.add('/v/video_5.mp4', '', now);
    bench.files.write('/v/video_5.mp4', 'not a video', now + 1);
    bench.files.write('/v/video_5.mp4', 'no video', now + 1);
    await bench.clock.advance(14_000);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'not-a-video' } });
  });

  it('is still one after a restart, a pause and a second drop', async () => {
    const bench = makeBench();
    const id = await bench.add('/v/video_5.mp4', content, now);
    const again = await bench.relaunch();
    expect(again.row(id)).toMatchObject({ status: 'waiting', reason: 'growing' });
    await again.queue.pause([id]);
    expect(again.row(id).status).toBe('paused');
    expect(await again.queue.add(['/v/video_5.mp4'], toR2)).toMatchObject({ known: [id], addedIds: [] });
    expect(again.row(id)).toMatchObject({ status: 'waiting', reason: 'growing' });
    await again.clock.advance(14_000);
    expect(again.row(id).status).toBe('completed');
  });

  it('may go away for a moment, as downloads do when they are renamed', async () => {
    const bench = makeBench();
    const id = await bench.add('/v/video_5.mp4', 'part', now);
    bench.files.remove('/v/video_5.mp4');
    await bench.clock.advance(20_000);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'growing' });
    bench.files.write('/v/video_5.mp4', content, now + 20_000);
    await bench.clock.advance(14_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('can be canceled, and nobody looks at it any more', async () => {
    const bench = makeBench();
    const id = await bench.add('/v/video_5.mp4', content, now);
    await bench.queue.cancel([id]);
    await bench.clock.advance(20_000);
    expect(bench.queue.snapshot().uploads).toEqual([]);
    expect(bench.clock.sleeping).toBe(0);
  });
});

describe('files that wait for a person', () => {
  it('are paused until they are let go', async () => {
    const bench = makeBench();
    bench.files.write('/v/video_5.mp4');
    const { addedIds } = await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: true });
    await settle();
    expect(bench.row(addedIds[0] ?? '').status).toBe('paused');
    expect(bench.storage.operations).toEqual([]);
    await bench.queue.resume(addedIds);
    await settle();
    expect(bench.row(addedIds[0] ?? '').status).toBe('completed');
  });
});

describe('keys', () => {
  const waiting = async () => {
    const bench = makeBench();
    bench.rules.set('r2', { prefix: 'ensina/', isLocal: false });
    bench.storage.always('headObject', hang);
    bench.settings.filesInParallel = 1;
    await bench.add('/v/first.mp4');
    return { bench, id: await bench.add('/v/aula.mp4') };
  };

  it('may be set to anything under the prefix of the destination, and to nothing else', async () => {
    const { bench, id } = await waiting();
    await bench.queue.edit.setKey(id, 'ensina/x/aula.mp4');
    expect(bench.row(id).key).toBe('ensina/x/aula.mp4');
    for (const [key, code] of [
      ['other/aula.mp4', 'outside-prefix'],
      ['ensina/../aula.mp4', 'invalid-key'],
      ['ensina/aula', 'invalid-key'],
    ] as const) {
      await expect(bench.queue.edit.setKey(id, key)).rejects.toMatchObject({ code });
    }
  });

  it('follow a typed id through the template', async () => {
    const { bench, id } = await waiting();
    await bench.queue.edit.setVideoId(id, ' 42 ');
    expect(bench.row(id).key).toBe('ensina/videos/video_42.mp4');
    await expect(bench.queue.edit.setVideoId(id, '🎬')).rejects.toMatchObject({ code: 'invalid-key' });
  });

  it('follow a list of ids that comes later, but only until the server has heard of them', async () => {
    const { bench, id } = await waiting();
    bench.names.set('/v/aula.mp4', { id: '7', key: null });
    bench.names.set('/v/first.mp4', { id: '8', key: null });
    expect(await bench.queue.edit.applyKeyMap()).toBe(2);
    expect(bench.row(id).key).toBe('ensina/videos/video_7.mp4');
    expect(await bench.queue.edit.applyKeyMap()).toBe(0);
  });

  it('are unique even where a list names one twice', async () => {
    const bench = makeBench();
    bench.storage.always('headObject', hang);
    bench.names.set('/a/x.mp4', { id: '7', key: null });
    bench.names.set('/b/x.mp4', { id: '7', key: null });
    for (const path of ['/a/x.mp4', '/b/x.mp4']) bench.files.write(path);
    await bench.queue.add(['/a/x.mp4', '/b/x.mp4'], toR2);
    expect(bench.queue.snapshot().uploads.map(({ key }) => key)).toEqual(['videos/video_7.mp4', 'videos/video_7-2.mp4']);
  });
});

describe('a file that is still being written', () => {
  it('and goes away for good is missing, and begins when it is back', async () => {
    const bench = makeBench();
    const id = await bench.add('/v/video_5.mp4', 'part', now);
    bench.files.remove('/v/video_5.mp4');
    await bench.clock.advance(60_000);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'source', error: { code: 'source-missing' } });
    bench.files.write('/v/video_5.mp4', content, now + 60_000);
    await bench.clock.advance(3_000);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'growing', error: { code: 'source-growing' } });
    await bench.clock.advance(14_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('and has no byte yet is waited for longer: browsers begin so', async () => {
    const bench = makeBench();
    const id = await bench.add('/v/video_5.mp4', '', now);
    await bench.clock.advance(120_000);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'growing' });
    bench.files.write('/v/video_5.mp4', content, now + 120_000);
    await bench.clock.advance(20_000);
    expect(bench.row(id).status).toBe('completed');
    const empty = await bench.add('/v/video_6.mp4', '', bench.clock.now());
    await bench.clock.advance(11 * 60_000);
    expect(bench.row(empty)).toMatchObject({ status: 'failed', error: { code: 'source-empty' } });
  });
});

describe('a file for two destinations', () => {
  it('that one of them cannot take is refused as a whole', async () => {
    const bench = makeBench();
    bench.storages.set('s3', bench.storage);
    bench.rules.set('s3', { prefix: `${'p'.repeat(1000)}/`, isLocal: false });
    bench.names.set('/v/a.mp4', { id: null, key: `videos/${'x'.repeat(100)}.mp4` });
    bench.files.write('/v/a.mp4');
    const report = await bench.queue.add(['/v/a.mp4'], { destinationIds: ['r2', 's3'], waits: false });
    expect(report).toMatchObject({ addedIds: [], refused: [{ name: 'a.mp4', code: 'invalid-key' }] });
    expect(bench.queue.records()).toEqual([]);
  });
});
