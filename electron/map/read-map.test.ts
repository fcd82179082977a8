import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { guarded } from './formulas.ts';
import { readMap } from './read-map.ts';

const read = (text: string | Uint8Array) => readMap(typeof text === 'string' ? Buffer.from(text) : text);
const row = (path: string, id: string | null, key: string | null = null) => ({ path, id, key });

describe('a table', () => {
  it.each([
    ['commas', 'id,path\n5,aulas/intro.mp4\n'],
    ['semicolons, as Excel writes in Brazil', 'id;path\r\n5;aulas/intro.mp4\r\n'],
    ['tabs', 'id\tpath\n5\taulas/intro.mp4\n'],
    ['a byte order mark', '\ufeffid,path\n5,aulas/intro.mp4\n'],
    ['no line end at its end', 'id,path\n5,aulas/intro.mp4'],
    ['empty lines', '\n\nid;path\n\n5;aulas/intro.mp4\n;\n\n'],
    ['quotes around everything', '"id";"path"\n"5";"aulas/intro.mp4"\n'],
    ['spaces around everything', ' ID , Path \n 5 , aulas/intro.mp4 \n'],
    ['other columns in another order', 'status,url,path,key,id,x\nnew,,aulas/intro.mp4,,5,1\n'],
    ['rows of different lengths', 'id,path,status\n5,aulas/intro.mp4\n'],
  ])('may have %s', (_what, text) => {
    expect(read(text)).toEqual([row('aulas/intro.mp4', '5')]);
  });

  it.each([
    ['video', 'arquivo'],
    ['Vídeo', 'Caminho'],
    ['Video ID', 'file'],
    ['video_id', 'FILE'],
  ])('may call its columns %s and %s', (id, path) => {
    expect(read(`${id},${path}\n5,a.mp4\n`)).toEqual([row('a.mp4', '5')]);
  });

  it('may be UTF-8 or, from Windows, none', () => {
    const text = 'id;arquivo\n5;Vídeo de introdução.mp4\n';
    const rows = [row('Vídeo de introdução.mp4', '5')];
    expect(read(Buffer.from(text, 'utf8'))).toEqual(rows);
    expect(read(Buffer.from(text, 'latin1'))).toEqual(rows);
  });

  it('may have delimiters, quotes and line breaks inside a cell', () => {
    expect(read('id,path\n5,"a, ""b"".mp4"\n6,"two\nlines.mp4"\n7,c.mp4\n')).toEqual([
      row('a, "b".mp4', '5'),
      row('two\nlines.mp4', '6'),
      row('c.mp4', '7'),
    ]);
  });

  it('may have quotes in the middle of a cell that has none around it', () => {
    expect(read('id,path\n5,the "best".mp4\n')).toEqual([row('the "best".mp4', '5')]);
  });

  it('keeps rows that are there twice: what they mean is for the reader to say', () => {
    expect(read('id,path\n5,a.mp4\n5,a.mp4\n6,a.mp4\n')).toHaveLength(3);
  });
});

describe('a row', () => {
  it('is left out without a file, or without an id and a key', () => {
    expect(read('id,path,key\n5,,k.mp4\n,a.mp4,\n!!,b.mp4,\n7,c.mp4,\n')).toEqual([row('c.mp4', '7')]);
  });

  it('has its key in composed characters', () => {
    expect(read('path,key\na.mp4,videos/introduc\u0327a\u0303o.mp4\n')).toEqual([row('a.mp4', null, 'videos/introdução.mp4')]);
  });

  it.each(['/a.mp4', '../a.mp4', 'a/../b.mp4', 'a//b.mp4', './a.mp4', 'a.exe', 'a\u0001.mp4', `${'k'.repeat(1100)}.mp4`, ' '])(
    'with a key that may not be (%j) has its id only',
    (key) => {
      const text = stringify([['id', 'path', 'key'], ['5', 'a.mp4', key]]);
      expect(read(text)).toEqual([row('a.mp4', '5')]);
    },
  );

  it.each([
    ['../../etc', 'etc'],
    ['a/b\\c', 'a-b-c'],
    ['Vídeo 5', 'Video-5'],
    ['{id}', 'id'],
  ])('with the id %j is that of %j', (typed, id) => {
    expect(read(stringify([['id', 'path'], [typed, 'a.mp4']]))).toEqual([row('a.mp4', id)]);
  });

  it('with an id that no key has room for is left out', () => {
    expect(read(`id,path\n${'5'.repeat(301)},a.mp4\n${'5'.repeat(300)},b.mp4\n`)).toEqual([row('b.mp4', '5'.repeat(300))]);
  });

  it('is read as it was before it was guarded from spreadsheets', () => {
    const cells = ['-5', '=aulas/@intro.mp4', '+videos/a.mp4'];
    const text = stringify([['id', 'path', 'key'], cells.map(guarded)]);
    expect(text).toContain("'=aulas");
    expect(read(text)).toEqual([row('=aulas/@intro.mp4', '5', '+videos/a.mp4')]);
  });
});

describe('no table of names', () => {
  it.each([
    ['nothing', ''],
    ['only a header of something else', 'name,age\nana,30\n'],
    ['no column of files', 'id,key\n5,a.mp4\n'],
    ['files and nothing else', 'path,url\na.mp4,https://x\n'],
    ['names that every object has', 'constructor,__proto__\n5,a.mp4\n'],
    ['a quote that never ends', 'id,path\n5,"a.mp4\n6,b.mp4\n'],
    ['bytes of a video', Buffer.from([0, 0, 0, 32, 0x66, 0x74, 0x79, 0x70, 0xff, 0xfe, 0])],
  ])('is %s', (_what, content) => {
    expect(() => read(content)).toThrow(expect.objectContaining({ code: 'map-unreadable' }));
  });

  it('is not the same as one without rows', () => expect(read('id,path\n')).toEqual([]));
});
