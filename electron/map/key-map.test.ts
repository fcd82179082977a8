import { describe, expect, it } from 'vitest';
import { keyMapOf } from './key-map.ts';

type Row = readonly [path: string, id: string, key?: string];
const mapOf = (rows: readonly Row[]) => keyMapOf('ids.csv', rows.map(([path, id, key]) => ({ path, id, key: key ?? null })));
const map = (...rows: readonly Row[]) => mapOf(rows);

describe('a file is found', () => {
  it.each([
    ['/home/ana/aulas/intro.mp4', 'intro.mp4'],
    ['/home/ana/aulas/intro.mp4', 'aulas/intro.mp4'],
    ['/home/ana/aulas/intro.mp4', './aulas//intro.mp4'],
    ['/home/ana/aulas/intro.mp4', '/home/ana/aulas/intro.mp4'],
    ['C:\\Vídeos\\aulas\\intro.mp4', 'aulas/intro.mp4'],
    ['/home/ana/aulas/intro.mp4', 'aulas\\intro.mp4'],
    ['\\\\server\\share\\intro.mp4', 'share\\intro.mp4'],
    ['/v/Introdução.mp4', 'introduc\u0327a\u0303o.MP4'],
    ['/v/introduc\u0327a\u0303o.mp4', 'INTRODUÇÃO.MP4'],
  ])('%s by %s', (path, named) => {
    expect(map([named, '5']).find(path)).toEqual({ id: '5', key: null });
  });

  it('by the row that says most of its path', () => {
    const found = map(['intro.mp4', '1'], ['b/intro.mp4', '2'], ['a/b/intro.mp4', '3'], ['x/b/intro.mp4', '4']);
    expect(found.find('/v/a/b/intro.mp4')?.id).toBe('3');
    expect(found.find('/v/c/b/intro.mp4')?.id).toBe('2');
    expect(found.find('/v/c/intro.mp4')?.id).toBe('1');
  });

  it('by a row that is there twice', () => {
    expect(map(['a.mp4', '5', 'k.mp4'], ['A.mp4', '5', 'k.mp4']).find('/v/a.mp4')).toEqual({ id: '5', key: 'k.mp4' });
  });
});

describe('a file is not found', () => {
  it.each([
    ['/v/intro.mp4', 'outro.mp4'],
    ['/v/my-intro.mp4', 'intro.mp4'],
    ['/v/intro.mp4', 'aulas/intro.mp4'],
    ['intro.mp4', 'aulas/intro.mp4'],
    ['/v/intro.mp4', '../intro.mp4'],
    ['/v/intro.mp4', '/'],
    ['', 'intro.mp4'],
  ])('%s by %s', (path, named) => expect(map([named, '5']).find(path)).toBeNull());

  it('by two rows that say as much and name different videos', () => {
    expect(map(['a.mp4', '5'], ['a.mp4', '6']).find('/v/a.mp4')).toBeNull();
    expect(map(['a.mp4', '5'], ['a.mp4', '5', 'k.mp4']).find('/v/a.mp4')).toBeNull();
  });

  it('by its name alone, where the names in the table are those of every object', () => {
    expect(map(['x.mp4', '5']).find('/v/constructor')).toBeNull();
  });
});

it('tells its name and how many rows it has, however many they are', () => {
  const { name, rows, find } = mapOf(Array.from({ length: 200_000 }, () => ['video.mp4', '5'] as const));
  expect([name, rows, find('/v/video.mp4')?.id]).toEqual(['ids.csv', 200_000, '5']);
});
