/** A permit to have one request with a body in flight, and the little memory that its bytes pass through. */
export interface PartSlot {
  /** The same for every call while the permit is held. */
  readonly memory: () => Uint8Array;
  /** To be called when the request has really settled, not when it was told to stop. */
  readonly release: () => void;
}

/**
 * Bytes of a body that are in memory at a time, per request in flight: enough for reading to be cheap, and so few that
 * they are still in the processor's cache when they are encrypted.
 */
export const slotBytes = 512 * 1024;

/**
 * How many bodies may be in flight at once to one destination, over all its files, first come first served: each file
 * asks for one permit at a time, so they share evenly. Memory in flight is permits × `slotBytes`, whatever the size of
 * files and parts; it is used again and again, since allocating costs several times the copy itself in Electron.
 */
export class PartSlots {
  #limit: number;
  #inUse = 0;
  readonly #waiting: Array<() => void> = [];
  #spare: Uint8Array[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get inUse(): number {
    return this.#inUse;
  }

  /** Takes effect at once for new requests; those in flight end first. */
  setLimit(limit: number): void {
    this.#limit = limit;
    this.#spare = this.#spare.slice(0, limit);
    this.#serve();
  }

  async acquire(signal: AbortSignal): Promise<PartSlot> {
    signal.throwIfAborted();
    if (this.#inUse < this.#limit && this.#waiting.length === 0) this.#inUse += 1;
    else await this.#queueUp(signal);
    return this.#slot();
  }

  async #queueUp(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const granted = (): void => {
        signal.removeEventListener('abort', dropped);
        resolve();
      };
      const dropped = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1);
        reject(signal.reason as Error);
      };
      this.#waiting.push(granted);
      signal.addEventListener('abort', dropped, { once: true });
    });
  }

  #serve(): void {
    while (this.#inUse < this.#limit) {
      const granted = this.#waiting.shift();
      if (granted === undefined) return;
      this.#inUse += 1;
      granted();
    }
  }

  #slot(): PartSlot {
    let memory: Uint8Array | undefined;
    let isHeld = true;
    return {
      // Unpooled and not zeroed: every byte that is sent has been read into it before.
      memory: () => (memory ??= this.#spare.pop() ?? Buffer.allocUnsafeSlow(slotBytes)),
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        if (memory !== undefined && this.#spare.length < this.#limit) this.#spare.push(memory);
        this.#inUse -= 1;
        this.#serve();
        // Nobody uploads: give the memory back instead of keeping it for the next batch.
        if (this.#inUse === 0) this.#spare = [];
      },
    };
  }
}
