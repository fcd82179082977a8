import type { Alarms } from './alarms.ts';
import type { DestinationGates } from './destination-gates.ts';
import type { QueueEntry } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';
import { checkSameContent } from './source-check.ts';
import { asUploadError } from './upload-error.ts';
import { isGrowing } from './upload-record.ts';
import type { Clock, HeldFile, HoldingFolder, SourceFiles, UploadLog } from './ports.ts';

const minuteMs = 60_000;
/** A copy that could not be made is tried again after so long, milliseconds. */
const againMs = 5 * minuteMs;

interface HoldingWorld {
  readonly ledger: QueueLedger;
  readonly gates: DestinationGates;
  readonly alarms: Alarms;
  readonly folder: HoldingFolder;
  readonly files: SourceFiles;
  readonly clock: Clock;
  readonly log: UploadLog;
  /** Minutes a destination may be down; null: nothing is held. */
  readonly holdAfterMinutes: () => number | null;
}

/**
 * Keeps videos safe on this computer while their destination is down: a proved copy becomes the source of the upload,
 * and the file itself may go. When the destination answers again the queue sends the copies as it sends everything, the
 * oldest first; a copy goes when its upload has been verified.
 */
export class Holding {
  readonly #world: HoldingWorld;
  readonly #stop = new AbortController();
  /** One copy at a time: several would only slow each other down. */
  #turn: Promise<void> = Promise.resolve();

  constructor(world: HoldingWorld) {
    this.#world = world;
  }

  stop(): Promise<void> {
    this.#stop.abort(new Error('stopped'));
    return this.#turn;
  }

  /** A destination has gone down, or has been opened again. */
  gateMoved(destinationId: string): void {
    const { gates, alarms, clock } = this.#world;
    const name = `hold ${destinationId}`;
    const patience = this.#patienceMs(destinationId);
    if (gates.isOpen(destinationId) || patience === null) return alarms.clear(name);
    if (!alarms.isSet(name)) alarms.set(name, clock.now() + patience, () => this.#holdAll(destinationId));
  }

  /** A new upload to a destination that has been down for a while. */
  added({ record }: QueueEntry): void {
    if (!this.#world.gates.isOpen(record.destinationId)) this.gateMoved(record.destinationId);
  }

  /** An upload is over, or leaves the list: so does its copy. `isSent`: the object is proved to be there. */
  async release(entry: QueueEntry, isSent: boolean): Promise<void> {
    const { ledger, folder, files } = this.#world;
    const { held, id, source } = entry.record;
    if (held === null) return;
    const original = isSent ? null : await files.fingerprint(held.path).catch(() => null);
    const isThere = original !== null && original.size === source.size && original.sample === source.sample;
    if (isSent || isThere) await folder.discard(id);
    // What a person throws away may be the only one there is: the file has gone, or another has its place.
    else await folder.putAside(id);
    await ledger.commit(entry, { type: 'released' });
  }

  /** Copies that a crash left behind: each belongs to an upload that reads from it, or goes. */
  async tidy(): Promise<void> {
    const { ledger, folder, log } = this.#world;
    for (const copy of await folder.held()) {
      const entry = ledger.find(copy.id);
      // A record that could not be read at this start may be read at the next, and will want its copy.
      if (entry === undefined && ledger.setAside > 0) continue;
      if (entry === undefined) await folder.putAside(copy.id);
      else if (entry.record.held === null) await this.#adopt(entry, copy);
      else if (entry.record.state.status === 'completed') await this.release(entry, true);
      else continue;
      log.info('held-copy-tidied', { id: copy.id });
    }
  }

  /** The app ended between the copy and the note of it: it counts when the file itself is gone, and is that file. */
  async #adopt(entry: QueueEntry, { id, path, mtimeMs }: HeldFile & { readonly id: string }): Promise<void> {
    const { ledger, folder, files, clock } = this.#world;
    const { size, sample } = entry.record.source;
    const original = await files.fingerprint(entry.record.source.path).catch(() => null);
    if (original?.sample === sample) return folder.discard(id);
    const copy = await files.fingerprint(path);
    if (copy.size === size && copy.sample === sample) await ledger.commit(entry, { type: 'held', path, mtimeMs, at: clock.now() });
    else await folder.putAside(id);
  }

  #patienceMs(destinationId: string): number | null {
    const minutes = this.#world.holdAfterMinutes();
    const state = this.#world.gates.states().find(({ id }) => id === destinationId);
    if (minutes === null || state === undefined || state.state === 'ready') return null;
    // Without a key it will not come back by itself.
    return state.error?.code === 'credentials-missing' ? 0 : minutes * minuteMs;
  }

  #holdAll(destinationId: string): void {
    const { ledger, alarms, clock, gates } = this.#world;
    for (const entry of ledger.ordered()) {
      if (entry.record.destinationId !== destinationId) continue;
      this.#turn = this.#turn.then(() => this.#hold(entry));
    }
    // Whatever comes later, or could not be copied, is looked at again while the destination is down.
    void this.#turn.then(() => {
      if (!gates.isOpen(destinationId) && !this.#stop.signal.aborted) {
        alarms.set(`hold ${destinationId}`, clock.now() + againMs, () => this.#holdAll(destinationId));
      }
    });
  }

  async #hold(entry: QueueEntry): Promise<void> {
    const { ledger, folder, files, gates, clock, log } = this.#world;
    if (this.#stop.signal.aborted || gates.isOpen(entry.record.destinationId) || !needsHolding(entry)) return;
    entry.holding = 'copying';
    ledger.changed('status');
    try {
      const { id, source } = entry.record;
      // A file that is another by now is not what is to be sent: the run asks about it.
      await checkSameContent(files, source);
      const { path, mtimeMs } = await folder.keep(id, source.path, this.#stop.signal);
      await checkSameContent(files, { ...source, path, mtimeMs }).catch(async (error: unknown) => {
        await folder.discard(id);
        throw error;
      });
      // It may have been canceled meanwhile, or have begun to be sent.
      if (needsHolding(entry)) await ledger.commit(entry, { type: 'held', path, mtimeMs, at: clock.now() });
      else await folder.discard(entry.record.id);
      entry.holding = null;
    } catch (thrown) {
      const { code } = asUploadError(thrown);
      entry.holding = code === 'disk-full' ? 'no-room' : null;
      log.warn('not-held', { id: entry.record.id, code });
    }
    ledger.changed('status');
  }
}

/** Not yet held, not running, and waiting for its destination. */
function needsHolding({ record, run }: QueueEntry): boolean {
  const { status } = record.state;
  return record.held === null && run === null && !isGrowing(record) && (status === 'queued' || status === 'waiting');
}
