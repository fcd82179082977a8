import { median } from '../figures.ts';
import { describeMachine } from '../report.ts';
import { type Phase, phasesOf } from './compete-figures.ts';
import type { RawLane } from './link-session.ts';
import { type Link, describeLink } from './links.ts';
import type { RivalWish } from './rival-wish.ts';
import type { WanOptions } from './wan-options.ts';
import { commandOf, describeMaker } from './wan-report.ts';

/** One upload (or several equal ones) against one rival. */
export interface Contest {
  readonly link: Link;
  readonly kind: RivalWish['kind'];
  readonly givesWay: boolean;
  readonly lane: RawLane;
}

export const rivalNames: Readonly<Record<RivalWish['kind'], string>> = {
  call: 'a video call (3 Mbit/s of UDP)',
  greedy: 'one greedy TCP connection',
};

export const modeName = (givesWay: boolean): string => (givesWay ? 'meeting mode' : 'usual mode');

export function competePage(contests: readonly Contest[], options: WanOptions): string {
  const about = `${options.sizeMiB} MiB of random bytes over http; ${describeMaker(options.linkCommand)}; ${describeMachine()}.`;
  return [
    '# Benchmark with somebody else on the link',
    '',
    `Made by \`${commandOf('--compete', options, contests)}\`: do not edit. How each figure is made stands in [performance.md](performance.md).`,
    '',
    about,
    '',
    '![Upload, rival and delay, second by second](bench-compete.svg)',
    '',
    describeContests(contests),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

export function describeContests(contests: readonly Contest[]): string {
  const groups = groupBy(contests, ({ link, kind }) => `### ${describeLink(link)}: against ${rivalNames[kind]}`);
  return [...groups].map(([title, some]) => [title, '', ...head, ...rowsOf(some), ''].join('\n')).join('\n');
}

const head = [
  '| contender | | upload, Mbit/s | rival, Mbit/s | round trip, median, ms | p95, ms | packets lost |',
  '|---|---|---:|---:|---:|---:|---:|',
];

function rowsOf(contests: readonly Contest[]): readonly string[] {
  const lanes = groupBy(contests, ({ lane, givesWay }) => `${lane.title}, ${modeName(givesWay)}`);
  return [...lanes].flatMap(([title, some]) => {
    const failure = some.find(({ lane }) => lane.failure !== null)?.lane.failure;
    if (typeof failure === 'string') return [`| ${title} | not measured: ${failure.split('\n')[0]} | | | | | |`];
    const all = some.flatMap(({ lane }) => lane.runs.map(({ trace }) => (trace === null ? null : phasesOf(trace))));
    if (all.some((phases) => phases === null)) return [`| ${title} | the file is too small for the rival’s time | | | | | |`];
    return (['before', 'during', 'after'] as const).map((name) => {
      const measured = all.flatMap((phases) => (phases ?? []).filter((phase) => phase.name === name));
      return row(title, name, measured);
    });
  });
}

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return groups;
}

function row(title: string, name: Phase['name'], phases: readonly Phase[]): string {
  const of = (pick: (phase: Phase) => number | null): number =>
    median(phases.map(pick).filter((value) => value !== null));
  const cells = [
    name === 'before' ? title : '',
    name,
    of((phase) => phase.uploadMbit).toFixed(1),
    of((phase) => phase.rivalMbit).toFixed(1),
    of((phase) => phase.usualDelayMs).toFixed(0),
    of((phase) => phase.delayMs).toFixed(0),
    `${(of((phase) => phase.lost) * 100).toFixed(1)} %`,
  ];
  return `| ${cells.join(' | ')} |`;
}
