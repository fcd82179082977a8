import { belowCaption, picture, text } from '../svg.ts';
import { type Second, secondsOf } from './compete-figures.ts';
import { type Contest, modeName, rivalNames } from './compete-report.ts';
import { describeLink } from './links.ts';
import type { Trace } from './spectator.ts';

const left = 64;
const width = 640;
const rateHeight = 130;
const delayHeight = 70;
const caption = 'Mbit/s of the upload (green) and of the rival (brown); below it the round trip of packets, p95 in ms (violet)';

interface Scale {
  readonly seconds: number;
  readonly most: number;
  readonly top: number;
  readonly height: number;
}

/** Two curves over time per contest; the shaded span is the rival's. */
export function competeChart(contests: readonly Contest[]): string {
  const parts: string[] = [];
  let y = belowCaption(caption);
  for (const contest of contests) {
    const trace = contest.lane.runs[0]?.trace ?? null;
    if (trace === null) continue;
    const title = `${contest.lane.title}, ${modeName(contest.givesWay)}, against ${rivalNames[contest.kind]}`;
    parts.push(text(24, y, title, 'title'), text(24, y + 17, describeLink(contest.link), 'small'));
    parts.push(...panels(contest, trace, y + 28));
    y += 28 + rateHeight + 12 + delayHeight + 52;
  }
  return picture({ width: left + width + 40, height: y }, caption, parts);
}

function panels({ link }: Contest, trace: Trace, top: number): readonly string[] {
  const seconds = secondsOf(trace);
  const span = Math.max(seconds.length, trace.wish.to);
  const rate: Scale = { seconds: span, most: link.upMbit, top, height: rateHeight };
  const slowest = Math.max(link.roundTripMs * 2, ...seconds.map(({ delayMs }) => delayMs ?? 0));
  const delay: Scale = { seconds: span, most: slowest, top: top + rateHeight + 12, height: delayHeight };
  return [
    ...[rate, delay].flatMap((scale) => frame(scale, trace)),
    curve(rate, 'upload', seconds.map(({ at, uploadMbit }) => [at, uploadMbit])),
    curve(rate, 'rival', seconds.map(({ at, rivalMbit }) => [at, rivalMbit])),
    curve(delay, 'delay', seconds.flatMap(({ at, delayMs }: Second) => (delayMs === null ? [] : [[at, delayMs]]))),
    ...[0, span / 2, span].map((at) => text(x(delay, at) - 8, delay.top + delayHeight + 17, `${at.toFixed(0)} s`, 'small')),
  ];
}

const x = ({ seconds }: Scale, at: number): number => left + (at / seconds) * width;
const y = ({ most, top, height }: Scale, value: number): number => top + height - (Math.min(value, most) / most) * height;

function frame(scale: Scale, { wish }: Trace): readonly string[] {
  const { top, height, most } = scale;
  const [from, to] = [x(scale, wish.from), x(scale, wish.to)];
  return [
    `<rect class="span" x="${from.toFixed(1)}" y="${top}" width="${(to - from).toFixed(1)}" height="${height}"/>`,
    ...[0, most].map((value) => {
      const at = y(scale, value).toFixed(1);
      return `<line class="axis" x1="${left}" x2="${left + width}" y1="${at}" y2="${at}"/>`;
    }),
    text(24, top + 11, most.toFixed(0), 'small'),
    text(24, top + height, '0', 'small'),
  ];
}

function curve(scale: Scale, kind: 'upload' | 'rival' | 'delay', points: ReadonlyArray<readonly number[]>): string {
  // A second's value stands in its middle.
  const places = points.map(([at = 0, value = 0]) => `${x(scale, at + 0.5).toFixed(1)},${y(scale, value).toFixed(1)}`);
  return `<polyline class="line ${kind}" points="${places.join(' ')}"/>`;
}
