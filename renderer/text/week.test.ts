import { expect, it } from 'vitest';
import { createWeek } from './week.ts';

it('begins as at home, with the names of the language', () => {
  const short = (locale: string) => createWeek(locale).map((day) => day.short);
  expect(short('pt-BR')).toEqual(['dom', 'seg', 'ter', 'qua', 'qui', 'sex', 'sáb']);
  expect(short('en-US')).toEqual(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']);
  expect(createWeek('en-GB')[0]).toEqual({ day: 1, short: 'Mon', long: 'Monday' });
});
