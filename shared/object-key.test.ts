import { describe, expect, it } from 'vitest';
import { keyProblem, prefixProblem, uniqueKey, utf8Length, videoIdFromName } from './object-key.ts';

describe('the id in a file name', () => {
  it.each([
    ['video_5_simple.mp4', '5'],
    ['video_5.mp4', '5'],
    ['Video 12.mp4', '12'],
    ['VIDEO-007.MP4', '007'],
    ['video5b.mp4', '5b'],
    ['aula 3 - video_41 (final).mp4', '41'],
    ['video_5.final.mp4', '5'],
    ['77.mp4', '77'],
    ['video_5 ação 🎬.mp4', '5'],
    ['v\u0069deo_5_a\u0303.mp4', '5'],
    ['Vídeo 12.mp4', '12'],
    ['Vi\u0301deo 12.mp4', '12'],
  ])('of %s is %s', (name, id) => {
    expect(videoIdFromName(name)).toBe(id);
  });

  it.each(['aula.mp4', 'minivideo5.mp4', 'video.mp4', 'video_final.mp4', '🎬.mp4', '.mp4', '', '..', 'v5/../../x.mp4'])(
    'of %j is none',
    (name) => {
      expect(videoIdFromName(name)).toBeNull();
    },
  );

  it('is safe in a key as it stands', () => {
    for (const name of ['video_5_../../x.mp4', 'video_5 é.mp4', 'video 5?x=1.mp4', 'video_5🎬.mp4']) {
      expect(keyProblem(`videos/video_${videoIdFromName(name) ?? 'none'}.mp4`)).toBeNull();
    }
  });
});

const among =
  (...taken: readonly string[]) =>
  (key: string): boolean =>
    taken.includes(key);

describe('a key that is unique', () => {
  it('is the wanted one where that is free', () => {
    expect(uniqueKey('videos/a.mp4', among())).toBe('videos/a.mp4');
  });

  it('counts before the extension', () => {
    expect(uniqueKey('videos/a.mp4', among('videos/a.mp4'))).toBe('videos/a-2.mp4');
    expect(uniqueKey('videos/a.mp4', among('videos/a.mp4', 'videos/a-2.mp4'))).toBe('videos/a-3.mp4');
  });

  it('does not take a dot in a folder for an extension', () => {
    expect(uniqueKey('v1.0/a', among('v1.0/a'))).toBe('v1.0/a-2');
  });
});

describe('a number behind a key that is as long as it may be', () => {
  it('takes the room of the last characters', () => {
    const key = `${'é'.repeat(510)}.mp4`;
    const next = uniqueKey(key, among(key));
    expect(next).toBe(`${'é'.repeat(509)}-2.mp4`);
    expect(keyProblem(next)).toBeNull();
  });
});

describe('a prefix', () => {
  it.each(['', 'aulas/', 'a/b/', 'ação/'])('may be %j', (prefix) => {
    expect(prefixProblem(prefix)).toBeNull();
  });

  it.each(['/', '/a/', '../', 'a/../b/', 'a//', 'a\u0000/'])('may not be %j', (prefix) => {
    expect(prefixProblem(prefix)).not.toBeNull();
  });
});

describe('what is wrong with a key', () => {
  it.each([
    ['', 'empty'],
    ['/a.mp4', 'leading-slash'],
    ['../a.mp4', 'dot-segment'],
    ['a/../b.mp4', 'dot-segment'],
    ['a/./b.mp4', 'dot-segment'],
    ['a//b.mp4', 'dot-segment'],
    ['a/', 'dot-segment'],
    ['a\u0000.mp4', 'control-character'],
    ['a\nb.mp4', 'control-character'],
    ['a\u007f.mp4', 'control-character'],
    ['a\u0085.mp4', 'control-character'],
    ['a.mov', 'not-mp4'],
    ['mp4', 'not-mp4'],
  ])('%j is %s', (key, problem) => {
    expect(keyProblem(key)).toBe(problem);
  });

  it.each(['a.mp4', 'videos/video_5.mp4', 'ação/vídeo 🎬 (1)+%.MP4', 'a..b/...mp4', '日本語.mp4'])('%j is fine', (key) => {
    expect(keyProblem(key)).toBeNull();
  });

  it.each(['videos/\ud83c.mp4', '\udfac.mp4'])('%j, half of a character, cannot be put into a URL', (key) => {
    expect(keyProblem(key)).not.toBeNull();
  });

  it.each([
    ['a', 1],
    ['é', 2],
    ['日', 3],
    ['🎬', 4],
  ])('counts %s as %i bytes of UTF-8, up to 1,024', (character, bytes) => {
    const room = 1024 - '.mp4'.length;
    const fits = character.repeat(Math.floor(room / bytes)) + 'x'.repeat(room % bytes);
    expect(utf8Length(`${fits}.mp4`)).toBe(1024);
    expect(keyProblem(`${fits}.mp4`)).toBeNull();
    expect(keyProblem(`${fits}x.mp4`)).toBe('too-long');
  });
});
