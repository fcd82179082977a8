import { partRange } from './part-plan.ts';
import type { Digests } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { Multipart } from './upload-record.ts';

/** Parts whose checksum is worked out while others are on their way: no connection has to wait for one. */
const partsAhead = 2;

/** Checksums of the parts in the order in which they will be sent. */
export class DigestsAhead {
  readonly #context: RunContext;
  readonly #multipart: Multipart;
  readonly #partNumbers: readonly number[];
  readonly #begun = new Map<number, Promise<Digests>>();
  /** Index of the first part that was not begun. */
  #next = 0;

  constructor(context: RunContext, multipart: Multipart, partNumbers: readonly number[]) {
    this.#context = context;
    this.#multipart = multipart;
    this.#partNumbers = partNumbers;
  }

  /** Worked out anew when it is asked for again: the file may have changed, and that be why the part was refused. */
  take(partNumber: number): Promise<Digests> {
    const digests = this.#begun.get(partNumber) ?? this.#digest(partNumber);
    this.#begun.delete(partNumber);
    const index = this.#partNumbers.indexOf(partNumber, Math.max(0, this.#next - partsAhead - 1));
    for (this.#next = Math.max(this.#next, index + 1); this.#next <= index + partsAhead; this.#next += 1) {
      const upcoming = this.#partNumbers[this.#next];
      if (upcoming === undefined) break;
      const begun = this.#digest(upcoming);
      // Nobody may come to ask for it any more.
      begun.catch(() => undefined);
      this.#begun.set(upcoming, begun);
    }
    return digests;
  }

  #digest(partNumber: number): Promise<Digests> {
    const { digests, record, signal } = this.#context;
    const { path, size } = record().source;
    const range = partRange(size, this.#multipart.partSize, partNumber);
    return digests.digest(path, range, [this.#multipart.checksum], signal);
  }
}
