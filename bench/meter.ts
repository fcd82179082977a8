/** How often the meter writes down where it stands, milliseconds. */
const sampleMs = 200;
/** An hour and a half of samples; a forgotten server must not grow for ever. */
const mostSamples = 27_000;

/** Epoch milliseconds; bytes of uploads and of a rival that have arrived until then. */
export type MeterSample = readonly [at: number, uploadBytes: number, rivalBytes: number];

/** What the server has seen since its start or the last reset. */
export interface MeterReading {
  /** The server's clock now, epoch milliseconds. */
  readonly now: number;
  /** How long the server has been there, milliseconds. */
  readonly ageMs: number;
  readonly uploadBytes: number;
  /** When the first byte of a body came; null before. */
  readonly firstByteAt: number | null;
  readonly samples: readonly MeterSample[];
}

/** Counts what arrives, so that a curve over time can be drawn. */
export class Meter {
  readonly #began = Date.now();
  #uploadBytes = 0;
  #rivalBytes = 0;
  #firstByteAt: number | null = null;
  #samples: MeterSample[] = [];

  constructor() {
    setInterval(() => this.#write(), sampleMs).unref();
  }

  addUpload(bytes: number): void {
    this.#firstByteAt ??= Date.now();
    this.#uploadBytes += bytes;
  }

  addRival(bytes: number): void {
    this.#rivalBytes += bytes;
  }

  reset(): void {
    [this.#uploadBytes, this.#rivalBytes, this.#firstByteAt, this.#samples] = [0, 0, null, []];
  }

  read(): MeterReading {
    this.#write();
    const now = Date.now();
    return {
      now,
      ageMs: now - this.#began,
      uploadBytes: this.#uploadBytes,
      firstByteAt: this.#firstByteAt,
      samples: this.#samples,
    };
  }

  #write(): void {
    if (this.#firstByteAt === null || this.#samples.length >= mostSamples) return;
    this.#samples.push([Date.now(), this.#uploadBytes, this.#rivalBytes]);
  }
}
