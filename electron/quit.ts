/** What a quit waits for. */
interface QuitWorld {
  readonly pendingCount: () => number;
  /** Puts the question into the window; false when there is no window to ask in. */
  readonly ask: (pending: number) => boolean;
  /** Ends transfers in good order. */
  readonly stop: () => Promise<void>;
  /** Asks for the end again, which is then granted. */
  readonly quit: () => void;
}

/** Longest that stopping may hold up the exit; the journal is consistent at any moment. Milliseconds. */
const stopLimitMs = 4_000;

/**
 * The policy of quitting: ask once when work is pending, stop in good order, and never hold anybody in. A second quit
 * while the question stands is an answer.
 */
export class Quit {
  readonly #world: QuitWorld;
  #state: 'running' | 'asking' | 'stopping' | 'stopped' = 'running';

  constructor(world: QuitWorld) {
    this.#world = world;
  }

  /** Whether the app may end now. If not, it will by itself: after the answer, or when everything has stopped. */
  request(): boolean {
    if (this.#state === 'stopped') return true;
    if (this.#state === 'stopping') return false;
    const pending = this.#state === 'asking' ? 0 : this.#world.pendingCount();
    if (pending > 0 && this.#world.ask(pending)) this.#state = 'asking';
    else this.#stop();
    return false;
  }

  answer(answer: 'quit' | 'stay'): void {
    if (this.#state !== 'asking') return;
    this.#state = 'running';
    if (answer === 'quit') this.#stop();
  }

  #stop(): void {
    this.#state = 'stopping';
    const limit = new Promise((resolve) => {
      setTimeout(resolve, stopLimitMs).unref();
    });
    const stopped = (async () => this.#world.stop())().catch(() => undefined);
    void Promise.race([stopped, limit]).then(() => {
      this.#state = 'stopped';
      this.#world.quit();
    });
  }
}
