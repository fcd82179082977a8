/** S3 and R2: a key is at most 1,024 bytes of UTF-8. */
export const maxKeyBytes = 1024;

export type KeyProblem = 'empty' | 'too-long' | 'leading-slash' | 'dot-segment' | 'control-character' | 'not-mp4';

/**
 * The id in a file name, or null where there is none: `video_5_simple.mp4` → `5`, `Video 12.mp4` → `12`, `77.mp4` → `77`.
 * Only letters and digits count, so that the id is safe in a key and in a URL as it stands.
 */
export function videoIdFromName(fileName: string): string | null {
  // Without its accents: `Vídeo 12` is a video, too.
  const stem = fileName.normalize('NFD').replace(/\p{M}/gu, '').replace(/\.[^.]*$/, '');
  const named = /(?:^|[^A-Za-z0-9])video[ _-]*([0-9][A-Za-z0-9]*)(?![A-Za-z0-9])/i.exec(stem);
  if (named?.[1] !== undefined) return named[1].toLowerCase();
  return /^[0-9]+$/.test(stem) ? stem : null;
}

/** `key`, then `…-2.mp4`, `…-3.mp4` and so on. */
export function* numberedKeys(key: string): Generator<string> {
  yield key;
  const dot = key.lastIndexOf('.');
  const [stem, extension] = dot > key.lastIndexOf('/') ? [key.slice(0, dot), key.slice(dot)] : [key, ''];
  for (let n = 2; ; n += 1) yield withNumber(stem, `-${n}${extension}`);
}

/** The first numbered key that is not taken: keys are unique within the queue. */
export function uniqueKey(key: string, isTaken: (key: string) => boolean): string {
  for (const candidate of numberedKeys(key)) if (!isTaken(candidate)) return candidate;
  return key;
}

/** A key may be as long as S3 allows already: the number takes its room from the end of the name. */
function withNumber(stem: string, ending: string): string {
  const characters = Array.from(stem);
  let bytes = utf8Length(stem) + ending.length;
  while (bytes > maxKeyBytes) bytes -= utf8Length(characters.pop() ?? ' ');
  return characters.join('') + ending;
}

/** What is wrong with a destination's prefix, or null. It is empty, or ends the way a folder does. */
export function prefixProblem(prefix: string): KeyProblem | null {
  return prefix === '' ? null : keyProblem(`${prefix}x.mp4`);
}

/** What is wrong with a typed key, or null. Window and engine ask the same function. */
export function keyProblem(key: string): KeyProblem | null {
  if (key.length === 0) return 'empty';
  if (utf8Length(key) > maxKeyBytes) return 'too-long';
  if (key.startsWith('/')) return 'leading-slash';
  if (key.split('/').some((segment) => segment === '.' || segment === '..' || segment === '')) return 'dot-segment';
  if (hasControlCharacter(key)) return 'control-character';
  return key.toLowerCase().endsWith('.mp4') ? null : 'not-mp4';
}

/** Bytes of UTF-8. `shared/` is compiled without TextEncoder, and a key is short. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const isControl = point < 0x20 || (point >= 0x7f && point < 0xa0);
    // Half a surrogate pair is no character and has no UTF-8.
    if (isControl || (point >= 0xd800 && point <= 0xdfff)) return true;
  }
  return false;
}
