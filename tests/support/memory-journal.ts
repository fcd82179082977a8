import type { JournalContents, StoredPart, UploadJournal } from '../../electron/uploads/ports.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import type { UploadRecord } from '../../electron/uploads/upload-record.ts';

/** A journal in memory that remembers every write in order, can refuse, and can stop the process at any of them. */
export class MemoryJournal implements UploadJournal {
  /** Every write that took effect: `save uploading multipart`, `beginParts`, `addPart 3`, `remove`. */
  readonly writes: string[] = [];
  /** Every record that was saved, in order. */
  readonly saved: UploadRecord[] = [];
  /** Answers whether a write is refused with `journal-unwritable`. */
  refuses: (write: string) => boolean = () => false;
  /** The process dies when so many writes have taken effect: none of them, nor a later one, ever answers. */
  diesAfter = Infinity;
  /** Every write waits for it. */
  delay: Promise<void> = Promise.resolve();
  setAside = 0;
  #records: Map<string, UploadRecord>;
  #parts: Map<string, StoredPart[]>;

  constructor(records: readonly UploadRecord[] = [], parts: Readonly<Record<string, readonly StoredPart[]>> = {}) {
    this.#records = new Map(records.map((record) => [record.id, record]));
    this.#parts = new Map(Object.entries(parts).map(([id, list]) => [id, [...list]]));
  }

  /** What the next start of the app finds. */
  afterCrash(): MemoryJournal {
    const copy = new MemoryJournal();
    copy.#records = structuredClone(this.#records);
    copy.#parts = structuredClone(this.#parts);
    return copy;
  }

  record(id: string): UploadRecord | undefined {
    return this.#records.get(id);
  }

  parts(id: string): readonly StoredPart[] {
    return this.#parts.get(id) ?? [];
  }

  partNumbers(id: string): number[] {
    return (this.#parts.get(id) ?? []).map(({ partNumber }) => partNumber);
  }

  async load(): Promise<JournalContents> {
    const entries = [...this.#records.values()].map((record) => ({ record, parts: this.#parts.get(record.id) ?? [] }));
    return structuredClone({ entries, setAside: this.setAside });
  }

  save(record: UploadRecord): Promise<void> {
    return this.#write(`save ${record.state.status} ${record.transfer.kind}`, () => {
      this.saved.push(structuredClone(record));
      this.#records.set(record.id, structuredClone(record));
    });
  }

  beginParts(record: UploadRecord): Promise<void> {
    return this.#write('beginParts', () => this.#parts.set(record.id, []));
  }

  addPart(id: string, part: StoredPart): Promise<void> {
    return this.#write(`addPart ${part.partNumber}`, () => this.#parts.set(id, [...(this.#parts.get(id) ?? []), part]));
  }

  remove(id: string): Promise<void> {
    return this.#write('remove', () => {
      this.#parts.delete(id);
      this.#records.delete(id);
    });
  }

  async #write(what: string, effect: () => void): Promise<void> {
    await this.delay;
    if (this.writes.length >= this.diesAfter) return never();
    if (this.refuses(what)) throw new UploadError('journal-unwritable');
    effect();
    this.writes.push(what);
    if (this.writes.length >= this.diesAfter) return never();
  }
}

const never = (): Promise<void> => new Promise(() => undefined);
