import { assertNever } from '../../shared/errors.ts';
import type { Alarms } from './alarms.ts';
import { cancelUpload } from './cancel-upload.ts';
import type { DestinationGates } from './destination-gates.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Lane } from './lane.ts';
import type { Lanes } from './lanes.ts';
import type { Line } from './line.ts';
import { type QueueEntry, isOccupied, newRun, noteProgress, settleProgress } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';
import { backoffMs } from './retry-policy.ts';
import type { RunContext, TransferSettings } from './run-context.ts';
import { releaseCopy, tellCompleted } from './after-upload.ts';
import { runUpload } from './run-upload.ts';
import { asUploadError, toAppError } from './upload-error.ts';
import type { Clock, Destinations, FileDigests, ObjectStorage, SourceFiles, UploadLog } from './ports.ts';

/** Between two tries of a cancel that the server has not confirmed, milliseconds. */
const cancelRetryMs = 15_000;
/** A shorter wait is over before it is read: the row would flicker. Milliseconds. */
const shortestToldWaitMs = 1_000;
/** How often a missing file is looked for, milliseconds. */
const sourceCheckMs = 3_000;

export interface RunsWorld {
  readonly ledger: QueueLedger;
  readonly gates: DestinationGates;
  readonly alarms: Alarms;
  readonly line: Line;
  readonly lanes: Lanes;
  readonly files: SourceFiles;
  readonly digests: FileDigests;
  readonly clock: Clock;
  readonly destinations: Destinations;
  readonly log: UploadLog;
  readonly newId: () => string;
  readonly onCompleted?: (id: string) => Promise<void>;
  /** Lets go of the copy in the holding folder, before an upload leaves the list or when it is proved to be there. */
  readonly release: (entry: QueueEntry, isSent: boolean) => Promise<void>;
  readonly settings: () => TransferSettings & { readonly filesInParallel: number };
}

/** Decides which uploads run, runs them, and turns how a run ended into the state that follows. */
export class UploadRuns {
  readonly #world: RunsWorld;
  readonly #running = new Set<QueueEntry>();
  #isStopped = false;

  constructor(world: RunsWorld) {
    this.#world = world;
  }

