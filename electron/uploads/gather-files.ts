import type { RefusedFile } from '../../shared/replies.ts';
import { type Intake, baseName, refusalOf } from './intake.ts';

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

/** The files among what was dropped, each once: folders are gone through, in the order of their names. */
export async function gatherFiles(intake: Pick<Intake, 'files' | 'settings'>, paths: readonly string[]): Promise<Gathered> {
  const candidates = new Map<string, Candidate>();
  const refused: Refusal[] = [];
  const take = async (given: string, order: number, isChosen: boolean): Promise<void> => {
    const { path, kind, isPlaceholder } = await intake.files.find(given);
    if (kind === 'folder') {
      for (const inside of await intake.files.walk(path, intake.settings())) await take(inside, order, false).catch(() => undefined);
    } else if (kind === 'file') {
      if (candidates.get(path)?.isChosen !== true) candidates.set(path, { path, isChosen, isPlaceholder, order });
    } else if (isChosen) refused.push({ order, name: baseName(given), code: 'not-a-video' });
  };
  for (const [order, given] of paths.entries()) {
    const refuse = (thrown: unknown): void => void refused.push({ order, name: baseName(given), code: refusalOf(thrown) });
    await take(given, order, true).catch(refuse);
  }
  return { candidates: [...candidates.values()], refused };
}
