import type { Measured } from './job.ts';
import type { Scheme } from './options.ts';
import type { Lane } from './rounds.ts';

const MiB = 1024 * 1024;

/** The medians of one contender in one setting. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  readonly runs: number;
  /** MiB per second, with its smallest and largest. */
  readonly rate: number;
  readonly rateRange: readonly [number, number];
  /** CPU-seconds per GiB. */
  readonly cpu: number;
  /** MiB above the bare process; null for programs that are not measured against one. */
  readonly rssAboveBare: number | null;
  readonly peakRss: number;
  readonly loopDelayMs: number | null;
  /** Against the yardstick in the same setting; null where it did not run. */
  readonly rateRatio: number | null;
  readonly cpuRatio: number | null;
}

export interface Setting {
  /** `Node 20.20.2, https`. */
  readonly title: string;
  readonly scheme: Scheme;
  /** What the ratios are taken against, in words; null where it did not run. */
  readonly yardstick: string | null;
  readonly bareRss: number | null;
  readonly figures: readonly Figure[];
  /** Contenders that could not be measured, and why. */
  readonly failures: readonly string[];
}

export function summarize(
  place: { readonly title: string; readonly scheme: Scheme; readonly yardstick: string },
  lanes: readonly Lane[],
  size: number,
): Setting {
  const bareRuns = lanes.find(({ contender }) => contender.kind === 'bare')?.runs ?? [];
  const bareRss = bareRuns.length === 0 ? null : median(bareRuns.map(({ peakRssMiB }) => peakRssMiB));
  const measured = lanes.filter(({ contender, runs }) => contender.kind !== 'bare' && runs.length > 0);
  const base = measured.find(({ contender }) => contender.name === place.yardstick);
  const yard = base === undefined ? null : { rate: median(rates(base.runs, size)), cpu: median(costs(base.runs, size)) };
  return {
    title: place.title,
    scheme: place.scheme,
    yardstick: base?.contender.title ?? null,
    bareRss,
    failures: lanes.flatMap(({ contender, failure }) => (failure === null ? [] : [`${contender.title}: ${failure}`])),
    figures: measured.map(({ contender, runs }) => {
      const rate = rates(runs, size);
      const cpu = median(costs(runs, size));
      const peakRss = median(runs.map(({ peakRssMiB }) => peakRssMiB));
      const delays = runs.map(({ loopDelayMs }) => loopDelayMs).filter((delay) => delay !== null);
      return {
        name: contender.name,
        title: contender.title,
        runs: runs.length,
        rate: median(rate),
        rateRange: [Math.min(...rate), Math.max(...rate)],
        cpu,
        peakRss,
        rssAboveBare: bareRss === null || contender.kind === 'peer' ? null : peakRss - bareRss,
        loopDelayMs: delays.length === 0 ? null : median(delays),
        rateRatio: yard === null ? null : median(rate) / yard.rate,
        cpuRatio: yard === null ? null : cpu / yard.cpu,
      };
    }),
  };
}

const rates = (runs: readonly Measured[], size: number): number[] => runs.map(({ seconds }) => size / MiB / seconds);

const costs = (runs: readonly Measured[], size: number): number[] =>
  runs.map(({ cpuSeconds }) => (cpuSeconds * 1024 * MiB) / size);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}
