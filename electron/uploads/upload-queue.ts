import { type DeletionKind, type LocalFileState, type UploadList, isPending } from '../../shared/upload.ts';
import { type AddRequest, addFiles } from './add-files.ts';
import { Alarms } from './alarms.ts';
import { DestinationGates } from './destination-gates.ts';
import { uploadEdits } from './edit-upload.ts';
import { GrowingFiles } from './growing-files.ts';
import { Holding } from './holding.ts';
import type { Intake, IntakeSettings } from './intake.ts';
import { Lanes } from './lanes.ts';
import { Line, type LineSettings } from './line.ts';
import { moveUpload } from './move-upload.ts';
import { type QueueEntry, noteSecond } from './queue-entry.ts';
import { type ChangeKind, QueueLedger } from './queue-ledger.ts';
import { UploadError } from './upload-error.ts';
import { UploadRuns } from './upload-runs.ts';
import { type UploadRecord, isOver } from './upload-record.ts';
import type { Destinations, FileDigests, HoldingFolder, StoredPart, UploadJournal, UploadLog } from './ports.ts';
import type { TransferSettings } from './run-context.ts';
import type { UploadEvent } from './upload-events.ts';
import { withoutRun } from './without-run.ts';

/** The name of the alarm that rings when the schedule brings another limit. No upload's id looks like it. */
const scheduleAlarm = 'schedule';

export interface QueueSettings extends TransferSettings, LineSettings, IntakeSettings {
  /** 1 to 8. */
  readonly filesInParallel: number;
  /** 1 to 32 to one destination, over all files; `auto` follows the link. */
  readonly partsInParallel: number | 'auto';
  /** Minutes a destination may be down before its videos are kept safe on this computer; null: never. */
  readonly holdAfterMinutes: number | null;
}

export interface QueueWorld extends Intake {
  readonly journal: UploadJournal;
  readonly destinations: Destinations;
  readonly digests: FileDigests;
  readonly holding: HoldingFolder;
  readonly log: UploadLog;
  /** An upload's object is there and verified. What goes wrong in here is logged and changes nothing about that. */
  readonly onCompleted?: (id: string) => Promise<void>;
  /** Read whenever something starts, so that changed settings hold from then on. */
  readonly settings: () => QueueSettings;
}

/** Owns the list of uploads. Commands come in here and snapshots go out; everything between is nobody's business. */
export class UploadQueue {
  /** Keys, sources, destinations and answers of single uploads. */
  readonly edit: ReturnType<typeof uploadEdits>;
  readonly #world: QueueWorld;
  readonly #ledger: QueueLedger;
  readonly #gates: DestinationGates;
  readonly #alarms: Alarms;
  readonly #line: Line;
  readonly #lanes: Lanes;
  readonly #runs: UploadRuns;
  readonly #growing: GrowingFiles;
  readonly #holding: Holding;
  /** Additions happen one after the other, so that a file that is dropped twice is known the second time. */
  #adding: Promise<unknown> = Promise.resolve();

