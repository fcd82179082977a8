import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { type GiveWay, isGivingWay, look, notGivingWay } from './give-way.ts';

const mbit = 1_000_000 / 8;

interface Link {
  /** Bytes per second. */
  readonly capacity: number;
  /** Milliseconds without a queue. */
  readonly roundTrip: number;
  /** Milliseconds of queue that fit. */
  readonly queue: number;
}
const home: Link = { capacity: 40 * mbit, roundTrip: 20, queue: 50 };

interface Second {
  /** Bytes of ours that went through. */
  readonly mine: number;
  /** Milliseconds in the queue. */
  readonly delay: number;
  readonly isGivingWay: boolean;
}

/** Bytes of ours that the system takes off our hands before the line has carried them. */
const systemBuffer = 12_000_000;

/** A line with a queue in front of it, which TCP fills as long as it has something; `others` send whatever we do. */
function simulate(link: Link, others: (second: number) => number, seconds: number): Second[] {
  const random = seededRandom(7);
  let state: GiveWay = { ...notGivingWay, roundTrips: [link.roundTrip] };
  let backlog = 0;
  let buffered = 0;
  return Array.from({ length: seconds }, (_, second) => {
    const theirs = others(second);
    let mine = 0;
    let handed = 0;
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const taken = Math.min((state.rate ?? Infinity) / 10, systemBuffer - buffered);
      buffered += taken;
      handed += taken;
      const wanted = Math.min(buffered, (link.capacity * 1.2) / 10);
      const all = wanted + theirs / 10;
      const carried = wanted * Math.min(1, link.capacity / 10 / all);
      backlog = Math.min((link.capacity * link.queue) / 1000, Math.max(0, backlog + all - link.capacity / 10));
      buffered -= carried;
      mine += carried;
    }
    const delay = (backlog / link.capacity) * 1000;
    state = look(state, link.roundTrip + delay + random() * 3, handed);
    return { mine, delay, isGivingWay: isGivingWay(state) };
  });
}

const mean = (seconds: readonly Second[], of: (second: Second) => number): number =>
  seconds.reduce((sum, second) => sum + of(second), 0) / seconds.length;

describe('a line of our own', () => {
  it('is used to seven eighths, and its queue stays short', () => {
    const seconds = simulate(home, () => 0, 60).slice(8);
    expect(mean(seconds, ({ mine }) => mine)).toBeGreaterThan(home.capacity * 0.875);
    expect(mean(seconds, ({ delay }) => delay)).toBeLessThan(12);
  });

  it('is not given up for one late packet', () => {
    let state: GiveWay = { ...notGivingWay, roundTrips: [20, 21, 20] };
    state = look(state, 400, 4 * mbit);
    state = look(state, 21, 4 * mbit);
    expect(state.rate).toBeNull();
  });
});

describe('a call on the same line', () => {
  const seconds = simulate(home, (second) => (second >= 12 && second < 27 ? 3 * mbit : 0), 40);
  it('has hardly to wait from three seconds on, and we have what it leaves', () => {
    const during = seconds.slice(15, 27);
    expect(mean(during, ({ delay }) => delay)).toBeLessThan(16);
    expect(mean(during, ({ mine }) => mine)).toBeGreaterThan(30 * mbit);
  });
});

describe('somebody who takes all that there is', () => {
  const seconds = simulate(home, (second) => (second >= 12 && second < 25 ? home.capacity * 1.05 : 0), 45);
  it('gets it within seconds, and we say that we give way', () => {
    expect(seconds[19]!.mine).toBeLessThan(home.capacity * 0.35);
    expect(seconds[19]!.isGivingWay).toBe(true);
  });

  it('leaves, and within ten seconds the line is ours again', () => {
    expect(mean(seconds.slice(35), ({ mine }) => mine)).toBeGreaterThan(home.capacity * 0.85);
    expect(seconds.at(-1)!.isGivingWay).toBe(false);
  });
});
