import type { LimitInForce } from '../../shared/schedule.ts';
import type { Texts } from './texts.ts';

/** What may be sent now and until when: "limit 5 Mbit/s until 18:00". */
export function limitWords(limit: LimitInForce, { window: words, format }: Texts, nowMs: number): string {
  const until = limit.until === null ? null : untilOf(limit.until, { format }, nowMs);
  if (limit.mbit === null) return words.noLimit(until);
  return limit.mbit === 0 ? words.nothingIsSent(until) : words.limitInForce(format.megabits(limit.mbit), until);
}

function untilOf(epochMs: number, { format }: Pick<Texts, 'format'>, nowMs: number): string {
  const { time, day } = format.ahead(epochMs, nowMs);
  return day === null ? time : `${day}, ${time}`;
}

/** Mbit/s, as bytes per second: what a person compares with a file's size. */
export function bytesPerSecondOf(mbit: number): number {
  return (mbit * 1e6) / 8;
}
