import { describe, expect, it } from 'vitest';
import { preferencesSchema } from '../../shared/settings.ts';
import {
  addRule,
  daySpans,
  effectOf,
  endsNextDay,
  mostRules,
  moveRule,
  presets,
  removeRule,
  replaceRule,
  shadeOf,
  withDays,
  withEffect,
  withTime,
} from './schedule-edit.ts';

const night = presets['only-at-night'];
const work = presets['slower-at-work'];

describe('a rule', () => {
  it('is never left without a day, and keeps its days in order', () => {
    expect(withDays(work, [5, 1, 5]).days).toEqual([1, 5]);
    expect(withDays(work, [])).toBe(work);
  });

  it('ends at midnight, not before it begins', () => {
    expect(withTime(work, 'to', 0).to).toBe(1440);
    expect(withTime(work, 'from', 0).from).toBe(0);
    expect(withTime(work, 'from', 5000).from).toBe(1439);
  });

  it('knows when it reaches into the next day', () => {
    expect(endsNextDay(work)).toBe(false);
    expect(endsNextDay({ ...work, from: 22 * 60, to: 6 * 60 })).toBe(true);
    expect(endsNextDay({ ...work, from: 0, to: 1440 })).toBe(false);
  });

  it('changes its effect, and keeps a limit that is there', () => {
    expect(withEffect(work, 'limited')).toBe(work);
    expect(effectOf(withEffect(work, 'nothing').mbit)).toBe('nothing');
    expect(effectOf(withEffect(work, 'free').mbit)).toBe('free');
    expect(effectOf(withEffect(night, 'limited').mbit)).toBe('limited');
  });
});

describe('a list of rules', () => {
  it('takes, replaces, removes and moves, and nothing falls off its ends', () => {
    const rules = addRule([night], work);
    expect(rules).toEqual([night, work]);
    expect(moveRule(rules, 1, -1)).toEqual([work, night]);
    expect(moveRule(rules, 0, -1)).toEqual(rules);
    expect(moveRule(rules, 1, 1)).toEqual(rules);
    expect(replaceRule(rules, 0, work)).toEqual([work, work]);
    expect(removeRule(rules, 0)).toEqual([work]);
  });

  it('stops at what the contract takes', () => {
    const full = Array.from({ length: mostRules }, () => work);
    expect(addRule(full, night)).toEqual(full);
    expect(preferencesSchema.shape.schedule.safeParse(full).success).toBe(true);
  });

  it('offers presets that the contract takes', () => {
    expect(preferencesSchema.shape.schedule.safeParse(Object.values(presets)).success).toBe(true);
  });
});

describe('shadeOf', () => {
  it('draws the higher limit stronger, and full speed strongest', () => {
    const week = [5, null, 20, 0, 5];
    expect(shadeOf(5, week)).toBeLessThan(shadeOf(20, week));
    expect(shadeOf(20, week)).toBeLessThan(shadeOf(null, week));
    expect(shadeOf(null, week)).toBe(1);
  });
});

describe('daySpans', () => {
  it('is one stretch without rules', () => {
    expect(daySpans(10, [], 3)).toEqual([{ from: 0, to: 1440, mbit: 10 }]);
  });

  it('cuts the day where a rule begins and ends', () => {
    expect(daySpans(null, [work], 1)).toEqual([
      { from: 0, to: 480, mbit: null },
      { from: 480, to: 1080, mbit: 5 },
      { from: 1080, to: 1440, mbit: null },
    ]);
    expect(daySpans(null, [work], 0)).toEqual([{ from: 0, to: 1440, mbit: null }]);
  });

  it('carries a span over midnight into the next day', () => {
    const friday = { days: [5], from: 22 * 60, to: 6 * 60, mbit: 0 };
    expect(daySpans(null, [friday], 6)[0]).toEqual({ from: 0, to: 360, mbit: 0 });
    expect(daySpans(null, [friday], 5).at(-1)).toEqual({ from: 1320, to: 1440, mbit: 0 });
  });

  it('lets the upper rule count, and joins what is the same', () => {
    expect(daySpans(null, [work, night], 2)).toEqual([
      { from: 0, to: 360, mbit: null },
      { from: 360, to: 480, mbit: 0 },
      { from: 480, to: 1080, mbit: 5 },
      { from: 1080, to: 1320, mbit: 0 },
      { from: 1320, to: 1440, mbit: null },
    ]);
    expect(daySpans(5, [work], 2)).toEqual([{ from: 0, to: 1440, mbit: 5 }]);
  });
});