  /** Starts what may run now. Called after everything that may have made room. */
  schedule(): void {
    if (this.#isStopped) return;
    const { ledger } = this.#world;
    for (const entry of ledger.canceling()) {
      if (!isOccupied(entry) && this.#mayCancel(entry)) this.#start(entry, (context) => this.#cancel(entry, context));
    }
    let free = this.#room();
    const { arrivingAt } = ledger;
    for (const entry of ledger.live()) {
      // Of thousands that wait, only those are looked at that may get the room.
      if (free <= 0 || entry.record.position > arrivingAt) break;
      if (isOccupied(entry) || !this.#mayUpload(entry)) continue;
      free -= 1;
      this.#start(entry, (context) => this.#upload(entry, context));
    }
  }

  /** How many uploads more may begin. */
  #room(): number {
    const running = [...this.#running].filter(({ record }) => record.state.status !== 'canceling');
    // One more may begin while the last parts of another are on their way: the line is not to idle in between.
    const draining = Math.min(1, running.filter(({ run }) => run?.isDraining === true).length);
    return this.#world.settings().filesInParallel + draining - running.length;
  }

  #mayUpload({ record: { state, destinationId } }: QueueEntry): boolean {
    // `uploading` without a run: its last commit could not be journaled.
    const isDue = state.status === 'queued' || state.status === 'uploading' || state.status === 'completing';
    return isDue && this.#world.gates.isOpen(destinationId) && this.closedUntil(destinationId) === null;
  }

  /** Until when the schedule lets nothing out, epoch ms; never what goes to a disk of this computer. */
  closedUntil(destinationId: string): number | null {
    const { line, destinations } = this.#world;
    return destinations.rulesOf(destinationId).isLocal ? null : line.closedUntil;
  }

  #mayCancel({ record: { state, destinationId, id } }: QueueEntry): boolean {
    const { gates, alarms } = this.#world;
    return state.status === 'canceling' && gates.isOpenForCancel(destinationId) && !alarms.isSet(id);
  }

  /** The schedule lets nothing out any more. What is only to be put together by the server may be. */
  async interruptUploads(): Promise<void> {
    const sending = this.#world.ledger
      .ordered()
      .filter(({ record }) => record.state.status === 'uploading' && this.closedUntil(record.destinationId) !== null);
    await Promise.all(sending.map((entry) => this.interrupt(entry)));
  }

  /** Cuts a run off and waits until nothing of it is in flight. */
  async interrupt(entry: QueueEntry): Promise<void> {
    entry.run?.controller.abort(new Error('interrupted'));
    await entry.run?.settled;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#world.ledger.ordered().map((entry) => this.interrupt(entry)));
  }

  #start(entry: QueueEntry, work: (context: RunContext) => Promise<Outcome>): void {
    const controller = new AbortController();
    const openings = this.#world.gates.openings(entry.record.destinationId);
    const run = async (): Promise<void> => {
      try {
        const storage = await this.#world.destinations.storageFor(entry.record.destinationId);
        const { lane, leave } = this.#world.lanes.enter(entry.record.destinationId, storage);
        try {
          await this.#settle(entry, await work(this.#context(entry, { storage, lane }, controller.signal)), openings);
        } finally {
          leave();
        }
      } catch (thrown) {
        // The destination has no credentials, or the journal cannot be written.
        const outcome = outcomeOf(thrown, controller.signal.aborted);
        await this.#settle(entry, outcome, openings).catch((error: unknown) =>
          this.#world.log.warn('not-journaled', { id: entry.record.id, code: asUploadError(error).code }),
        );
      }
    };
    const settled = run().finally(() => {
      entry.run = null;
      this.#running.delete(entry);
      settleProgress(entry);
      this.#world.ledger.changed('status');
      this.schedule();
    });
    entry.run = newRun(controller, settled, entry.liveBytes);
    this.#running.add(entry);
  }

  /** What could not be journaled has not happened: after a while the upload goes on from the state it is in. */
  tryJournalLater(entry: QueueEntry): void {
    const at = entry.journalTrouble?.retryAt ?? this.#world.clock.now();
    this.#world.alarms.set(`journal ${entry.record.id}`, at, () => {
      entry.journalTrouble = null;
      this.#world.ledger.changed('status');
      const { state, destinationId } = entry.record;
      const isForgotten = state.status === 'waiting' && !this.#world.alarms.isSet(entry.record.id);
      if (isForgotten && state.reason === 'source') this.#watchForSource(entry);
      else if (isForgotten && this.#world.gates.isOpen(destinationId)) this.wake(entry);
      else this.schedule();
    });
  }

  #context(
    entry: QueueEntry,
    way: { readonly storage: ObjectStorage; readonly lane: Lane },
    signal: AbortSignal,
  ): RunContext {
    const { ledger, files, digests, clock, log, settings, newId: newToken } = this.#world;
    return {
      ...way,
      files,
      digests,
      clock,
      log,
      signal,
      newToken,
      settings: settings(),
      record: () => entry.record,
      isKeyTaken: (key) => ledger.isKeyTaken(key, entry.record.destinationId),
      knownParts: () => entry.parts,
      commit: (event) => ledger.commit(entry, event),
      beginParts: () => ledger.beginParts(entry),
      addPart: (part) => ledger.addPart(entry, part),
      onProgress: (progress) => {
        noteProgress(entry, progress, clock.now());
        ledger.changed('progress');
      },
      onRetrying: (wait) => {
        const isWorthTelling = wait !== null && wait.retryAt - clock.now() >= shortestToldWaitMs;
        if (!isWorthTelling && entry.retrying === null) return;
        entry.retrying = isWorthTelling ? { error: toAppError(wait.error), retryAt: wait.retryAt } : null;
        ledger.changed('status');
      },
      onResending: (again) => {
        entry.resending = again === null ? null : { parts: again.parts, error: toAppError(again.error) };
        ledger.changed('progress');
      },
      onDraining: () => {
        if (entry.run !== null) entry.run.isDraining = true;
        this.schedule();
      },
    };
  }

  async #upload(entry: QueueEntry, context: RunContext): Promise<Outcome> {
    const { ledger, alarms } = this.#world;
    alarms.clear(entry.record.id);
    await ledger.commit(entry, { type: 'started' });
    const partsBefore = entry.parts.size;
    const outcome = await runUpload(context);
    if (entry.parts.size > partsBefore) await ledger.commit(entry, { type: 'progressed' });
    if (entry.record.state.status === 'completed') await tellCompleted(this.#world, entry);
    if (entry.record.state.status === 'skipped') await releaseCopy(this.#world, entry, false);
    return outcome;
  }

  async #cancel(entry: QueueEntry, context: RunContext): Promise<Outcome> {
    const outcome = await cancelUpload(context);
    if (outcome.kind === 'completed') await tellCompleted(this.#world, entry);
    if (outcome.kind === 'interrupted' && !context.signal.aborted) {
      await this.#world.release(entry, false);
      await this.#world.ledger.drop(entry);
    }
    return outcome;
  }

  /**
   * The state that follows a run. A state that a person set meanwhile stays (see `next`). `openings`: how often the
   * gate had been opened when the run began.
   */
  async #settle(entry: QueueEntry, outcome: Outcome, openings: number): Promise<void> {
    const { ledger, gates, alarms, clock } = this.#world;
    const { destinationId, id, attempts } = entry.record;
    if (outcome.kind === 'completed' || outcome.kind === 'interrupted') return;
    const error = toAppError(outcome.error);
    // A cancel has no state of its own to wait in, and asks again also where the destination refuses.
    if (entry.record.state.status === 'canceling') alarms.set(id, clock.now() + cancelRetryMs, () => this.schedule());
    this.#world.log.warn('run-ended', { id, outcome: outcome.kind, code: error.code, detail: error.detail ?? null });
    const wait = (
      reason: 'offline' | 'backoff' | 'rate-limited' | 'source' | 'destination',
      retryAt: number | null,
    ): Promise<void> =>
      ledger.commit(entry, { type: 'waited', reason, retryAt, error, spendsAttempt: reason === 'backoff' });
    const retryAfterMs = Math.max(
      backoffMs(attempts + 1, () => clock.random()),
      outcome.error.facts.retryAfterMs ?? 0,
    );
    switch (outcome.kind) {
      case 'offline':
      case 'blocked':
        await wait(outcome.kind === 'offline' ? 'offline' : 'destination', null);
        // New keys, or a "try now", came while the run was still at it with the old ones: that is worth another run.
        if (gates.openings(destinationId) !== openings) return this.wake(entry);
        if (outcome.kind === 'offline') return gates.closeOffline(destinationId, error);
        return gates.closeBlocked(destinationId, error);
      case 'rate-limited':
        await wait('rate-limited', clock.now() + retryAfterMs);
        return gates.closeUntil(destinationId, error, clock.now() + retryAfterMs);
      case 'retry':
        if (outcome.error.code === 'journal-unwritable') return;
        if (entry.record.state.status === 'canceling') return;
        await wait('backoff', clock.now() + retryAfterMs);
        return alarms.set(id, clock.now() + retryAfterMs, () => this.wake(entry));
      case 'source-missing':
        await wait('source', null);
        return this.#watchForSource(entry);
      case 'failed':
        return ledger.commit(entry, { type: 'failed', error, existing: outcome.error.facts.existing });
      default:
        return assertNever(outcome);
    }
  }

  /** The reason for waiting is over; also asked by the person ("try now") and when a gate opens. */
  wake(entry: QueueEntry): void {
    void this.wakeAll([entry]);
  }

  /** None of them begins before all are awake: they go in the order of the queue. */
  async wakeAll(entries: readonly QueueEntry[]): Promise<void> {
    const { ledger, log } = this.#world;
    const waking = entries.map((entry) =>
      ledger.commit(entry, { type: 'woken' }).catch((error: unknown) => {
        log.warn('not-journaled', { id: entry.record.id, code: asUploadError(error).code });
      }),
    );
    await Promise.all(waking);
    this.schedule();
  }

  #watchForSource(entry: QueueEntry): void {
    const { alarms, clock, files } = this.#world;
    alarms.set(entry.record.id, clock.now() + sourceCheckMs, () => {
      if (entry.record.state.status !== 'waiting') return;
      files.stat(entry.record.source.path).then(
        () => this.wake(entry),
        () => this.#watchForSource(entry),
      );
    });
  }
}
