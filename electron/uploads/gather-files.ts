import type { RefusedFile } from '../../shared/replies.ts';
import { type Intake, baseName, refusalOf } from './intake.ts';
import type { FoundPath } from './ports.ts';
import { UploadError } from './upload-error.ts';

/** A file that may come in. */
export interface Candidate {
  /** Absolute, links resolved. */
  readonly path: string;
  /** A person picked it; one that lay in a picked folder is left out without a word when it is no video. */
  readonly isChosen: boolean;
  readonly isPlaceholder: boolean;
  /** Of what a person picked, the how-manieth it is or lies in. */
  readonly order: number;
}

/** A file that does not come in, and its place in the drop. */
export interface Refusal extends RefusedFile {
  readonly order: number;
}

export interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly Refusal[];
}

/** Places that are looked up at the same time. */
const atOnce = 16;

/**
 * The files among what was dropped, each once: folders are gone through, in the order of their names. `first`: the place
 * of the first path in the drop. `seen`: files of the drop that are candidates already.
 */
export async function gatherFiles(
  intake: Pick<Intake, 'files' | 'settings'>,
  paths: readonly string[],
  { first, seen }: { readonly first: number; readonly seen: ReadonlySet<string> },
): Promise<Gathered> {
  const candidates = new Map<string, Candidate>();
  const refused: Refusal[] = [];
  const take = async (found: FoundPath, given: string, place: Place): Promise<void> => {
    const { path, kind, isPlaceholder } = found;
    if (kind === 'folder') await takeInside(await intake.files.walk(path, intake.settings()), place.order);
    else if (kind !== 'file') throw new UploadError('not-a-video');
    else if (!seen.has(path) && candidates.get(path)?.isChosen !== true) candidates.set(path, { path, isPlaceholder, ...place });
  };
  // What cannot be taken out of a folder that was picked is left out without a word.
  const takeInside = (inside: readonly string[], order: number): Promise<void> =>
    eachFound(intake, inside, (looked, given) => looked.then((found) => take(found, given, { order, isChosen: false })).catch(() => undefined));
  await eachFound(intake, paths, async (looked, given, n) => {
    const order = first + n;
    try {
      await take(await looked, given, { order, isChosen: true });
    } catch (thrown) {
      refused.push({ order, name: baseName(given), code: refusalOf(thrown) });
    }
  });
  return { candidates: [...candidates.values()], refused };
}

type Place = Pick<Candidate, 'order' | 'isChosen'>;

/** Looks up several at once, and hands them over one after the other, in their order. */
async function eachFound(
  { files }: Pick<Intake, 'files'>,
  paths: readonly string[],
  onFound: (looked: Promise<FoundPath>, given: string, index: number) => Promise<void>,
): Promise<void> {
  for (let begin = 0; begin < paths.length; begin += atOnce) {
    const some = paths.slice(begin, begin + atOnce).map((given) => ({ given, looked: files.find(given) }));
    // It may fail before its turn comes.
    for (const { looked } of some) looked.catch(() => undefined);
    for (const [n, { given, looked }] of some.entries()) await onFound(looked, given, begin + n);
  }
}
