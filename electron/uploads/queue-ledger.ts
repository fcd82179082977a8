import type { DestinationState, LineState, UploadList } from '../../shared/upload.ts';
import { LedgerIndex } from './ledger-index.ts';
import { LedgerOrder } from './ledger-order.ts';
import { type QueueEntry, newEntry, settleProgress } from './queue-entry.ts';
import { toUpload } from './upload-row.ts';
import { asUploadError, toAppError } from './upload-error.ts';
import type { UploadEvent } from './upload-events.ts';
import { next } from './upload-transitions.ts';
import type { Clock, StoredPart, UploadJournal, UploadLog } from './ports.ts';
import type { UploadRecord } from './upload-record.ts';

/** How soon an unwritable journal is tried again, milliseconds. */
const journalRetryMs = 5_000;

/** `status`: something a person waits for, told at once. `progress`: numbers that move, told a few times a second. */
export type ChangeKind = 'status' | 'progress';

/**
 * The list and its durability. A change is journaled first and visible after: nobody sees a state that a crash would
 * take back. Progress is the exception, since it is made good by the server's own list.
 */
export class QueueLedger {
  readonly #entries = new Map<string, QueueEntry>();
  readonly #index = new LedgerIndex();
  readonly #order = new LedgerOrder(this.#entries);
  readonly #listeners = new Set<(kind: ChangeKind) => void>();
  readonly #journal: UploadJournal;
  readonly #clock: Clock;
  readonly #log: UploadLog;
  /** Told when an upload cannot be journaled; the scheduler sees to it that it is tried again. */
  readonly #onTrouble: (entry: QueueEntry) => void;
  #revision = 0;
  #setAside = 0;
  #lastPosition = 0;
  /** Places of uploads that are being journaled. */
  readonly #arriving = new Set<number>();

  constructor(
    world: { readonly journal: UploadJournal; readonly clock: Clock; readonly log: UploadLog },
    onTrouble: (entry: QueueEntry) => void,
  ) {
    this.#onTrouble = onTrouble;
    this.#journal = world.journal;
    this.#clock = world.clock;
    this.#log = world.log;
  }

  /** Takes in what the journal kept. */
  async load(): Promise<void> {
    const { entries, setAside } = await this.#journal.load();
    this.#setAside = setAside;
    for (const { record, parts } of entries) {
      // After a start nothing is in flight; `next` knows what that makes of each state.
      const entry = newEntry(next(record, { type: 'app-started' }), parts);
      settleProgress(entry);
      this.#entries.set(record.id, entry);
      this.#index.add(entry);
      this.#order.added(entry);
      this.#lastPosition = Math.max(this.#lastPosition, record.position);
    }
    this.changed('status');
  }

  /** Records that could not be read at this start, and may be at the next. */
  get setAside(): number {
    return this.#setAside;
  }

  find(id: string): QueueEntry | undefined {
    return this.#entries.get(id);
  }

  /** In the order of the queue. */
  ordered(): readonly QueueEntry[] {
    return this.#order.all();
  }

  /** In the order of the queue, what is not over, and now and then something that is. */
  live(): Iterable<QueueEntry> {
    return this.#order.live();
  }

  canceling(): Iterable<QueueEntry> {
    return this.#order.canceling();
  }

  /** The uploads of a file, whatever has become of them. */
  withPath(path: string): ReadonlySet<QueueEntry> {
    return this.#index.withPath(path);
  }

  isKeyTaken(key: string, destinationId: string): boolean {
    return this.#index.isKeyTaken(key, destinationId);
  }

  /** Behind everything that is there or on its way into the list. */
  nextPosition(): number {
    this.#lastPosition += 1;
    return this.#lastPosition;
  }

  /** The first place that is still on its way into the list: what stands behind it waits, or would overtake it. */
  get arrivingAt(): number {
    return Math.min(...this.#arriving);
  }

  /** A new upload: journaled before it is in the list; its key is taken from the first moment. */
  async insert(record: UploadRecord): Promise<QueueEntry> {
    const entry = newEntry(record, []);
    this.#index.add(entry);
    this.#arriving.add(record.position);
    try {
      await this.#journal.save(record);
    } catch (error) {
      this.#index.remove(entry);
      throw error;
    } finally {
      this.#arriving.delete(record.position);
    }
    this.#entries.set(record.id, entry);
    this.#order.added(entry);
    this.changed('status');
    return entry;
  }

  async drop(entry: QueueEntry): Promise<void> {
    await this.#inTurn(entry, async () => {
      await this.#journal.remove(entry.record.id);
      this.#entries.delete(entry.record.id);
      this.#index.remove(entry);
      this.#order.removed(entry);
    });
    this.changed('status');
  }

  /** Applies an event: journal, then memory, then whoever watches. Rejects with `journal-unwritable`. */
  async commit(entry: QueueEntry, event: UploadEvent): Promise<void> {
    const hasChanged = await this.#inTurn(entry, async () => {
      const updated = next(entry.record, event);
      if (updated === entry.record) return false;
      await this.#journal.save(updated);
      const before = entry.record;
      const isListed = this.#entries.has(updated.id);
      if (isListed) this.#index.remove(entry);
      entry.record = updated;
      if (isListed) this.#index.add(entry);
      entry.journalTrouble = null;
      if (isListed) this.#order.updated(entry, before);
      if (event.type === 'moved') this.#lastPosition = Math.max(this.#lastPosition, event.position);
      const isFresh = event.type === 'restarted' || event.type === 'retargeted';
      if (isFresh) entry.parts = new Map();
      if (before.state.status !== updated.state.status || isFresh) {
        if (updated.state.status !== 'uploading' || isFresh) settleProgress(entry);
        this.#log.info('status', { id: updated.id, from: before.state.status, to: updated.state.status });
      }
      return true;
    });
    if (hasChanged) this.changed('status');
  }

  async beginParts(entry: QueueEntry): Promise<void> {
    await this.#inTurn(entry, () => this.#journal.beginParts(entry.record));
    entry.parts = new Map();
  }

  async addPart(entry: QueueEntry, part: StoredPart): Promise<void> {
    await this.#inTurn(entry, () => this.#journal.addPart(entry.record.id, part));
    entry.parts.set(part.partNumber, part);
  }

  subscribe(listener: (kind: ChangeKind) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(kind: ChangeKind): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener(kind);
  }

  /** `closedUntil`: until when the schedule lets nothing out to a destination, epoch ms. */
  snapshot(
    destinations: readonly DestinationState[],
    line: LineState,
    closedUntil: (destinationId: string) => number | null,
  ): UploadList {
    const now = this.#clock.now();
    const closed = new Map(destinations.map((state) => [state.id, state]));
    const uploads = this.ordered().map((entry) => {
      const { destinationId } = entry.record;
      return toUpload(entry, { now, closedUntil: closedUntil(destinationId), destination: closed.get(destinationId) });
    });
    return { revision: this.#revision, uploads, destinations, line, setAside: this.#setAside };
  }

  /**
   * One after the other per entry. Marks the entry while its journal cannot be written, so that the window says so and
   * the scheduler leaves it alone until the next try.
   */
  async #inTurn<T>(entry: QueueEntry, work: () => Promise<T>): Promise<T> {
    const turn = entry.commits.then(work);
    entry.commits = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (thrown) {
      const error = asUploadError(thrown);
      entry.journalTrouble = { error: toAppError(error), retryAt: this.#clock.now() + journalRetryMs };
      this.#onTrouble(entry);
      this.changed('status');
      throw error;
    }
  }
}
