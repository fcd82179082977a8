import type { Trace } from './spectator.ts';

/** One second of a contest; the clock begins with the rival's process, that is, with the upload. */
export interface Second {
  readonly at: number;
  readonly uploadMbit: number;
  readonly rivalMbit: number;
  /** 95th percentile of the round trips of packets sent in it, ms; null when none came back. */
  readonly delayMs: number | null;
}

export interface Phase {
  readonly name: 'before' | 'during' | 'after';
  readonly uploadMbit: number;
  readonly rivalMbit: number;
  /** Median and 95th percentile of the round trips, ms. */
  readonly usualDelayMs: number | null;
  readonly delayMs: number | null;
  /** Share of packets that never came back. */
  readonly lost: number;
}

/** The first seconds are the connections' beginning, not the state that the rival disturbs. */
const rampSeconds = 4;
/** How long the way back to normal is looked at. */
const aftermathSeconds = 15;

/** Per second, until nothing more of the upload arrives. */
export function secondsOf({ samples, rival }: Trace): readonly Second[] {
  const end = lastArrival(samples);
  const seconds: Second[] = [];
  for (let at = 0; rival.began + (at + 1) * 1000 <= end; at += 1) {
    const [from, to] = [rival.began + at * 1000, rival.began + (at + 1) * 1000];
    seconds.push({
      at,
      uploadMbit: megabits(samples, 1, [from, to]),
      rivalMbit: megabits(samples, 2, [from, to]),
      delayMs: delayOf(tripsIn(rival.trips, from, to)),
    });
  }
  return seconds;
}

/** Before, during and after the rival's time. Null when the upload ended before the rival did: the file is too small. */
export function phasesOf({ samples, rival, wish }: Trace): readonly Phase[] | null {
  const at = (seconds: number): number => rival.began + seconds * 1000;
  const end = lastArrival(samples);
  if (end < at(wish.to + 1)) return null;
  const spans = [
    ['before', at(rampSeconds), at(wish.from)],
    ['during', at(wish.from), at(wish.to)],
    ['after', at(wish.to), Math.min(end, at(wish.to + aftermathSeconds))],
  ] as const;
  return spans.map(([name, from, to]) => {
    const seconds = (to - from) / 1000;
    const trips = tripsIn(rival.trips, from, to);
    return {
      name,
      uploadMbit: megabits(samples, 1, [from, to]) / seconds,
      rivalMbit: megabits(samples, 2, [from, to]) / seconds,
      usualDelayMs: delayOf(trips, 0.5),
      delayMs: delayOf(trips),
      lost: trips.length === 0 ? 0 : trips.filter((trip) => trip === null).length / trips.length,
    };
  });
}

type Samples = Trace['samples'];

/** When the last byte of the upload arrived. */
function lastArrival(samples: Samples): number {
  const total = samples.at(-1)?.[1] ?? 0;
  return samples.find(([, uploaded]) => uploaded === total)?.[0] ?? 0;
}

function megabits(samples: Samples, column: 1 | 2, [from, to]: readonly [number, number]): number {
  return ((countAt(samples, column, to) - countAt(samples, column, from)) * 8) / 1e6;
}

/** Between two samples the count is taken to grow evenly. */
function countAt(samples: Samples, column: 1 | 2, at: number): number {
  const next = samples.findIndex(([time]) => time >= at);
  if (next === 0) return 0;
  const [before, after] = [samples.at(next === -1 ? -1 : next - 1), samples[next]];
  if (before === undefined) return 0;
  if (after === undefined) return before[column];
  const share = (at - before[0]) / Math.max(1, after[0] - before[0]);
  return before[column] + (after[column] - before[column]) * share;
}

const tripsIn = (trips: Trace['rival']['trips'], from: number, to: number): ReadonlyArray<number | null> =>
  trips.filter(([sentAt]) => sentAt >= from && sentAt < to).map(([, trip]) => trip);

function delayOf(trips: ReadonlyArray<number | null>, share = 0.95): number | null {
  const known = trips.filter((trip) => trip !== null).sort((a, b) => a - b);
  return known[Math.ceil(known.length * share) - 1] ?? null;
}
