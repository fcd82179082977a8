/**
 * A GET reads for as long as its client likes. Data that is replaced or deleted meanwhile stays until the last
 * reader has gone, as on S3; and Windows could not remove an open file anyway.
 */
export class DataLeases {
  readonly #readers = new Map<string, number>();
  readonly #doomed = new Set<string>();
  readonly #remove: (dataId: string) => Promise<void>;

  constructor(remove: (dataId: string) => Promise<void>) {
    this.#remove = remove;
  }

  /** Returns how to end the lease. */
  take(dataId: string): () => Promise<void> {
    this.#readers.set(dataId, (this.#readers.get(dataId) ?? 0) + 1);
    let isOver = false;
    return async () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#readers.get(dataId) ?? 1) - 1;
      if (left > 0) this.#readers.set(dataId, left);
      else this.#readers.delete(dataId);
      if (left === 0 && this.#doomed.delete(dataId)) await this.#remove(dataId);
    };
  }

  async discard(dataId: string): Promise<void> {
    if (this.#readers.has(dataId)) this.#doomed.add(dataId);
    else await this.#remove(dataId);
  }
}
