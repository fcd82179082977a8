import { describe, expect, it } from 'vitest';
import { defaultKeyTemplate } from '../../shared/key-template.ts';
import { exampleNames, insertToken, previewOf } from './name-preview.ts';

const place = { prefix: '', now: new Date(2026, 10, 22).getTime() };

describe('previewOf', () => {
  it('shows the examples, and says where an id was made up', () => {
    const lines = previewOf(defaultKeyTemplate, place, []);
    expect(lines.map(({ fileName }) => fileName)).toEqual(exampleNames);
    expect(lines[0]).toMatchObject({ key: 'videos/video_5.mp4', isExampleId: false });
    expect(lines[2]?.isExampleId).toBe(true);
  });

  it('shows a few of the queue first, each name once, under the prefix of the destination', () => {
    const queue = ['video_5_simple.mp4', 'video_7.mp4', 'video_8.mp4', 'video_9.mp4'];
    const lines = previewOf('{yyyy}/{mm}/{slug}.mp4', { ...place, prefix: 'aulas/' }, queue);
    expect(lines.map(({ fileName }) => fileName)).toEqual([...queue.slice(0, 3), ...exampleNames.slice(1)]);
    expect(lines[3]?.key).toBe('aulas/2026/11/aula-12-introducao-a-celula.mp4');
    // Nothing of these names is made up.
    expect(lines.some(({ isExampleId }) => isExampleId)).toBe(false);
  });
});

describe('insertToken', () => {
  it.each([
    ['videos/.mp4', [7, 7], 'videos/{id}.mp4', 11],
    ['videos/abc.mp4', [7, 10], 'videos/{id}.mp4', 11],
    ['', [0, 0], '{id}', 4],
  ] as const)('"%s" at %j → "%s"', (text, selection, expected, caret) => {
    expect(insertToken(text, 'id', selection)).toEqual({ text: expected, caret });
  });
});
