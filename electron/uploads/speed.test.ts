import { describe, expect, it } from 'vitest';
import { type SpeedWindow, addSample, bytesPerSecond, etaSeconds } from './speed.ts';

interface Running {
  readonly window: SpeedWindow;
  readonly at: number;
  readonly bytes: number;
}

/** Samples every `everyMs` up to `to`, at `rate` bytes a millisecond, on top of `start`. */
function run(everyMs: number, to: number, rate = 1, start: Running | null = null): Running {
  let { window, at, bytes } = start ?? { window: [] as SpeedWindow, at: 0, bytes: 0 };
  for (; at <= to; at += everyMs) {
    window = addSample(window, at, bytes);
    bytes += rate * everyMs;
  }
  return { window, at, bytes };
}

describe('speed', () => {
  it('says nothing before there is enough to say', () => {
    expect(bytesPerSecond([], 0)).toBeNull();
    expect(bytesPerSecond(run(500, 1_000).window, 1_000)).toBeNull();
    expect(bytesPerSecond(run(500, 1_500).window, 1_500)).toBe(1_000);
  });

  it.each([5, 10, 50, 99, 100, 250, 1_000])('is steady over half a minute with a sample every %i ms', (everyMs) => {
    let window: SpeedWindow = [];
    const unsteady: string[] = [];
    for (let at = 0; at <= 30_000; at += everyMs) {
      window = addSample(window, at, at);
      const speed = bytesPerSecond(window, at);
      if (at >= 2_000 && Math.round(speed ?? 0) !== 1_000) unsteady.push(`${speed} after ${at} ms`);
    }
    expect(unsteady).toEqual([]);
  });

  it.each([20, 200])('follows a link that became ten times slower, with a sample every %i ms', (everyMs) => {
    const fast = run(everyMs, 20_000, 10);
    const slow = run(everyMs, 30_000, 1, fast);
    expect(bytesPerSecond(slow.window, slow.at)).toBeLessThan(1_200);
  });

  it('keeps fewer than a hundred samples', () => {
    expect(run(1, 30_000).window.length).toBeLessThan(100);
  });

  it('falls while nothing comes, and never below nothing', () => {
    const { window } = run(100, 4_000);
    expect(bytesPerSecond(window, 8_000)).toBeCloseTo(500, 0);
    expect(bytesPerSecond(addSample(window, 4_200, 0), 4_200)).toBe(0);
  });
});

describe('time left', () => {
  it.each([
    [1_000, 100, 10],
    [1_001, 100, 11],
    [1, 1e9, 1],
    [0, 100, 1],
    [5e12, 1, 5e12],
  ])('%i bytes at %i a second are %i s', (remaining, speed, eta) => {
    expect(etaSeconds(remaining, speed)).toBe(eta);
  });

  it.each([null, 0, 0.5])('is not said at a speed of %s', (speed) => {
    expect(etaSeconds(1_000, speed)).toBeNull();
  });
});
