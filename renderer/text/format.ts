import type { Language } from '../../shared/settings.ts';
import type { WeekDay } from './week.ts';
import { createWeek } from './week.ts';

/** Numbers, sizes and times as the person's language writes them. Nothing here ever says NaN, Infinity or "0 s". */
export interface Format {
  readonly integer: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly bytes: (bytes: number) => string;
  readonly speed: (bytesPerSecond: number) => string;
  readonly duration: (seconds: number) => string;
  readonly countdown: (seconds: number) => string;
  readonly dateTime: (epochMs: number) => string;
  /** "14:32" today, "yesterday, 14:32", then the date. */
  readonly moment: (epochMs: number, nowMs: number) => string;
  /** With the year, for what is kept. */
  readonly fullDateTime: (epochMs: number) => string;
  /** A day with its year: "November 1, 2026". */
  readonly date: (epochMs: number) => string;
  /** How long ago, in the largest unit: "9 days ago", "yesterday"; never in the future. */
  readonly ago: (epochMs: number, nowMs: number) => string;
  /** When something will be: its time, and its day ("tomorrow", "Monday") unless that is today. */
  readonly ahead: (epochMs: number, nowMs: number) => { readonly time: string; readonly day: string | null };
  /** Minutes after midnight, as a time of day. */
  readonly timeOfDay: (minutes: number) => string;
  /** Limits of a line are written in bits, files in bytes. */
  readonly megabits: (mbit: number) => string;
  readonly decimal: (value: number) => string;
  /** US dollars; an amount below a cent says so, thousands go without cents. */
  readonly usd: (amount: number) => string;
  readonly week: readonly WeekDay[];
  readonly list: (items: readonly string[]) => string;
  readonly plural: (count: number) => 'one' | 'other';
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** In seconds: how much a unit is, and from when on it is used. */
const agoUnits = [
  { unit: 'month', size: 30 * day, from: 60 * day },
  { unit: 'day', size: day, from: day },
  { unit: 'hour', size: hour, from: hour },
  { unit: 'minute', size: minute, from: minute },
] as const;

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function createFormat(language: Language, locale: string = language): Format {
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const days = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const longDates = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const week = createWeek(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const plurals = new Intl.PluralRules(locale);
  const units = createUnits(locale);
  return {
    integer: (value) => integers.format(finite(value)),
    // Never "100 %" before it is true.
    percent: (share) => percents.format(share >= 1 ? 1 : Math.floor(finite(share) * 100) / 100),
    bytes: (bytes) => units(...scaled(finite(bytes)), ''),
    speed: (bytesPerSecond) => units(...scaled(finite(bytesPerSecond)), '-per-second'),
    duration: (seconds) => spelled(calm(seconds), units),
    // To the second where one waits for it, in minutes where one does not.
    countdown: (seconds) =>
      finite(seconds) > 120
        ? spelled(calm(seconds), units)
        : units(Math.max(1, Math.ceil(finite(seconds))), 'second', ''),
    dateTime: (epochMs) => `${dates.format(epochMs)}, ${times.format(epochMs)}`,
    moment: (epochMs, nowMs) => {
      const ago = calendarDaysBetween(epochMs, nowMs);
      if (ago === 0) return times.format(epochMs);
      return `${ago === 1 ? days.format(-1, 'day') : dates.format(epochMs)}, ${times.format(epochMs)}`;
    },
    fullDateTime: (epochMs) => full.format(epochMs),
    date: (epochMs) => longDates.format(epochMs),
    ago: (epochMs, nowMs) => {
      const seconds = finite((nowMs - epochMs) / 1000);
      const { unit, size } = agoUnits.find(({ from }) => seconds >= from) ?? { unit: 'second', size: Infinity };
      const count = unit === 'day' ? calendarDaysBetween(epochMs, nowMs) : Math.floor(seconds / size);
      return days.format(-count, unit);
    },
    ahead: (epochMs, nowMs) => {
      const time = times.format(epochMs);
      const inDays = calendarDaysBetween(nowMs, epochMs);
      if (inDays === 0) return { time, day: null };
      if (inDays === 1) return { time, day: days.format(1, 'day') };
      return { time, day: inDays < 7 ? longDay(week, epochMs) : dates.format(epochMs) };
    },
    timeOfDay: (minutes) => times.format(new Date(2023, 0, 1, 0, minutes)),
    megabits: (mbit) => `${decimals.format(finite(mbit))}\u00a0Mbit/s`,
    decimal: (value) => decimals.format(finite(value)),
    usd: createUsd(language, locale),
    week,
    list: (items) => lists.format(items),
    plural: (count) => (plurals.select(finite(count)) === 'one' ? 'one' : 'other'),
  };
}

/** Intl has no word for "less than". */
const lessThan: Readonly<Record<Language, (amount: string) => string>> = {
  'pt-BR': (amount) => `menos de ${amount}`,
  en: (amount) => `less than ${amount}`,
};

function createUsd(language: Language, locale: string): Format['usd'] {
  const currency = { style: 'currency', currency: 'USD' } as const;
  const cents = new Intl.NumberFormat(locale, currency);
  const whole = new Intl.NumberFormat(locale, { ...currency, maximumFractionDigits: 0 });
  return (amount) => {
    const dollars = finite(amount);
    if (dollars > 0 && dollars < 0.01) return lessThan[language](cents.format(0.01));
    return (dollars === 0 || dollars >= 999.995 ? whole : cents).format(dollars);
  };
}

type Units = (value: number, unit: string, suffix: '' | '-per-second') => string;

/** Always as many decimals for the same magnitude: numbers that move keep their width. */
function createUnits(locale: string): Units {
  const formats = new Map<string, Intl.NumberFormat>();
  return (value, unit, suffix) => {
    const decimals = unit === 'byte' || unit === 'kilobyte' || value >= 100 || !unit.endsWith('byte') ? 0 : 1;
    const key = `${unit}${suffix}/${decimals}`;
    const known = formats.get(key);
    const format =
      known ??
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: `${unit}${suffix}`,
        // English shortens "bytes" to "byte".
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      });
    if (known === undefined) formats.set(key, format);
    return format.format(value);
  };
}

