import { useMemo } from 'react';
import type { ScheduleRule } from '../../shared/schedule.ts';
import { useNow } from '../queue/use-now.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { LimitSample } from './LimitSample.tsx';
import { effectWords, ruleWords } from './rule-words.ts';
import { daySpans, minutesPerDay } from './schedule-edit.ts';
import type { DaySpan } from './schedule-edit.ts';

interface WeekPictureProps {
  readonly general: number | null;
  readonly rules: readonly ScheduleRule[];
}

const hours = [0, 6, 12, 18] as const;

/** The week as all rules together make it: a line for each day, a mark for now. */
export function WeekPicture({ general, rules }: WeekPictureProps) {
  const texts = useTexts();
  const { limits: words, format } = texts;
  const now = new Date(useNow(true));
  const week = useMemo(
    () => format.week.map((day) => ({ ...day, spans: daySpans(general, rules, day.day) })),
    [format, general, rules],
  );
  const shown = [...new Set(week.flatMap(({ spans }) => spans.map(({ mbit }) => mbit)))];
  const all = [general, ...rules.map(({ mbit }) => mbit)];
  const said = rules.map((rule) => Object.values(ruleWords(rule, texts)).join(', ')).join('; ');
  return (
    <figure className="week">
      <p className="visually-hidden">{`${words.week}: ${said}`}</p>
      <div className="week-picture" aria-hidden>
        <div className="week-hours">
          {hours.map((hour) => (
            <span key={hour}>{format.timeOfDay(hour * 60)}</span>
          ))}
        </div>
        {week.map(({ day, short, spans }) => (
          <DayLine
            key={day}
            name={short}
            spans={spans}
            all={all}
            nowMinutes={day === now.getDay() ? minutesOf(now) : null}
          />
        ))}
      </div>
      <figcaption className="week-legend">
        {shown.toSorted(byLimit).map((mbit) => (
          <span key={mbit ?? 'free'} className="week-key">
            <LimitSample className="week-sample" mbit={mbit} all={all} />
            {effectWords(mbit, texts)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

interface DayLineProps {
  readonly name: string;
  readonly spans: readonly DaySpan[];
  readonly all: readonly (number | null)[];
  /** Null on the other days. */
  readonly nowMinutes: number | null;
}

function DayLine({ name, spans, all, nowMinutes }: DayLineProps) {
  return (
    <>
      <span className={`week-day ${nowMinutes === null ? '' : 'week-today'}`}>{name}</span>
      <span className="week-line">
        {spans.map(({ from, to, mbit }) => (
          <LimitSample key={from} className="week-span" mbit={mbit} all={all} grow={to - from} />
        ))}
        {nowMinutes !== null && (
          <span className="week-now" style={{ left: `${(nowMinutes / minutesPerDay) * 100}%` }} />
        )}
      </span>
    </>
  );
}

/** Nothing, then the limits from low to high, then none. */
function byLimit(a: number | null, b: number | null): number {
  return (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE);
}

function minutesOf(date: Date): number {
  return date.getHours() * 60 + date.getMinutes();
}
