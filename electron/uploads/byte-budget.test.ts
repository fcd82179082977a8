import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../tests/support/manual-clock.ts';
import { ByteBudget } from './byte-budget.ts';

const patient = new AbortController().signal;
const KiB = 1024;

/** Connections that always have something to send; bytes that went out, by connection. */
function senders(budget: ByteBudget, count: number): number[] {
  const sent = Array.from({ length: count }, () => 0);
  for (let n = 0; n < count; n += 1) {
    const send = async (): Promise<void> => {
      for (;;) sent[n]! += await budget.take(256 * KiB, patient);
    };
    void send();
  }
  return sent;
}
const sum = (numbers: readonly number[]): number => numbers.reduce((all, some) => all + some, 0);

describe('a rate', () => {
  it.each([
    [100 * KiB, 1],
    [5_000 * KiB, 4],
    [500 * KiB, 32],
  ])('of %i bytes per second is kept by %i connections, and shared evenly', async (rate, count) => {
    const clock = new ManualClock();
    const budget = new ByteBudget(clock);
    budget.setRate(rate);
    const sent = senders(budget, count);
    await clock.advance(20_000);
    expect(sum(sent) / 20).toBeGreaterThan(rate * 0.97);
    expect(sum(sent) / 20).toBeLessThan(rate * 1.08);
    expect(Math.min(...sent)).toBeGreaterThan(Math.max(...sent) * 0.8);
  });

  it('that is none lets everything out at once', async () => {
    const budget = new ByteBudget(new ManualClock());
    expect(await budget.take(1e9, patient)).toBe(1e9);
  });

  it('that rises from a crawl is felt at once', async () => {
    const clock = new ManualClock();
    const budget = new ByteBudget(clock);
    budget.setRate(1_000);
    const sent = senders(budget, 4);
    await clock.advance(1_000);
    budget.setRate(10_000 * KiB);
    await clock.advance(10_000);
    expect(sum(sent)).toBeGreaterThan(50_000 * KiB);
  });

  it('waits only as long as its signal', async () => {
    const clock = new ManualClock();
    const budget = new ByteBudget(clock);
    budget.setRate(1_000);
    await budget.take(KiB, patient);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('paused')), 10);
    await expect(budget.take(KiB, controller.signal)).rejects.toThrow('paused');
  });
});
