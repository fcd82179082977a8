import { type SpeedWindow, addSample, bytesPerSecond } from '../uploads/speed.ts';

/** Bytes of rows that are under way, and how fast they leave. */
export class MigrationProgress {
  readonly #partial = new Map<string, number>();
  #bytes = 0;
  #speed: SpeedWindow = [];

  /** Of all rows under way together. */
  get bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#partial.clear();
    this.#bytes = 0;
    this.#speed = [];
  }

  /** Zero for a row that has ended. */
  set(path: string, bytes: number): void {
    this.#bytes += bytes - (this.#partial.get(path) ?? 0);
    if (bytes === 0) this.#partial.delete(path);
    else this.#partial.set(path, bytes);
  }

  /** So many bytes have left by now, those of ended rows among them. */
  sample(now: number, bytes: number): void {
    this.#speed = addSample(this.#speed, now, bytes);
  }

  bytesPerSecond(now: number): number | null {
    return bytesPerSecond(this.#speed, now);
  }
}
