import { describe, expect, it } from 'vitest';
import { MemoryFiles, memoryDigests, now } from '../../tests/support/builders.ts';
import { FakeObjectStorage } from '../../tests/support/fake-object-storage.ts';
import { ManualClock } from '../../tests/support/manual-clock.ts';
import { defaultKeyTemplate } from '../../shared/key-template.ts';
import type { MappedName } from '../uploads/intake.ts';
import { folderSource } from './folder-source.ts';
import type { SourceVideo } from './migration-source.ts';

const patient = new AbortController().signal;
const clock = new ManualClock(now);

interface Options {
  readonly keyTemplate?: string;
  readonly names?: Readonly<Record<string, MappedName>>;
  readonly files?: MemoryFiles;
}

function sourceOf(paths: readonly string[], { keyTemplate = defaultKeyTemplate, names = {}, files = new MemoryFiles() }: Options = {}) {
  for (const path of paths) files.write(`/old/${path}`, path, Date.UTC(2024, 2, 5));
  const storage = new FakeObjectStorage(clock);
  const world = {
    files,
    clock,
    digests: memoryDigests(files),
    refuseContent: () => null,
    nameInMap: (path: string) => names[path] ?? null,
    keyTemplate,
    followsLinks: false,
  };
  return { source: folderSource('/old', storage, world), storage };
}

async function found(paths: readonly string[], options: Options = {}): Promise<readonly SourceVideo[]> {
  const { videos } = await sourceOf(paths, options).source.find(patient);
  const all: SourceVideo[] = [];
  for await (const video of videos) all.push(video);
  return all;
}

const keys = async (paths: readonly string[], options: Options = {}): Promise<readonly string[]> =>
  (await found(paths, options)).map(({ key }) => key);

describe('the key of a video in a folder', () => {
  it('is made of the id in its name, else of the name', async () => {
    expect(await keys(['video_7_simple.mp4', 'Física Quântica.mp4'])).toEqual([
      'videos/video_fisica-quantica.mp4',
      'videos/video_7.mp4',
    ]);
  });

  it('is made of the folders, too, where two videos want the same', async () => {
    expect(await keys(['a/01.mp4', 'b/01.mp4', 'c/d/01.mp4', 'c/02.mp4'])).toEqual([
      'videos/video_a-01.mp4',
      'videos/video_b-01.mp4',
      'videos/video_02.mp4',
      'videos/video_c-d-01.mp4',
    ]);
  });

  it('of one that has such a key already does not go over to another that is added later', async () => {
    const before = await keys(['b/video_5.mp4', 'c/video_5.mp4']);
    const after = await keys(['a/video_5.mp4', 'b/video_5.mp4', 'c/video_5.mp4']);
    expect(after.slice(1)).toEqual(before);
    const alone = await keys(['b/video_5.mp4']);
    expect(after).not.toContain(alone[0]);
  });

  it('that a list gives to two videos is nobody’s', async () => {
    const names = { '/old/a.mp4': { id: null, key: 'k.mp4' }, '/old/b.mp4': { id: null, key: 'k.mp4' } };
    expect((await found(['a.mp4', 'b.mp4'], { names })).map(({ error }) => error?.code)).toEqual(['key-taken', 'key-taken']);
  });

  it('is unique also where the folders do not tell two apart', async () => {
    const all = await keys(['a/b/01.mp4', 'a-b/01.mp4', 'a_b/01.mp4', 'a b/01.mp4']);
    expect(new Set(all).size).toBe(4);
  });

  it.each(['videos/{yyyy}/{mm}/video_{id}.mp4', 'v/{ulid}.mp4', '{slug}-{ulid}.mp4'])(
    'is the same at every run: %s',
    async (keyTemplate) => {
      const paths = ['a/video_1.mp4', 'b/video_1.mp4', 'b/aula.mp4'];
      const first = await keys(paths, { keyTemplate });
      expect(await keys(paths, { keyTemplate })).toEqual(first);
      expect(new Set(first).size).toBe(3);
    },
  );

  it('bears the date of the file, not of the day of the move', async () => {
    expect(await keys(['video_1.mp4'], { keyTemplate: '{yyyy}-{mm}/{id}.mp4' })).toEqual(['2024-03/1.mp4']);
  });

  it('is that of a list of ids, as a whole or its id', async () => {
    const names = {
      '/old/a.mp4': { id: '900', key: null },
      '/old/b.mp4': { id: '901', key: 'other/place.mp4' },
      '/old/c.mp4': { id: null, key: 'bad/../place.mp4' },
    };
    const videos = await found(['a.mp4', 'b.mp4', 'c.mp4'], { names });
    expect(videos.map(({ id, key, error }) => [id, key, error?.code])).toEqual([
      ['900', 'videos/video_900.mp4', undefined],
      ['901', 'other/place.mp4', undefined],
      ['c', 'bad/../place.mp4', 'invalid-key'],
    ]);
  });
});

it('what has another ending is no video, and what has that of a video is looked at', async () => {
  const videos = await found(['a.mp4', 'b.MP4', 'c.m4v', 'd.mov', 'e.txt', 'f', 'g.mp4.part']);
  expect(videos.map(({ path }) => path)).toEqual(['a.mp4', 'b.MP4', 'c.m4v', 'd.mov']);
});

it('a file that goes away while it is looked at is said to be missing', async () => {
  const files = new MemoryFiles();
  const { source } = sourceOf(['a.mp4', 'b.mp4'], { files });
  const { total, videos } = await source.find(patient);
  files.remove('/old/b.mp4');
  const all: SourceVideo[] = [];
  for await (const video of videos) all.push(video);
  expect(total).toBe(2);
  expect(all.map(({ error }) => error?.code)).toEqual([undefined, 'source-missing']);
});

it('is interrupted between two files', async () => {
  const controller = new AbortController();
  const { videos } = await sourceOf(['a.mp4', 'b.mp4']).source.find(controller.signal);
  const read = async (): Promise<void> => {
    for await (const _video of videos) controller.abort(new Error('stopped'));
  };
  await expect(read()).rejects.toThrow('stopped');
});

describe('compared with an object', () => {
  const video = { path: 'a.mp4', id: 'a', key: 'k.mp4', size: 5, error: null };
  it.each([
    ['same', true, 'a.mp4'],
    ['different', true, 'b.mp4'],
    ['different', false, 'longer than it'],
    ['unsure', false, 'b.mp4'],
  ] as const)('is %s, where the server keeps checksums: %s', async (expected, keepsChecksums, text) => {
    const { source, storage } = sourceOf(['a.mp4']);
    storage.keepsChecksums = keepsChecksums;
    const bytes = Buffer.from(text);
    const body = { size: bytes.length, sha256: null, crc64nvme: null, pieces: async function* pieces() { yield bytes; } };
    const object = { key: 'k.mp4', size: bytes.length, contentType: 'video/mp4', uploadToken: 't', originalName: 'k' };
    await storage.putObject(object, { body, signal: patient, mustBeNew: true });
    const there = await storage.headObject('k.mp4', patient);
    expect(there).not.toBeNull();
    expect(await source.compare(video, { key: 'k.mp4', object: there! }, patient)).toBe(expected);
  });
});
