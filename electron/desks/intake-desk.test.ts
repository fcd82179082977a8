import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeBench } from '../../tests/support/builders.ts';
import { FakeObjectStorage, hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { IntakeDesk } from './intake-desk.ts';

vi.mock('electron-store', async () => ({ default: (await import('../../tests/support/json-store.ts')).JsonStore }));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

const anywhere = { destinationIds: null, waits: false };

/** Real settings, real tables, and the engine over fakes. */
function makeDesk() {
  const bench = makeBench();
  const settings = new SettingsStore(folder.path);
  const made = new Array<string>();
  const destination = (id: string): void => {
    bench.storages.set(id, new FakeObjectStorage(bench.clock));
    settings.saveDestination({ kind: 'practice', id, name: id });
  };
  const desk: IntakeDesk = new IntakeDesk({
    settings,
    queue: bench.queue,
    addThisComputer: async () => {
      made.push('this-computer');
      destination('this-computer');
      return { id: 'this-computer' };
    },
  });
  bench.names.get = (path) => desk.keyMap?.find(path) ?? undefined;
  const videos = (...names: readonly string[]): readonly string[] => names.map((name) => bench.files.write(`/v/${name}`));
  const rows = () => bench.queue.snapshot().uploads.map(({ name, destinationId, key }) => ({ name, destinationId, key }));
  return { bench, settings, desk, made, destination, videos, rows };
}

async function table(text: string, name = 'ids.csv'): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, text);
  return path;
}

describe('where videos go', () => {
  it('is no destination that is not there, and each of the others once', async () => {
    const { desk, destination, videos, rows } = makeDesk();
    destination('r2');
    const files = videos('video_1.mp4');
    const gone = desk.add(files, { destinationIds: ['r2', 'gone'], waits: true });
    await expect(gone).rejects.toMatchObject({ code: 'destination-missing' });
    expect(rows()).toEqual([]);
    await desk.add(files, { destinationIds: ['r2', 'r2'], waits: true });
    expect(rows()).toHaveLength(1);
  });

  it('is this computer when there is no destination, made at the first drop and not before', async () => {
    const { desk, made, videos, rows, settings } = makeDesk();
    expect(made).toEqual([]);
    await desk.add(videos('video_1.mp4'), anywhere);
    await desk.add(videos('video_2.mp4'), anywhere);
    expect(made).toHaveLength(1);
    expect(rows().map(({ destinationId }) => destinationId)).toEqual(['this-computer', 'this-computer']);
    expect(settings.current.currentDestinationId).toBe('this-computer');
  });

  it('is told when not even that can be made, and nothing is taken in', async () => {
    const { bench, settings, videos } = makeDesk();
    const addThisComputer = async (): Promise<never> => {
      throw new UploadError('disk-full');
    };
    const desk = new IntakeDesk({ settings, queue: bench.queue, addThisComputer });
    await expect(desk.add(videos('video_1.mp4'), anywhere)).rejects.toMatchObject({ code: 'disk-full' });
    expect(bench.queue.records()).toEqual([]);
  });

  it('is the current destination, and the place of the copy where there is one', async () => {
    const { desk, made, destination, settings, videos, rows } = makeDesk();
    for (const id of ['a', 'b', 'c']) destination(id);
    settings.useDestination('b');
    await desk.add(videos('video_1.mp4'), anywhere);
    settings.copyToDestination('a');
    const report = await desk.add(videos('video_2.mp4'), anywhere);
    expect(report.addedIds).toHaveLength(2);
    expect(rows().map(({ name, destinationId }) => [name, destinationId])).toEqual([
      ['video_1.mp4', 'b'],
      ['video_2.mp4', 'b'],
      ['video_2.mp4', 'a'],
    ]);
    expect(made).toEqual([]);
  });

  it('is where a person has dropped them, whatever the settings say', async () => {
    const { desk, destination, settings, videos, rows, made } = makeDesk();
    for (const id of ['a', 'b', 'c']) destination(id);
    settings.copyToDestination('a');
    await desk.add(videos('video_1.mp4'), { destinationIds: ['b'], waits: false });
    expect([rows().map(({ destinationId }) => destinationId), made]).toEqual([['b'], []]);
  });
});

