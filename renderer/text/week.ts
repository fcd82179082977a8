/** A day of the week as Date.getDay counts it, 0 is Sunday. */
export interface WeekDay {
  readonly day: number;
  /** "seg", "Mon". */
  readonly short: string;
  readonly long: string;
}

/** The days in the order in which the week runs where the person lives, with their names. */
export function createWeek(locale: string): readonly WeekDay[] {
  const short = new Intl.DateTimeFormat(locale, { weekday: 'short' });
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  const first = firstDayOf(locale);
  return Array.from({ length: 7 }, (_, index) => {
    const day = (first + index) % 7;
    // 1 January 2023 was a Sunday.
    const date = new Date(2023, 0, 1 + day, 12);
    return { day, short: short.format(date).replace(/\.$/, ''), long: long.format(date) };
  });
}

interface WeekInfo {
  readonly firstDay: number;
}

/** Chromium has the method, Node 20 the property; TypeScript knows neither. */
function firstDayOf(locale: string): number {
  const known: { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo } = new Intl.Locale(locale) as object;
  // ISO: Monday is 1, Sunday 7.
  return ((known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 7) % 7;
}