function scaled(bytes: number): [number, (typeof byteUnits)[number]] {
  let value = bytes;
  let index = 0;
  // 999.95 would be written "1,000.0": the next unit begins where rounding reaches it.
  while (value >= 999.5 && index < byteUnits.length - 1) {
    value /= 1000;
    index += 1;
  }
  return [value, byteUnits[index] ?? 'byte'];
}

/** Rounded so that the end of a long wait does not flicker: 5 s steps below a minute, 5 min steps above an hour. */
function calm(seconds: number): number {
  const whole = Math.max(1, Math.ceil(finite(seconds)));
  if (whole < 10) return whole;
  if (whole <= minute - 5) return Math.ceil(whole / 5) * 5;
  if (whole < hour) return Math.ceil(whole / minute) * minute;
  if (whole < day) return Math.ceil(whole / (5 * minute)) * 5 * minute;
  return Math.ceil(whole / hour) * hour;
}

function spelled(seconds: number, units: Units): string {
  if (seconds < minute) return units(seconds, 'second', '');
  if (seconds < hour) return units(seconds / minute, 'minute', '');
  const [large, largeUnit, small, smallUnit] =
    seconds < day ? ([hour, 'hour', minute, 'minute'] as const) : ([day, 'day', hour, 'hour'] as const);
  const rest = Math.floor((seconds % large) / small);
  const head = units(Math.floor(seconds / large), largeUnit, '');
  return rest === 0 ? head : `${head} ${units(rest, smallUnit, '')}`;
}

function calendarDaysBetween(epochMs: number, nowMs: number): number {
  return Math.round((midnightOf(nowMs) - midnightOf(epochMs)) / (day * 1000));
}

function midnightOf(epochMs: number): number {
  return new Date(epochMs).setHours(0, 0, 0, 0);
}

function longDay(week: readonly WeekDay[], epochMs: number): string {
  return week.find((candidate) => candidate.day === new Date(epochMs).getDay())?.long ?? '';
}

function finite(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}
