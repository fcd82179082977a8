import type { ScheduleRule } from '../../shared/schedule.ts';
import type { Texts } from '../text/texts.ts';
import { endsNextDay, minutesPerDay } from './schedule-edit.ts';

/** A rule as a person would say it. */
export interface RuleWords {
  readonly days: string;
  readonly span: string;
  readonly effect: string;
}

export function ruleWords(rule: ScheduleRule, { limits: words, format }: Texts): RuleWords {
  return {
    days: daysWords(rule.days, { limits: words, format }),
    span: spanWords(rule, { limits: words, format }),
    effect: effectWords(rule.mbit, { limits: words, format }),
  };
}

function spanWords(rule: ScheduleRule, { limits: words, format }: Words): string {
  if (rule.from === 0 && rule.to === minutesPerDay) return words.wholeDay;
  const times = [format.timeOfDay(rule.from), format.timeOfDay(rule.to)] as const;
  return endsNextDay(rule) ? words.overnight(...times) : words.span(...times);
}

type Words = Pick<Texts, 'limits' | 'format'>;

export function effectWords(mbit: number | null, { limits: words, format }: Words): string {
  if (mbit === null) return words.legend.free;
  return mbit === 0 ? words.legend.nothing : format.megabits(mbit);
}

function daysWords(days: readonly number[], { limits: words, format }: Words): string {
  const chosen = new Set(days);
  const isExactly = (...wanted: readonly number[]) =>
    wanted.length === chosen.size && wanted.every((day) => chosen.has(day));
  if (chosen.size === 7) return words.everyDay;
  if (isExactly(1, 2, 3, 4, 5)) return words.weekdays;
  if (isExactly(0, 6)) return words.weekend;
  return format.list(format.week.filter(({ day }) => chosen.has(day)).map(({ short }) => short));
}
