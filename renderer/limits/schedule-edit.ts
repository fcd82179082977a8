import type { ScheduleRule } from '../../shared/schedule.ts';
import { limitAt } from '../../shared/schedule.ts';

/** As many as the contract takes. */
export const mostRules = 20;
export const minutesPerDay = 24 * 60;
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const workDays = [1, 2, 3, 4, 5];

export type PresetName = 'only-at-night' | 'slower-at-work' | 'own';

/** What a person most likely wants of a schedule; `own` is where a rule of one's own begins. */
export const presets: Readonly<Record<PresetName, ScheduleRule>> = {
  'only-at-night': { days: everyDay, from: 6 * 60, to: 22 * 60, mbit: 0 },
  'slower-at-work': { days: workDays, from: 8 * 60, to: 18 * 60, mbit: 5 },
  own: { days: workDays, from: 9 * 60, to: 17 * 60, mbit: 10 },
};

export type Effect = 'nothing' | 'free' | 'limited';

export function effectOf(mbit: number | null): Effect {
  if (mbit === null) return 'free';
  return mbit === 0 ? 'nothing' : 'limited';
}

/** Another effect; who comes to a limit has not said yet which. */
export function withEffect(rule: ScheduleRule, effect: Effect): ScheduleRule {
  if (effect === effectOf(rule.mbit)) return rule;
  return { ...rule, mbit: { nothing: 0, free: null, limited: 5 }[effect] };
}

export function withDays(rule: ScheduleRule, days: Iterable<number>): ScheduleRule {
  const chosen = [...new Set(days)].toSorted((a, b) => a - b);
  return chosen.length === 0 ? rule : { ...rule, days: chosen };
}

/** Midnight is the end of the day where a span ends, and its beginning where one begins. */
export function withTime(rule: ScheduleRule, edge: 'from' | 'to', minutes: number): ScheduleRule {
  const bounded = Math.min(minutesPerDay - 1, Math.max(0, Math.round(minutes)));
  if (edge === 'from') return { ...rule, from: bounded };
  return { ...rule, to: bounded === 0 ? minutesPerDay : bounded };
}

/** The span ends on the day after the one on which it begins. */
export function endsNextDay(rule: ScheduleRule): boolean {
  return rule.to <= rule.from;
}

export function addRule(rules: readonly ScheduleRule[], rule: ScheduleRule): ScheduleRule[] {
  return rules.length >= mostRules ? [...rules] : [...rules, rule];
}

export function replaceRule(rules: readonly ScheduleRule[], index: number, rule: ScheduleRule): ScheduleRule[] {
  return rules.map((old, at) => (at === index ? rule : old));
}

export function removeRule(rules: readonly ScheduleRule[], index: number): ScheduleRule[] {
  return rules.filter((_, at) => at !== index);
}

/** One place up or down; at the edge everything stays. */
export function moveRule(rules: readonly ScheduleRule[], index: number, by: -1 | 1): ScheduleRule[] {
  const moved = rules[index];
  const neighbour = rules[index + by];
  if (moved === undefined || neighbour === undefined) return [...rules];
  return replaceRule(replaceRule(rules, index, neighbour), index + by, moved);
}

/** 0 to 1: how strongly a limit is drawn among the others of the week; full speed is 1, the lowest limit the palest. */
export function shadeOf(mbit: number | null, all: readonly (number | null)[]): number {
  if (mbit === null) return 1;
  const limits = [...new Set(all.map((other) => other ?? 0))].filter((other) => other > 0).toSorted((a, b) => a - b);
  return 0.15 + (0.4 * (limits.indexOf(mbit) + 1)) / Math.max(1, limits.length);
}

/** A stretch of one day with one limit, in minutes after midnight. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
  readonly mbit: number | null;
}

/** What holds over one day of the week, without gaps, as few stretches as possible. */
export function daySpans(general: number | null, rules: readonly ScheduleRule[], day: number): readonly DaySpan[] {
  const edges = new Set([0, minutesPerDay, ...rules.flatMap(({ from, to }) => [from, to])]);
  const sorted = [...edges].toSorted((a, b) => a - b);
  const spans: DaySpan[] = [];
  sorted.slice(0, -1).forEach((from, index) => {
    const to = sorted[index + 1] ?? minutesPerDay;
    // A week of January, when no clock is changed; 1 January 2023 was a Sunday.
    const { mbit } = limitAt(general, rules, new Date(2023, 0, 1 + day, 0, from).getTime());
    const last = spans.at(-1);
    if (last !== undefined && last.mbit === mbit) spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, mbit });
  });
  return spans;
}
