import { type KeyProblem, keyProblem, maxKeyBytes, utf8Length } from './object-key.ts';

/** The default of product and web service. */
export const defaultKeyTemplate = 'videos/video_{id}.mp4';

/** What a template may hold: the video's id, its file name, the same without accents and spaces, the date, a ULID. */
export const keyTokens = ['id', 'name', 'slug', 'yyyy', 'mm', 'ulid'] as const;
export type KeyToken = (typeof keyTokens)[number];

/** Without one of these every video would get the same key. */
const distinguishing: readonly KeyToken[] = ['id', 'name', 'slug', 'ulid'];
const token = /\{([^{}]*)\}/g;

export type TemplateProblem = KeyProblem | 'unknown-token' | 'not-distinguishing';

/** What a key is made of. */
export interface KeyParts {
  /** The video's id. */
  readonly id: string;
  /** The file's name with its extension, as the system has it. */
  readonly fileName: string;
  /** Epoch milliseconds; year and month are those of this computer's time zone. */
  readonly addedAt: number;
  /** Sorts by time and is unique. */
  readonly ulid: string;
}

/** What is wrong with a typed template, or null. */
export function templateProblem(template: string): TemplateProblem | null {
  const used = [...template.matchAll(token)].map(([, name]) => name ?? '');
  if (used.some((name) => !isToken(name)) || /[{}]/.test(template.replace(token, ''))) return 'unknown-token';
  if (!used.some((name) => distinguishing.includes(name as KeyToken))) return 'not-distinguishing';
  return keyProblem(template.replace(token, 'x'));
}

/**
 * The key of a file under a destination's prefix. NFC, and never longer than S3 allows: what comes from the file's name
 * is cut where it has to be. A valid template and prefix make a valid key of any name whatever.
 */
export function keyFromTemplate(template: string, parts: KeyParts, prefix = ''): string {
  const values = valuesOf(parts);
  const keyOf = (nameBytes: number): string =>
    prefix + fill(template, { ...values, name: within(values.name, nameBytes), slug: within(values.slug, nameBytes) });
  // A name may stand in the key several times, and all of its characters may take four bytes.
  let [fits, tooLong] = [0, maxKeyBytes + 1];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (utf8Length(keyOf(middle)) <= maxKeyBytes) fits = middle;
    else tooLong = middle;
  }
  return keyOf(fits);
}

/** A file name as a part of a key: its extension and everything that a key or a path may not hold is gone. */
export function keyName(fileName: string): string {
  const stem = fileName.replace(/\.(mp4|m4v|mov)$/i, '').normalize('NFC');
  const clean = Array.from(stem, (character) => (isForbidden(character) ? ' ' : character)).join('');
  const trimmed = clean.replace(/\s+/g, ' ').trim().replace(/^\.+/, '').trim();
  return trimmed === '' ? 'video' : trimmed;
}

/** Letters, digits and hyphens only: reads well in an address. */
export function slugOf(fileName: string): string {
  const plain = keyName(fileName).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return slug === '' ? 'video' : slug;
}

/** An id that a person types or a map names, as it may stand in a key; empty where nothing of it may. */
export function cleanVideoId(typed: string): string {
  return typed
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

function valuesOf({ id, fileName, addedAt, ulid }: KeyParts): Readonly<Record<KeyToken, string>> {
  const date = new Date(addedAt);
  return {
    id,
    name: keyName(fileName),
    slug: slugOf(fileName),
    yyyy: String(date.getFullYear()).padStart(4, '0'),
    mm: String(date.getMonth() + 1).padStart(2, '0'),
    ulid,
  };
}

const fill = (template: string, values: Readonly<Record<KeyToken, string>>): string =>
  template.replace(token, (_whole, name: string) => (isToken(name) ? values[name] : '')).normalize('NFC');

const isToken = (name: string): name is KeyToken => (keyTokens as readonly string[]).includes(name);

/** Slashes would make folders; control characters and halves of surrogate pairs have no place in a key. */
function isForbidden(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return '/\\'.includes(character) || point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0xd800 && point <= 0xdfff);
}

/** As much of the text as has room in so many bytes: whole characters, and never nothing. */
function within(text: string, bytes: number): string {
  let kept = '';
  let room = bytes;
  for (const character of text) {
    room -= utf8Length(character);
    if (room < 0 && kept !== '') break;
    kept += character;
    if (room < 0) break;
  }
  return kept.trimEnd();
}
