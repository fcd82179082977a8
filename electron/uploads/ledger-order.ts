import type { QueueEntry } from './queue-entry.ts';
import { type UploadRecord, isOver } from './upload-record.ts';

/**
 * The uploads in the order of the queue. Among thousands every one that ends asks for what comes next: nothing here
 * goes through all of them for that.
 */
export class LedgerOrder {
  readonly #entries: ReadonlyMap<string, QueueEntry>;
  readonly #canceling = new Set<QueueEntry>();
  #all: readonly QueueEntry[] | null = null;
  /** Everything before it in `#all` is over: most of a long queue ends in its order. */
  #begin = 0;

  constructor(entries: ReadonlyMap<string, QueueEntry>) {
    this.#entries = entries;
  }

  all(): readonly QueueEntry[] {
    this.#all ??= [...this.#entries.values()].sort((a, b) => a.record.position - b.record.position);
    return this.#all;
  }

  /** What is not over, and now and then something that is. */
  *live(): Iterable<QueueEntry> {
    const all = this.all();
    for (let at = this.#begin; at < all.length; at += 1) {
      const entry = all[at];
      if (entry === undefined) return;
      if (at === this.#begin && isOver(entry.record)) this.#begin += 1;
      else yield entry;
    }
  }

  canceling(): Iterable<QueueEntry> {
    return this.#canceling;
  }

  /** An upload has come in, nearly always as the last one. */
  added(entry: QueueEntry): void {
    this.#note(entry);
    const last = this.#all?.at(-1);
    if (this.#all !== null && last !== undefined && last.record.position < entry.record.position) {
      this.#all = [...this.#all, entry];
    } else this.#reset();
  }

  /** `before`: its record until now. */
  updated(entry: QueueEntry, before: UploadRecord): void {
    this.#note(entry);
    if (before.position !== entry.record.position) this.#reset();
    else if (isOver(before) && !isOver(entry.record)) this.#begin = 0;
  }

  removed(entry: QueueEntry): void {
    this.#canceling.delete(entry);
    this.#reset();
  }

  #note(entry: QueueEntry): void {
    if (entry.record.state.status === 'canceling') this.#canceling.add(entry);
    else this.#canceling.delete(entry);
  }

  #reset(): void {
    this.#all = null;
    this.#begin = 0;
  }
}