describe('videos wait for a person', () => {
  it.each([
    [false, false, 'completed'],
    [true, false, 'paused'],
    [false, true, 'paused'],
  ])('when the drop (%s) or the settings (%s) say so: %s', async (waits, reviewsFirst, status) => {
    const { desk, destination, settings, videos, bench } = makeDesk();
    destination('a');
    settings.savePreferences({ reviewsFirst });
    const { addedIds } = await desk.add(videos('video_1.mp4'), { destinationIds: null, waits });
    await settle();
    expect(bench.row(addedIds[0] ?? '').status).toBe(status);
  });
});

describe('a table among the files', () => {
  it('is the list of ids, for those that come with it and after it, wherever it stands among them', async () => {
    const { desk, destination, videos, rows } = makeDesk();
    destination('a');
    const path = await table('id;arquivo\n5;intro.mp4\n6;fim.mp4\n');
    const [intro = '', end = ''] = videos('intro.mp4', 'fim.mp4');
    const report = await desk.add([intro, path], anywhere);
    expect(report).toMatchObject({ refused: [], keyMap: { name: 'ids.csv', rows: 2, applied: 0 } });
    await desk.add([end], anywhere);
    expect(rows().map(({ key }) => key)).toEqual(['videos/video_5.mp4', 'videos/video_6.mp4']);
  });

  it('alone makes no destination', async () => {
    const { desk, made } = makeDesk();
    await desk.add([await table('id,path\n5,intro.mp4\n')], anywhere);
    expect(made).toEqual([]);
  });

  it('alone names what is in the list and has not begun', async () => {
    const { desk, destination, videos, rows, bench } = makeDesk();
    destination('a');
    bench.storages.set('a', new FakeObjectStorage(bench.clock).always('headObject', hang));
    await desk.add(videos('intro.mp4', 'outro.mp4', 'fim.mp4'), { destinationIds: null, waits: true });
    const before = rows();
    const report = await desk.add([await table('path,id\nintro.mp4,5\nfim.mp4,6\n', 'ids.TSV')], anywhere);
    expect(report).toEqual({ addedIds: [], known: [], refused: [], leftOut: 0, keyMap: { name: 'ids.TSV', rows: 2, applied: 2 } });
    expect(rows().map(({ key }) => key)).toEqual(['videos/video_5.mp4', before[1]?.key, 'videos/video_6.mp4']);
  });

  it('that is none is refused for itself, and the list before it stays in force', async () => {
    const { desk, destination, videos, rows } = makeDesk();
    destination('a');
    await desk.add([await table('id,path\n5,intro.mp4\n')], anywhere);
    const wrong = await table('name,age\nana,30\n', 'people.csv');
    const report = await desk.add([...videos('intro.mp4'), wrong, '/v/nothing.csv', '/v/nothing.mp4'], anywhere);
    expect(report.refused).toEqual([
      { name: 'people.csv', code: 'map-unreadable' },
      { name: 'nothing.csv', code: 'map-unreadable' },
      { name: 'nothing.mp4', code: 'source-missing' },
    ]);
    expect(report.keyMap).toBeNull();
    expect(rows().map(({ key }) => key)).toEqual(['videos/video_5.mp4']);
  });

  it('that is a folder, or larger than a table can be, is refused and not read', async () => {
    const { desk } = makeDesk();
    const [large, directory] = [await table('id,path\n5,intro.mp4\n', 'large.csv'), join(folder.path, 'folder.csv')];
    await truncate(large, 32 * 1024 * 1024 + 1);
    await mkdir(directory);
    for (const path of [large, directory]) {
      await expect(desk.useKeyMap(path)).rejects.toMatchObject({ code: 'map-unreadable' });
    }
    expect(desk.keyMap).toBeNull();
  });

  it('is in force until a person forgets it, and the window is told of both', async () => {
    const { desk, settings, destination, videos, rows } = makeDesk();
    destination('a');
    const revisions: number[] = [];
    settings.subscribe(() => revisions.push(desk.keyMap?.rows ?? 0));
    await desk.useKeyMap(await table('id,path\n5,intro.mp4\n'));
    desk.forgetKeyMap();
    expect(revisions).toEqual([1, 0]);
    await desk.add(videos('intro.mp4'), anywhere);
    expect(rows()[0]?.key).not.toBe('videos/video_5.mp4');
  });
});
