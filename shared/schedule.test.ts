import { describe, expect, it } from 'vitest';
import { type ScheduleRule, limitAt } from './schedule.ts';

/** Local time, as the schedule is meant. 2026-11-23 is a Monday. */
const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const work: ScheduleRule = { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 18 * 60, mbit: 5 };
const night: ScheduleRule = { days: [5], from: 22 * 60, to: 6 * 60, mbit: 0 };

describe('the limit that holds', () => {
  it.each([
    ['before the span', at(23, 7, 59), 20, at(23, 8)],
    ['at its begin', at(23, 8), 5, at(23, 18)],
    ['in its last minute', at(23, 17, 59), 5, at(23, 18)],
    ['at its end', at(23, 18), 20, at(24, 8)],
    ['on a day that it does not name', at(28, 12), 20, at(30, 8)],
  ])('%s', (_when, now, mbit, until) => {
    expect(limitAt(20, [work], now)).toEqual({ mbit, until, isBySchedule: mbit === 5 });
  });

  it.each([
    ['in the evening', at(27, 23), 0, at(28, 6)],
    ['in the morning after', at(28, 5, 59), 0, at(28, 6)],
    ['when it is over', at(28, 6), null, at(4 + 30, 22)],
    ['in the morning of its own day', at(27, 5), null, at(27, 22)],
  ])('over midnight: %s', (_when, now, mbit, until) => {
    expect(limitAt(null, [night], now)).toMatchObject({ mbit, until });
  });

  it('is that of the first rule that covers the moment', () => {
    const free: ScheduleRule = { days: [1], from: 12 * 60, to: 13 * 60, mbit: null };
    expect(limitAt(20, [free, work], at(23, 12))).toEqual({ mbit: null, until: at(23, 13), isBySchedule: true });
    expect(limitAt(20, [work, free], at(23, 12)).mbit).toBe(5);
  });

  it('without a rule is the general one, for ever', () => {
    expect(limitAt(7, [], at(23, 12))).toEqual({ mbit: 7, until: null, isBySchedule: false });
  });

  it('of a rule that never ends has no moment at which it does', () => {
    const always: ScheduleRule = { days: everyDay, from: 0, to: 24 * 60, mbit: 0 };
    expect(limitAt(null, [always], at(23, 12))).toEqual({ mbit: 0, until: null, isBySchedule: true });
  });

  it('changes only when another one holds, not when a rule with the same limit begins', () => {
    const first: ScheduleRule = { days: everyDay, from: 0, to: 12 * 60, mbit: 3 };
    const second: ScheduleRule = { days: everyDay, from: 12 * 60, to: 20 * 60, mbit: 3 };
    expect(limitAt(null, [first, second], at(23, 1)).until).toBe(at(23, 20));
  });
});
