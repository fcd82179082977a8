import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../tests/support/builders.ts';
import { Quit } from './quit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An app that ends when Electron asks once more and is told that it may. */
function make(pending: number, stop: () => Promise<void> = () => Promise.resolve(), hasWindow = true) {
  const done = { asked: [] as number[], stops: 0, ends: 0 };
  const quit: Quit = new Quit({
    pendingCount: () => pending,
    ask: (count) => {
      if (hasWindow) done.asked.push(count);
      return hasWindow;
    },
    stop: () => {
      done.stops += 1;
      return stop();
    },
    quit: () => {
      if (quit.request()) done.ends += 1;
    },
  });
  return { quit, done };
}

const soon = () => vi.advanceTimersByTimeAsync(0);

describe('quitting', () => {
  it('with nothing pending stops and ends without a question', async () => {
    const { quit, done } = make(0);
    expect(quit.request()).toBe(false);
    await soon();
    expect(done).toEqual({ asked: [], stops: 1, ends: 1 });
  });

  it('with work pending asks and does nothing else until it is answered', async () => {
    const { quit, done } = make(3);
    expect(quit.request()).toBe(false);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(done).toEqual({ asked: [3], stops: 0, ends: 0 });
  });

  it('answered with "quit" stops and ends once, however often it is asked', async () => {
    const { quit, done } = make(3);
    quit.request();
    quit.answer('quit');
    quit.answer('quit');
    expect(quit.request()).toBe(false);
    await soon();
    expect(done).toEqual({ asked: [3], stops: 1, ends: 1 });
    expect(quit.request()).toBe(true);
    expect(done.stops).toBe(1);
  });

  it('answered with "stay" stays, and asks again the next time', async () => {
    const { quit, done } = make(3);
    quit.request();
    quit.answer('stay');
    await soon();
    expect(done).toEqual({ asked: [3], stops: 0, ends: 0 });
    quit.request();
    expect(done.asked).toEqual([3, 3]);
  });

  it('a second time while the question stands is an answer', async () => {
    const { quit, done } = make(3);
    quit.request();
    quit.request();
    await soon();
    expect(done).toEqual({ asked: [3], stops: 1, ends: 1 });
  });

  it('does not ask where there is no window to ask in', async () => {
    const { quit, done } = make(3, undefined, false);
    quit.request();
    await soon();
    expect(done).toEqual({ asked: [], stops: 1, ends: 1 });
  });

  it('waits for the stop, and not longer than four seconds', async () => {
    const { quit, done } = make(0, () => new Promise(() => undefined));
    quit.request();
    await vi.advanceTimersByTimeAsync(3_999);
    expect(done.ends).toBe(0);
    expect(quit.request()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toEqual({ asked: [], stops: 1, ends: 1 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(done.ends).toBe(1);
  });

  it('does not end before the stop is through', async () => {
    const stopped = deferred();
    const { quit, done } = make(0, () => stopped.promise);
    quit.request();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(done.ends).toBe(0);
    stopped.resolve();
    await soon();
    expect(done.ends).toBe(1);
  });

  it('ends also when the stop rejects', async () => {
    const { quit, done } = make(0, () => Promise.reject(new Error('no')));
    quit.request();
    await soon();
    expect(done.ends).toBe(1);
  });

  it('ends also when the stop throws at once', async () => {
    const { quit, done } = make(0, () => {
      throw new Error('no');
    });
    expect(() => quit.request()).not.toThrow();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(done.ends).toBe(1);
  });

  it('is not answered before it is asked', async () => {
    const { quit, done } = make(3);
    quit.answer('quit');
    await soon();
    expect(done).toEqual({ asked: [], stops: 0, ends: 0 });
  });
});
