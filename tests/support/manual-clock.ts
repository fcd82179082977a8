import type { Clock } from '../../electron/uploads/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly wakeUp: () => void;
}

/** Lets everything that is ready happen: with fakes in memory all of it is microtasks. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that stands still until a test moves it, and chance that a test decides. */
export class ManualClock implements Clock {
  /** What `random` answers. */
  chance = 0.5;
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  /** How many wait for time to pass. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const interrupted = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason as Error);
      };
      const sleeper = {
        at: this.#now + ms,
        wakeUp: () => {
          this.#sleepers.delete(sleeper);
          signal.removeEventListener('abort', interrupted);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', interrupted, { once: true });
    });
  }

  /** The process that waited is gone: nobody is woken. */
  forgetSleepers(): void {
    this.#sleepers.clear();
  }

  /** Moves time on, waking each sleeper at its own moment and letting what follows from it happen first. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      next.wakeUp();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}
