import type { RefusedFile } from '../../shared/replies.ts';
import { type Intake, baseName, refusalOf } from './intake.ts';

/** A file that may come in. */
export interface Candidate {
  /** Absolute, links resolved. */
  readonly path: string;
  /** A person picked it; one that lay in a picked folder is left out without a word when it is no video. */
  readonly isChosen: boolean;
  readonly isPlaceholder: boolean;
}

export interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly RefusedFile[];
}

/** The files among what was dropped, each once: folders are gone through, in the order of their names. */
export async function gatherFiles(intake: Pick<Intake, 'files' | 'settings'>, paths: readonly string[]): Promise<Gathered> {
  const candidates = new Map<string, Candidate>();
  const refused: RefusedFile[] = [];
  const take = async (given: string, isChosen: boolean): Promise<void> => {
    const { path, kind, isPlaceholder } = await intake.files.find(given);
    if (kind === 'folder') {
      for (const inside of await intake.files.walk(path, intake.settings())) await take(inside, false).catch(() => undefined);
    } else if (kind === 'file') {
      if (candidates.get(path)?.isChosen !== true) candidates.set(path, { path, isChosen, isPlaceholder });
    } else if (isChosen) refused.push({ name: baseName(given), code: 'not-a-video' });
  };
  for (const given of paths) {
    await take(given, true).catch((thrown: unknown) => refused.push({ name: baseName(given), code: refusalOf(thrown) }));
  }
  return { candidates: [...candidates.values()], refused };
}
