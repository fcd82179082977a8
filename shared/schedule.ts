import { z } from 'zod';

/**
 * Mbit/s, a million bits. 0 is "send nothing", null is "no limit". Below 0.1 requests would stand still for so long that
 * servers drop them (S3: RequestTimeout after some twenty seconds).
 */
export const lineLimit = z.union([z.literal(0), z.number().min(0.1).max(10_000)]).nullable();

const minutesOfDay = 24 * 60;

/** A span of the week with a limit of its own, in this computer's local time. */
export const scheduleRuleSchema = z.object({
  /** 0 is Sunday, as in Date.getDay. The day on which the span begins. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7),
  /** Minutes after midnight, 0 to 1,439. */
  from: z.int().min(0).max(minutesOfDay - 1),
  /** Minutes after midnight, 1 to 1,440. Not after `from`: the span ends on the next day. */
  to: z.int().min(1).max(minutesOfDay),
  mbit: lineLimit,
});
export type ScheduleRule = z.infer<typeof scheduleRuleSchema>;

/** What may be sent now, and until when that holds. */
export interface LimitInForce {
  /** Mbit/s; null without a limit, 0 when nothing is to be sent. */
  readonly mbit: number | null;
  /** Epoch milliseconds at which a rule begins or ends; null when no rule is near. */
  readonly until: number | null;
  readonly isBySchedule: boolean;
}

/** The limit that holds at `now` (epoch milliseconds): the first rule that covers it, else the general one. */
export function limitAt(general: number | null, rules: readonly ScheduleRule[], now: number): LimitInForce {
  const rule = rules.find((candidate) => covers(candidate, now));
  const until = rules.length === 0 ? null : nextChange(general, rules, now);
  return rule === undefined
    ? { mbit: general, until, isBySchedule: false }
    : { mbit: rule.mbit, until, isBySchedule: true };
}

function covers(rule: ScheduleRule, at: number): boolean {
  const { day, minute } = localTime(at);
  const begunToday = rule.days.includes(day);
  const begunYesterday = rule.days.includes((day + 6) % 7);
  if (rule.to > rule.from) return begunToday && minute >= rule.from && minute < rule.to;
  return (begunToday && minute >= rule.from) || (begunYesterday && minute < rule.to);
}

/** The next moment within eight days at which another limit holds; null when none does. */
function nextChange(general: number | null, rules: readonly ScheduleRule[], now: number): number | null {
  const limitOf = (at: number): number | null => {
    const rule = rules.find((candidate) => covers(candidate, at));
    return rule === undefined ? general : rule.mbit;
  };
  const date = new Date(now);
  const moments: number[] = [];
  for (let day = 0; day <= 8; day += 1) {
    for (const minute of new Set(rules.flatMap(({ from, to }) => [from, to]))) {
      // By the calendar, not by adding 24 hours: a day may have 23 or 25.
      moments.push(new Date(date.getFullYear(), date.getMonth(), date.getDate() + day, 0, minute).getTime());
    }
  }
  const current = limitOf(now);
  return moments.sort((a, b) => a - b).find((at) => at > now && limitOf(at) !== current) ?? null;
}

function localTime(at: number): { readonly day: number; readonly minute: number } {
  const date = new Date(at);
  return { day: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() };
}
