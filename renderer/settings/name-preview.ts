import type { KeyParts } from '../../shared/key-template.ts';
import { keyFromTemplate } from '../../shared/key-template.ts';
import { videoIdFromName } from '../../shared/object-key.ts';

/** File names as they come: with a number, with accents and spaces, without anything to go by. */
export const exampleNames = ['video_5_simple.mp4', 'Aula 12 — Introdução à célula.mp4', 'gravação final.mp4'];
/** In place of what is made up for each video. */
export const exampleId = 'k7m2x9t4qa';
const exampleUlid = '01JD9W3Q8Z6Y4T5V7K2M9X1B3C';
/** Of the queue as many as tell something; it may hold thousands. */
const mostFromQueue = 3;

export interface PreviewLine {
  readonly fileName: string;
  readonly key: string;
  /** The id in it stands for one that will be made up. */
  readonly isExampleId: boolean;
}

/** What a template makes of some file names, under a destination's prefix. */
export function previewOf(
  template: string,
  place: { readonly prefix: string; readonly now: number },
  queue: readonly string[],
): readonly PreviewLine[] {
  const names = [...new Set([...queue.slice(0, mostFromQueue), ...exampleNames])];
  return names.map((fileName) => {
    const id = videoIdFromName(fileName);
    const parts: KeyParts = { id: id ?? exampleId, fileName, addedAt: place.now, ulid: exampleUlid };
    return {
      fileName,
      key: keyFromTemplate(template, parts, place.prefix),
      isExampleId: id === null && template.includes('{id}'),
    };
  });
}

/** A token put where the caret is, over whatever is selected, and where the caret stands then. */
export function insertToken(text: string, token: string, selection: readonly [number, number]) {
  const [start, end] = selection;
  const inserted = `{${token}}`;
  return { text: text.slice(0, start) + inserted + text.slice(end), caret: start + inserted.length };
}
