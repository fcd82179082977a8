import { type Intake, inspectSource, restMs } from './intake.ts';
import type { Alarms } from './alarms.ts';
import type { QueueEntry } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';
import { asUploadError, toAppError } from './upload-error.ts';
import type { UploadLog } from './ports.ts';

/** How often files that are being written are looked at, milliseconds. */
const lookEveryMs = 2_000;
/** The same for a file of no bytes, which is one that somebody has only begun. */
const emptyRestMs = 10 * 60_000;
/** A file that has been away for so long was not only renamed. */
const goneMs = 30_000;
/** The name of the alarm. No upload's id looks like it. */
const alarm = 'growing files';

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
  /** Since when a file has not been there, epoch milliseconds. */
  readonly #missing = new Map<string, number>();

  constructor(world: GrowingWorld) {
    this.#world = world;
  }

  /** Whether the upload waits for its file; if so, its file is looked at from now on. */
  watch(entry: QueueEntry): void {
    const { alarms, intake, log } = this.#world;
    if (!isWaiting(entry) || alarms.isSet(alarm)) return;
    alarms.set(alarm, intake.clock.now() + lookEveryMs, () => {
      this.#look()
        .catch((error: unknown) => log.warn('growing-files-unseen', { code: asUploadError(error).code }))
        .finally(() => {
          const [next] = this.#waiting();
          if (next !== undefined) this.watch(next);
        });
    });
  }

  #waiting(): readonly QueueEntry[] {
    return this.#world.ledger.ordered().filter(isWaiting);
  }

  /** All of them in one round: asking who has files open costs the same for one and for thousands. */
  async #look(): Promise<void> {
    const { files } = this.#world.intake;
    const waiting = this.#waiting();
    const ids = new Set(waiting.map(({ record }) => record.id));
    for (const known of [this.#seen, this.#missing]) for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    const resting: QueueEntry[] = [];
    for (const entry of waiting) {
      const facts = await files.stat(entry.record.source.path).catch(() => null);
      await this.#noteMissing(entry, facts === null);
      if (facts !== null && this.#isResting(entry, facts)) resting.push(entry);
    }
    const open = await files.openForWriting(resting.map(({ record }) => record.source.path));
    for (const entry of resting) if (!open.has(entry.record.source.path)) await this.#admit(entry);
    if (resting.length > 0) this.#world.onReady();
  }

  async #admit(entry: QueueEntry): Promise<void> {
    const { intake, ledger, log } = this.#world;
    const { id, source: before } = entry.record;
    const seen = this.#seen.get(id);
    try {
      const source = await inspectSource(intake, before.path);
      // It went on in the moment in which it was looked at.
      if (source.size !== seen?.size || source.mtimeMs !== seen.mtimeMs) return;
      await ledger.commit(entry, { type: 'source-set', source: { ...source, name: before.name } });
    } catch (thrown) {
      const error = asUploadError(thrown);
      if (error.code === 'source-missing' || error.code === 'journal-unwritable') {
        log.warn('growing-file-waits', { id, code: error.code });
      } else await ledger.commit(entry, { type: 'failed', error: toAppError(error) });
    }
  }

  #isResting({ record }: QueueEntry, { size, mtimeMs }: Pick<Seen, 'size' | 'mtimeMs'>): boolean {
    const now = this.#world.intake.clock.now();
    const { source } = record;
    const before = this.#seen.get(record.id) ?? { size: source.size, mtimeMs: source.mtimeMs, since: now - lookEveryMs };
    const isSame = before.size === size && before.mtimeMs === mtimeMs;
    const seen = { size, mtimeMs, since: isSame ? before.since : now };
    this.#seen.set(record.id, seen);
    // Browsers put an empty file in the place of a download before its first byte.
    return now - seen.since >= (size === 0 ? emptyRestMs : restMs);
  }

  /** A download goes away for a moment when it gets its name. One that stays away is missing, and said to be. */
  async #noteMissing(entry: QueueEntry, isMissing: boolean): Promise<void> {
    const { ledger, intake } = this.#world;
    const { id, state } = entry.record;
    if (!isMissing) this.#missing.delete(id);
    else if (!this.#missing.has(id)) this.#missing.set(id, intake.clock.now());
    const isGone = intake.clock.now() - (this.#missing.get(id) ?? Infinity) >= goneMs;
    const code = isGone ? 'source-missing' : 'source-growing';
    if (state.status !== 'waiting' || state.error.code === code) return;
    await ledger.commit(entry, { type: 'waited', reason: 'growing', retryAt: null, error: { code }, spendsAttempt: false });
  }
}

const isWaiting = ({ record: { state } }: QueueEntry): boolean => state.status === 'waiting' && state.reason === 'growing';
