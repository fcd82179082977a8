import { type Change, changes } from './change-file.ts';
import { type JournalStep, type Walk, stepName } from './journal-steps.ts';

/** What happens to one start of the app. `at`: a share of the time that an undisturbed upload takes. */
export type Trouble =
  | { readonly kind: 'die-at-step'; readonly step: JournalStep }
  | { readonly kind: 'die-at-random'; readonly at: number }
  | { readonly kind: 'network-cut'; readonly at: number; readonly ms: number }
  | { readonly kind: 'disk-full'; readonly fromWrite: number; readonly ms: number }
  | FileChange;

export interface FileChange {
  readonly kind: 'file-changed';
  readonly how: Change;
  /** `reading`: between a look at the file's size and time and what follows, `look` counts them. */
  readonly when: 'away' | 'running' | 'reading';
  readonly at: number;
  readonly look: number;
  /** How it is put right: the old content comes back, or the person sends the new one. */
  readonly remedy: 'restore' | 'restart';
}

/** How often each of them is drawn, of 100. The file changes at most once in a run. */
const shares = { 'die-at-random': 40, 'network-cut': 20, 'disk-full': 15, 'file-changed': 25 } as const;

/**
 * The troubles of run `number`, from 0. As long as the walk goes, each run begins with a death at its next step, so
 * that `walk.steps.length` runs have seen all of them; what comes after, and every later run, the seed decides.
 */
export function planRun(number: number, walk: Walk, random: () => number): readonly Trouble[] {
  const step = walk.steps[number] ?? walk.steps[below(walk.steps.length, random)];
  const troubles: Trouble[] = step === undefined ? [] : [{ kind: 'die-at-step', step }];
  const more = 1 + below(2, random);
  for (let n = 0; n < more; n += 1) {
    const drawn = draw(walk, random);
    if (drawn.kind !== 'file-changed' || troubles.every(({ kind }) => kind !== 'file-changed')) troubles.push(drawn);
  }
  // Past the walk the order is free as well: the first start need not be the one that dies at a step.
  return number < walk.steps.length || random() < 0.5 ? troubles : troubles.reverse();
}

function draw(walk: Walk, random: () => number): Trouble {
  const at = random();
  let ticket = random() * 100;
  if ((ticket -= shares['die-at-random']) < 0) return { kind: 'die-at-random', at: at * 1.1 };
  if ((ticket -= shares['network-cut']) < 0) return { kind: 'network-cut', at, ms: 50 + below(1000, random) };
  if ((ticket -= shares['disk-full']) < 0) {
    return { kind: 'disk-full', fromWrite: 1 + below(walk.writes, random), ms: 50 + below(1000, random) };
  }
  return {
    kind: 'file-changed',
    how: changes[below(changes.length, random)] ?? 'rewrite',
    when: (['away', 'running', 'reading'] as const)[below(3, random)] ?? 'away',
    at,
    look: 1 + below(walk.looks, random),
    remedy: random() < 0.5 ? 'restore' : 'restart',
  };
}

const below = (limit: number, random: () => number): number => Math.floor(random() * limit);

/** For the report of a run that went wrong. */
export function troubleName(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'die-at-step':
      return `killed ${stepName(trouble.step)}`;
    case 'die-at-random':
      return `killed at ${percent(trouble.at)}`;
    case 'network-cut':
      return `network cut at ${percent(trouble.at)} for ${trouble.ms} ms`;
    case 'disk-full':
      return `disk full from write ${trouble.fromWrite} for ${trouble.ms} ms`;
    case 'file-changed':
      return `file changed (${trouble.how}, ${whenName(trouble)}), then ${trouble.remedy}`;
  }
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const whenName = ({ when, at, look }: FileChange): string =>
  ({ away: 'while away', running: `at ${percent(at)}`, reading: `after look ${look}` })[when];
