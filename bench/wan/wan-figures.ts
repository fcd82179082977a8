import { median } from '../figures.ts';
import type { RawLane } from './link-session.ts';
import { type Link, capacityOver } from './links.ts';

/** The medians of one contender across one link. */
export interface LinkFigure {
  readonly name: string;
  readonly title: string;
  readonly runs: number;
  /** Mbit/s of the file's bytes, with its smallest and largest. */
  readonly rate: number;
  readonly rateRange: readonly [number, number];
  /** Of what the link could carry in the time, headers not taken off. */
  readonly share: number;
  /** Against lib-storage; null where it did not run. */
  readonly ratio: number | null;
}

export interface LinkSetting {
  readonly link: Link;
  readonly figures: readonly LinkFigure[];
  readonly failures: readonly string[];
}

const yardstick = 'lib-storage-8';

export function summarizeLink(link: Link, lanes: readonly RawLane[], size: number): LinkSetting {
  const rates = ({ runs }: RawLane): number[] => runs.map(({ seconds }) => (size * 8) / 1e6 / seconds);
  const measured = lanes.filter(({ runs }) => runs.length > 0);
  const base = measured.find(({ name }) => name === yardstick);
  return {
    link,
    failures: lanes.flatMap(({ title, failure }) => (failure === null ? [] : [`${title}: ${failure.split('\n')[0]}`])),
    figures: measured.map((lane) => {
      const rate = rates(lane);
      const shares = lane.runs.map(({ seconds }, index) => (rate[index] ?? 0) / capacityOver(link, seconds));
      return {
        name: lane.name,
        title: lane.runtime === 'electron' ? `${lane.title}, in Electron` : lane.title,
        runs: rate.length,
        rate: median(rate),
        rateRange: [Math.min(...rate), Math.max(...rate)],
        share: median(shares),
        ratio: base === undefined ? null : median(rate) / median(rates(base)),
      };
    }),
  };
}
