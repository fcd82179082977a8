import type { Clock } from './ports.ts';

/** One alarm per name; a new one replaces the old. */
export class Alarms {
  readonly #clock: Clock;
  readonly #set = new Map<string, AbortController>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(name: string, at: number, ring: () => void): void {
    this.clear(name);
    const controller = new AbortController();
    this.#set.set(name, controller);
    void this.#clock.sleep(Math.max(0, at - this.#clock.now()), controller.signal).then(
      () => {
        if (this.#set.get(name) === controller) this.#set.delete(name);
        ring();
      },
      () => undefined,
    );
  }

  isSet(name: string): boolean {
    return this.#set.has(name);
  }

  clear(name: string): void {
    this.#set.get(name)?.abort();
    this.#set.delete(name);
  }

  clearAll(): void {
    for (const name of this.#set.keys()) this.clear(name);
  }
}
