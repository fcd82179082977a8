/** A permit to have one part in flight, and the memory for it. */
export interface PartSlot {
  /** The slot's own memory, `size` bytes of it; the same for every call until `taint`. */
  buffer(size: number): Uint8Array;
  /** A request was cut off in the middle and may still read the memory: do not write into it again. */
  taint(): void;
  /** To be called when the work has really settled, not when it was told to stop. */
  release(): void;
}

/**
 * How many parts may be in flight at once, over all files, first come first served. Memory in flight is at most
 * permits × part size: each permit carries one reused buffer, since allocating one per part costs several times the
 * copy itself in Electron.
 */
export class PartSlots {
  #limit: number;
  #inUse = 0;
  readonly #waiting: Array<() => void> = [];
  #spare: Uint8Array[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes effect at once for new parts; those in flight end first. */
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
    let memory = this.#spare.pop();
    let isHeld = true;
    return {
      buffer: (size) => {
        // Unpooled and not zeroed: every byte that is sent has been read into it before.
        if (memory === undefined || memory.length < size) memory = Buffer.allocUnsafeSlow(size);
        return memory.subarray(0, size);
      },
      taint: () => {
        memory = undefined;
      },
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
