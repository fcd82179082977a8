import type { WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import { send, watch } from './publish.ts';

vi.mock('electron', () => ({}));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function make() {
  const sent: number[] = [];
  let revision = 0;
  const listeners: Array<(kind: 'status' | 'progress') => void> = [];
  const queue = {
    subscribe: (listener: (kind: 'status' | 'progress') => void) => listeners.push(listener),
    snapshot: () => ({ revision }),
  } as unknown as UploadQueue;
  watch(queue, (list) => void sent.push(list.revision));
  return {
    sent,
    change: (kind: 'status' | 'progress') => {
      revision += 1;
      for (const listener of listeners) listener(kind);
    },
  };
}

describe('what the window is told', () => {
  it('of progress is at most ten messages a second, and the last one is the latest', async () => {
    const { sent, change } = make();
    for (let n = 0; n < 1_000; n += 1) {
      change('progress');
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.length).toBeLessThanOrEqual(11);
    expect(sent.at(-1)).toBe(1_000);
  });

  it('of a status is told at once, also while a progress message waits', async () => {
    const { sent, change } = make();
    change('progress');
    change('status');
    await vi.advanceTimersByTimeAsync(15);
    expect(sent).toEqual([2]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([2]);
  });

  it('of a hundred uploads moved by one command is one message', async () => {
    const { sent, change } = make();
    for (let n = 0; n < 100; n += 1) change('status');
    await vi.advanceTimersByTimeAsync(15);
    expect(sent).toEqual([100]);
  });

  it('goes nowhere while there is no window, or one that is gone', () => {
    expect(() => send(null, 'quit:asked', { pending: 1 })).not.toThrow();
    const gone = { isDestroyed: () => true, send: () => expect.unreachable() } as unknown as WebContents;
    expect(() => send(gone, 'quit:asked', { pending: 1 })).not.toThrow();
  });
});
