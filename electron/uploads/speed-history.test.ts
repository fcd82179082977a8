import { expect, it } from 'vitest';
import { SpeedHistory } from './speed-history.ts';

it('keeps the whole curve in a bounded number of points', () => {
  const history = new SpeedHistory(10);
  for (let second = 0; second < 1_000; second += 1) {
    history.add(second < 500 ? 100 : 300);
    expect(history.points.length).toBeLessThan(10);
  }
  expect(history.points.length).toBeGreaterThanOrEqual(5);
  expect(history.points[0]).toBe(100);
  expect(history.points.at(-1)).toBe(300);
  const mean = history.points.reduce((sum, speed) => sum + speed, 0) / history.points.length;
  expect(mean).toBeGreaterThan(150);
  expect(mean).toBeLessThan(250);
});

it('begins with a point a second', () => {
  const history = new SpeedHistory(60);
  for (const bytes of [1, 2, 3]) history.add(bytes);
  expect(history.points).toEqual([1, 2, 3]);
});