  constructor(world: QueueWorld) {
    this.#world = world;
    this.#ledger = new QueueLedger(world, (entry) => this.#runs.tryJournalLater(entry));
    this.#alarms = new Alarms(world.clock);
    this.#line = new Line(world.clock, world.settings);
    this.#lanes = new Lanes({
      clock: world.clock,
      line: this.#line,
      partsInParallel: () => world.settings().partsInParallel,
      isLocal: (id) => world.destinations.rulesOf(id).isLocal,
      onSecond: () => this.#secondPassed(),
    });
    this.#gates = new DestinationGates(world.clock, world.destinations, (id, isOpen) => this.#gateMoved(id, isOpen));
    const hands = { ...world, ledger: this.#ledger, gates: this.#gates, alarms: this.#alarms };
    this.#runs = new UploadRuns({
      ...hands,
      line: this.#line,
      lanes: this.#lanes,
      release: (entry, isSent) => this.#holding.release(entry, isSent),
    });
    this.#growing = new GrowingFiles({ ...hands, intake: world, onReady: () => this.#runs.schedule() });
    this.#holding = new Holding({
      ...hands,
      folder: world.holding,
      holdAfterMinutes: () => world.settings().holdAfterMinutes,
    });
    this.edit = uploadEdits({
      world,
      ledger: this.#ledger,
      must: (id) => this.#must(id),
      find: (ids) => this.#find(ids),
      apply: (entry, event) => this.#apply(entry, event),
      withoutRun: (entry, work) => withoutRun(this.#runs, entry, work),
    });
  }

  /** Takes up what the journal kept and goes on with it. */
  async start(): Promise<void> {
    await this.#ledger.load();
    for (const entry of this.#ledger.ordered()) this.#growing.watch(entry);
    this.settingsChanged();
    await this.#holding.tidy().catch(() => this.#world.log.warn('holding-folder-unreadable', {}));
  }

  /** Ends every transfer in good order; what has arrived stays, and the journal knows. */
  async stop(): Promise<void> {
    await Promise.all([this.#runs.stop(), this.#holding.stop()]);
    this.#alarms.clearAll();
    this.#gates.stop();
  }

  snapshot(): UploadList {
    const line = this.#line.state(this.#lanes.connections);
    return this.#ledger.snapshot(this.#gates.states(), line, (id) => this.#runs.closedUntil(id));
  }

  subscribe(listener: (kind: ChangeKind) => void): () => void {
    return this.#ledger.subscribe(listener);
  }

  pendingCount(): number {
    return this.snapshot().uploads.filter(isPending).length;
  }

  /** The durable side of every upload in the list, in its order (queue-questions.ts asks it). */
  records(): readonly UploadRecord[] {
    return this.#ledger.ordered().map(({ record }) => record);
  }

  /** What a link is made of; null unless the object is there and verified. */
  completed(id: string): { readonly destinationId: string; readonly key: string; readonly name: string } | null {
    const record = this.#ledger.find(id)?.record;
    if (record === undefined || record.state.status !== 'completed') return null;
    return { destinationId: record.destinationId, key: record.key, name: record.source.name };
  }

  /** What a receipt is made of; null unless it is there. */
  proof(id: string): { readonly record: UploadRecord; readonly parts: readonly StoredPart[] } | null {
    const entry = this.#ledger.find(id);
    return entry?.record.state.status === 'completed' ? { record: entry.record, parts: [...entry.parts.values()] } : null;
  }

  /** Takes files and folders in, each file for itself: one that is refused does not keep the others out. */
  async add(paths: readonly string[], request: AddRequest): ReturnType<typeof addFiles> {
    const adding = {
      intake: this.#world,
      ledger: this.#ledger,
      takeAgain: (entry: QueueEntry) => this.#continue(entry),
      onAdded: (entry: QueueEntry) => this.#added(entry),
    };
    const turn = this.#adding.then(() => addFiles(adding, paths, request));
    // Also when the one that the others waited for did not get into the list.
    this.#adding = turn.then(() => this.#runs.schedule()).catch(() => undefined);
    return turn;
  }

  #added(entry: QueueEntry): void {
    this.#growing.watch(entry);
    this.#holding.added(entry);
    this.#runs.schedule();
  }

  /** A file that is dropped again continues where it stopped. */
  async #continue(entry: QueueEntry): Promise<void> {
    await this.#apply(entry, { type: entry.record.state.status === 'paused' ? 'resume-asked' : 'retry-asked' });
  }

  async pause(ids: readonly string[]): Promise<void> {
    await this.#command(ids, 'pause-asked');
  }

  async resume(ids: readonly string[]): Promise<void> {
    await this.#command(ids, 'resume-asked');
  }

  /** Also opens the gate the uploads wait at: a person who says "try now" means it. */
  async retry(ids: readonly string[]): Promise<void> {
    await this.#command(ids, 'retry-asked');
    for (const entry of this.#find(ids)) this.#gates.open(entry.record.destinationId);
  }

  async cancel(ids: readonly string[]): Promise<void> {
    await this.#command(ids, 'cancel-asked');
  }

  /** Takes rows that are over out of the list. The object stays. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const entry of this.#find(ids)) if (isOver(entry.record)) await this.#drop(entry);
  }

  /** Takes uploads out of the list whatever their destination has of them: a person has given it up. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const entry of this.#find(ids)) await withoutRun(this.#runs, entry, () => this.#drop(entry));
  }

  async move(id: string, where: 'up' | 'down' | 'first'): Promise<void> {
    await moveUpload(this.#ledger, id, where);
    this.#runs.schedule();
  }

  /** An object was deleted at its destination: whoever sent it remembers. */
  async noteDeleted(destinationId: string, key: string, deletion: DeletionKind): Promise<void> {
    const at = this.#world.clock.now();
    for (const entry of this.#ledger.ordered()) {
      const { record } = entry;
      if (record.destinationId !== destinationId || record.key !== key) continue;
      await this.#ledger.commit(entry, { type: 'object-deleted', at, deletion });
    }
  }

  async noteLocalFile(id: string, state: LocalFileState): Promise<void> {
    await this.#ledger.commit(this.#must(id), { type: 'local-file', state });
  }

  /** Settings, credentials or a person's word have changed something about a destination. */
  openDestination(destinationId: string): void {
    this.#gates.open(destinationId);
    this.#runs.schedule();
  }

  /** The computer woke up or got a network: what waits for one need not wait for its next probe. */
  wake(): void {
    this.#gates.openOffline();
    // Timers stand still while a computer sleeps: the schedule's next moment may have passed.
    this.settingsChanged();
  }

  settingsChanged(): void {
    this.#lanes.settingsChanged();
    this.#line.refresh();
    const { changesAt, closedUntil } = this.#line;
    if (changesAt === null) this.#alarms.clear(scheduleAlarm);
    else this.#alarms.set(scheduleAlarm, changesAt, () => this.settingsChanged());
    if (closedUntil !== null) void this.#runs.interruptUploads();
    for (const { id } of this.#gates.states()) this.#holding.gateMoved(id);
    this.#ledger.changed('status');
    this.#runs.schedule();
  }

  #secondPassed(): void {
    for (const entry of this.#ledger.ordered()) noteSecond(entry);
    this.#ledger.changed('progress');
  }

  async #command(
    ids: readonly string[],
    type: 'pause-asked' | 'resume-asked' | 'retry-asked' | 'cancel-asked',
  ): Promise<void> {
    await Promise.all(this.#find(ids).map((entry) => this.#apply(entry, { type })));
  }

  async #apply(entry: QueueEntry, event: UploadEvent): Promise<void> {
    await this.#ledger.commit(entry, event);
    const { status } = entry.record.state;
    if (status === 'paused' || status === 'canceling') await this.#runs.interrupt(entry);
    if (status !== 'waiting') this.#alarms.clear(entry.record.id);
    this.#growing.watch(entry);
    // The server has never heard of it: nothing has to be asked of a destination that may not answer.
    if (status === 'canceling' && entry.record.transfer.kind === 'none') await this.#drop(entry);
    this.#runs.schedule();
  }

  async #drop(entry: QueueEntry): Promise<void> {
    await this.#holding.release(entry, entry.record.state.status === 'completed');
    await this.#ledger.drop(entry);
  }

  #gateMoved(destinationId: string, isOpen: boolean): void {
    this.#ledger.changed('status');
    this.#holding.gateMoved(destinationId);
    if (!isOpen) return;
    const there = this.#ledger.ordered().filter(({ record }) => record.destinationId === destinationId);
    for (const { record } of there) if (record.state.status === 'canceling') this.#alarms.clear(record.id);
    void this.#runs.wakeAll(there.filter(({ record: { state } }) => state.status === 'waiting' && waitsForGate(state.reason)));
  }

  #find(ids: readonly string[]): readonly QueueEntry[] {
    return ids.map((id) => this.#ledger.find(id)).filter((entry) => entry !== undefined);
  }

  #must(id: string): QueueEntry {
    const entry = this.#ledger.find(id);
    if (entry === undefined) throw new UploadError('invalid-request');
    return entry;
  }
}

/** What ends when a destination answers again; the file, a time or another program end the others. */
const waitsForGate = (reason: string): boolean => !['source', 'backoff', 'growing'].includes(reason);
