import { type Intake, inspectSource, restMs } from './intake.ts';
import type { Alarms } from './alarms.ts';
import type { QueueEntry } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';
import { asUploadError, toAppError } from './upload-error.ts';
import type { UploadLog } from './ports.ts';

/** How often a file that is being written is looked at, milliseconds. */
const lookEveryMs = 2_000;

interface GrowingWorld {
  readonly intake: Pick<Intake, 'files' | 'clock' | 'refuseContent'>;
  readonly ledger: QueueLedger;
  readonly alarms: Alarms;
  readonly log: UploadLog;
  readonly onReady: () => void;
}

/** What a file was at the last look, and since when. */
interface Seen {
  readonly size: number;
  readonly mtimeMs: number;
  readonly since: number;
}

/** Lets uploads begin by themselves when the program that writes their file has finished with it. */
export class GrowingFiles {
  readonly #world: GrowingWorld;
  readonly #seen = new Map<string, Seen>();

  constructor(world: GrowingWorld) {
    this.#world = world;
  }

  /** Watches the entry's file if it is one that is being written; asked again it goes on as before. */
  watch(entry: QueueEntry): void {
    const { alarms, intake, log } = this.#world;
    const { id } = entry.record;
    const name = `growing ${id}`;
    if (!isWaiting(entry) || alarms.isSet(name)) return;
    alarms.set(name, intake.clock.now() + lookEveryMs, () => {
      this.#look(entry)
        .catch((error: unknown) => log.warn('growing-file-lost', { id, code: asUploadError(error).code }))
        .finally(() => {
          if (isWaiting(entry)) this.watch(entry);
          else this.#seen.delete(id);
        });
    });
  }

  async #look(entry: QueueEntry): Promise<void> {
    if (!isWaiting(entry)) return;
    const { intake, ledger } = this.#world;
    const { path, name } = entry.record.source;
    const [facts, open] = await Promise.all([intake.files.stat(path), intake.files.openForWriting([path])]);
    if (!this.#isResting(entry, facts) || open.has(path)) return;
    try {
      const source = await inspectSource(intake, path);
      // It went on in the moment in which it was looked at.
      if (source.size !== facts.size || source.mtimeMs !== facts.mtimeMs) return;
      await ledger.commit(entry, { type: 'source-set', source: { ...source, name } });
    } catch (thrown) {
      const error = asUploadError(thrown);
      if (error.code === 'source-missing' || error.code === 'journal-unwritable') throw error;
      await ledger.commit(entry, { type: 'failed', error: toAppError(error) });
    }
    this.#world.onReady();
  }

  #isResting({ record }: QueueEntry, { size, mtimeMs }: Pick<Seen, 'size' | 'mtimeMs'>): boolean {
    const now = this.#world.intake.clock.now();
    const before = this.#seen.get(record.id) ?? { size: record.source.size, mtimeMs: record.source.mtimeMs, since: now - lookEveryMs };
    const isSame = before.size === size && before.mtimeMs === mtimeMs;
    const seen = { size, mtimeMs, since: isSame ? before.since : now };
    this.#seen.set(record.id, seen);
    return now - seen.since >= restMs;
  }
}

const isWaiting = ({ record: { state } }: QueueEntry): boolean => state.status === 'waiting' && state.reason === 'growing';
