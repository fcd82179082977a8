import { describe, expect, it } from 'vitest';
import { cleanVideoId, defaultKeyTemplate, keyFromTemplate, keyName, slugOf, templateProblem } from './key-template.ts';
import { keyProblem, utf8Length } from './object-key.ts';

const parts = (fileName: string) => ({
  id: '5',
  fileName,
  addedAt: new Date(2026, 2, 9, 23).getTime(),
  ulid: '01JD9W3Q8Z6YABCDEFGHJKMNPQ',
});

describe('a template', () => {
  it.each([
    [defaultKeyTemplate, 'videos/video_5.mp4'],
    ['{yyyy}/{mm}/{slug}.mp4', '2026/03/aula-3-acao.mp4'],
    ['aulas/{name}.mp4', 'aulas/Aula 3 – Ação.mp4'],
    ['{ulid}.mp4', '01JD9W3Q8Z6YABCDEFGHJKMNPQ.mp4'],
    ['{id}/{id}.mp4', '5/5.mp4'],
  ])('%s makes %s', (template, key) => {
    expect(templateProblem(template)).toBeNull();
    expect(keyFromTemplate(template, parts('Aula 3 – Ação.mp4'))).toBe(key);
  });

  it('stands behind the prefix of the destination', () => {
    expect(keyFromTemplate(defaultKeyTemplate, parts('a.mp4'), 'ensina/lab/')).toBe('ensina/lab/videos/video_5.mp4');
  });

  it.each([
    ['videos/{nome}.mp4', 'unknown-token'],
    ['videos/{id.mp4', 'unknown-token'],
    ['videos/id}.mp4', 'unknown-token'],
    ['videos/{}.mp4', 'unknown-token'],
    ['videos/video.mp4', 'not-distinguishing'],
    ['{yyyy}/{mm}.mp4', 'not-distinguishing'],
    ['/{id}.mp4', 'leading-slash'],
    ['../{id}.mp4', 'dot-segment'],
    ['a//{id}.mp4', 'dot-segment'],
    ['{id}.mov', 'not-mp4'],
    ['{id}', 'not-mp4'],
    [`${'a'.repeat(1100)}{id}.mp4`, 'too-long'],
  ])('%s is refused: %s', (template, problem) => {
    expect(templateProblem(template)).toBe(problem);
  });
});

describe('any name whatever makes a valid key', () => {
  const hostile = [
    '..',
    '../../etc/passwd.mp4',
    '..mp4',
    '.mp4',
    '',
    '   .mp4',
    'a\u0000b\u001f\u007f\u0085.mp4',
    'v\u0131deo\ud83c.mp4',
    'C:\\videos\\a.mp4',
    'a/b\\c.mp4',
    '🎬🎬.mp4',
    'Vi\u0301deo A\u0303.mp4',
    '日本語の授業.mp4',
    'x'.repeat(3000),
    `${'é'.repeat(2000)}.mp4`,
    `${'🎬'.repeat(1000)}.mp4`,
    '{id}.mp4',
    '$&{slug}.mp4',
    '\u202egnp.mp4',
  ];
  const templates = [defaultKeyTemplate, '{name}.mp4', '{slug}.mp4', 'a/{name}/{name}-{slug}.mp4', '{yyyy}/{ulid}_{name}.mp4'];

  it.each(hostile)('%j', (fileName) => {
    for (const template of templates) {
      const key = keyFromTemplate(template, parts(fileName), 'prefix/');
      expect(keyProblem(key), key).toBeNull();
      expect(key).toBe(key.normalize('NFC'));
      expect(utf8Length(key)).toBeLessThanOrEqual(1024);
      expect(key.startsWith('prefix/')).toBe(true);
    }
  });

  it('is cut between characters, and only as far as it has to be', () => {
    const key = keyFromTemplate('{name}.mp4', parts(`${'🎬'.repeat(1000)}.mp4`));
    expect(key).toBe(`${'🎬'.repeat(255)}.mp4`);
  });
});

describe('names', () => {
  it.each([
    ['Aula 1.mp4', 'Aula 1'],
    ['aula.final.MP4', 'aula.final'],
    ['aula.M4V', 'aula'],
    ['..hidden.mp4', 'hidden'],
    ['a/b.mp4', 'a b'],
  ])('of %s is %s', (fileName, name) => {
    expect(keyName(fileName)).toBe(name);
  });

  it.each([
    ['Aula 1 – Introdução.mp4', 'aula-1-introducao'],
    ['日本語.mp4', 'video'],
  ])('as a slug: %s is %s', (fileName, slug) => {
    expect(slugOf(fileName)).toBe(slug);
  });

  it.each([
    [' 42 ', '42'],
    ['Aula Nº 5', 'Aula-N-5'],
    ['../x', 'x'],
    ['ção', 'cao'],
    ['🎬', ''],
    ['a_b.c-d', 'a_b.c-d'],
  ])('typed as an id: %j is %j', (typed, id) => {
    expect(cleanVideoId(typed)).toBe(id);
  });
});
