import type { QueueEntry } from './queue-entry.ts';
import { type UploadRecord, isOver } from './upload-record.ts';

/**
 * Finds uploads by file and by key without going through all of them: thousands of files that are dropped at once are
 * each asked whether they are there already.
 */
export class LedgerIndex {
  readonly #byPath = new Map<string, Set<QueueEntry>>();
  /** How many unfinished uploads want each key; more than one only for a moment. */
  readonly #keys = new Map<string, number>();

  add(entry: QueueEntry, record: UploadRecord = entry.record): void {
    for (const path of pathsOf(record)) {
      const there = this.#byPath.get(path) ?? new Set();
      this.#byPath.set(path, there.add(entry));
    }
    this.#count(record, 1);
  }

  /** `record`: as it was when it was added. */
  remove(entry: QueueEntry, record: UploadRecord = entry.record): void {
    for (const path of pathsOf(record)) {
      const there = this.#byPath.get(path);
      there?.delete(entry);
      if (there?.size === 0) this.#byPath.delete(path);
    }
    this.#count(record, -1);
  }

  withPath(path: string): ReadonlySet<QueueEntry> {
    return this.#byPath.get(path) ?? new Set();
  }

  /** Whether an unfinished upload will have this key; for finished ones the destination is asked. */
  isKeyTaken(key: string, destinationId: string): boolean {
    return this.#keys.has(keyAt(key, destinationId));
  }

  #count(record: UploadRecord, change: number): void {
    if (isOver(record)) return;
    const name = keyAt(record.key, record.destinationId);
    const count = (this.#keys.get(name) ?? 0) + change;
    if (count > 0) this.#keys.set(name, count);
    else this.#keys.delete(name);
  }
}

/** A file whose copy is held is still known by its own place. */
const pathsOf = ({ source, held }: UploadRecord): readonly string[] =>
  held === null ? [source.path] : [source.path, held.path];

/** A key of a destination, as one word: no key holds a line break. */
export const keyAt = (key: string, destinationId: string): string => `${destinationId}\n${key}`;
