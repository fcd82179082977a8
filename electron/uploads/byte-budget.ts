import type { Clock } from './ports.ts';

/** Longest that one grant may hold the line, seconds: who comes next does not wait longer for each one before. */
const grantSeconds = 0.1;
/** Bytes; below, the cost of a packet outweighs the fairness. */
const smallestGrant = 2 * 1024;

/**
 * Lets bytes out at a rate. Each grant reserves the line's next moment, in the order of asking, so connections share
 * evenly. Without a rate everything is granted at once.
 */
export class ByteBudget {
  readonly #clock: Clock;
  #bytesPerMs: number | null = null;
  /** Epoch ms at which what has been granted so far is through. */
  #freeAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Bytes per second, above 0; null for no limit. Holds from the next grant on. */
  setRate(bytesPerSecond: number | null): void {
    this.#bytesPerMs = bytesPerSecond === null ? null : bytesPerSecond / 1000;
    // A reservation made at a crawl must not hold up what may go fast now.
    const longest = this.#clock.now() + grantSeconds * 1000;
    if (this.#freeAt > longest) this.#freeAt = longest;
  }

  /** How many of the wanted bytes may go now, at least one; waits until that is so. */
  async take(wanted: number, signal: AbortSignal): Promise<number> {
    if (this.#bytesPerMs === null) return wanted;
    const granted = Math.min(wanted, Math.max(smallestGrant, Math.floor(this.#bytesPerMs * grantSeconds * 1000)));
    const now = this.#clock.now();
    const begin = Math.max(now, this.#freeAt);
    this.#freeAt = begin + granted / this.#bytesPerMs;
    if (begin > now) await this.#clock.sleep(begin - now, signal);
    return granted;
  }
}
