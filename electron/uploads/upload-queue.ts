import { keyProblem } from '../../shared/object-key.ts';
import type { AddReport } from '../../shared/ipc.ts';
import { type UploadList, isPending } from '../../shared/upload.ts';
import { addFiles, isKeyTaken } from './add-files.ts';
import { Alarms } from './alarms.ts';
import { DestinationGates } from './destination-gates.ts';
import { dropOldVersion } from './drop-old-version.ts';
import { type Intake, inspectSource } from './intake.ts';
import { Lanes } from './lanes.ts';
import { Line, type LineSettings } from './line.ts';
import { type QueueEntry, noteSecond } from './queue-entry.ts';
import { type ChangeKind, QueueLedger } from './queue-ledger.ts';
import { UploadError } from './upload-error.ts';
import { UploadRuns } from './upload-runs.ts';
import { type UploadRecord, isKeyFrozen } from './upload-record.ts';
import type { Destinations, FileDigests, StoredPart, UploadJournal, UploadLog } from './ports.ts';
import type { TransferSettings } from './run-context.ts';
import type { UploadEvent } from './upload-transitions.ts';


/** The name of the alarm that rings when the schedule brings another limit. No upload's id looks like it. */
const scheduleAlarm = 'schedule';

export interface QueueSettings extends TransferSettings, LineSettings {
  /** 1 to 8. */
  readonly filesInParallel: number;
  /** 1 to 32 to one destination, over all files; `auto` follows the link. */
  readonly partsInParallel: number | 'auto';
}

export interface QueueWorld extends Intake {
  readonly journal: UploadJournal;
  readonly destinations: Destinations;
  readonly digests: FileDigests;
  readonly log: UploadLog;
  /** An upload's object is there and verified. What goes wrong in here is logged and changes nothing about that. */
  readonly onCompleted?: (id: string) => Promise<void>;
  /** Read whenever something starts, so that changed settings hold from then on. */
  readonly settings: () => QueueSettings;
}

/** Owns the list of uploads. Commands come in here and snapshots go out; everything between is nobody's business. */
export class UploadQueue {
  readonly #world: QueueWorld;
  readonly #ledger: QueueLedger;
  readonly #gates: DestinationGates;
  readonly #alarms: Alarms;
  readonly #line: Line;
  readonly #lanes: Lanes;
  readonly #runs: UploadRuns;
  /** Additions happen one after the other, so that keys and positions are unique. */
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
      onSecond: () => this.#secondPassed(),
    });
    this.#gates = new DestinationGates(world.clock, world.destinations, (id, isOpen) => this.#gateMoved(id, isOpen));
    this.#runs = new UploadRuns({
      ...world,
      ledger: this.#ledger,
      gates: this.#gates,
      alarms: this.#alarms,
      line: this.#line,
      lanes: this.#lanes,
    });
  }

  /** Takes up what the journal kept and goes on with it. */
  async start(): Promise<void> {
    await this.#ledger.load();
    this.settingsChanged();
  }

  /** Ends every transfer in good order; what has arrived stays, and the journal knows. */
  async stop(): Promise<void> {
    await this.#runs.stop();
    this.#alarms.clearAll();
    this.#gates.stop();
  }

  snapshot(): UploadList {
    const line = this.#line.state(this.#lanes.connections);
    return this.#ledger.snapshot(this.#gates.states(), line, this.#line.closedUntil);
  }

  subscribe(listener: (kind: ChangeKind) => void): () => void {
    return this.#ledger.subscribe(listener);
  }

  pendingCount(): number {
    return this.snapshot().uploads.filter(isPending).length;
  }

  hasUploadsFor(destinationId: string): boolean {
    return this.#ledger
      .ordered()
      .some(({ record }) => record.destinationId === destinationId && record.state.status !== 'completed');
  }

  /** What a link is made of; null unless the object is there and verified. */
  completed(id: string): { readonly destinationId: string; readonly key: string; readonly name: string } | null {
    const record = this.#ledger.find(id)?.record;
    if (record === undefined || record.state.status !== 'completed') return null;
    return { destinationId: record.destinationId, key: record.key, name: record.source.name };
  }

  /** What a receipt is made of; null unless the object is there and verified. */
  proof(id: string): { readonly record: UploadRecord; readonly parts: readonly StoredPart[] } | null {
    const entry = this.#ledger.find(id);
    return entry?.record.state.status === 'completed' ? { record: entry.record, parts: [...entry.parts.values()] } : null;
  }

  /** Takes files in, each for itself: one that is refused does not keep the others out. */
  async add(paths: readonly string[], destinationId: string): Promise<AddReport> {
    const adding = {
      intake: this.#world,
      ledger: this.#ledger,
      takeAgain: (entry: QueueEntry) => this.#continue(entry),
      onAdded: () => this.#runs.schedule(),
    };
    const turn = this.#adding.then(() => addFiles(adding, paths, destinationId));
    this.#adding = turn.catch(() => undefined);
    return turn;
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

  /** Takes finished rows out of the list. The object stays. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const entry of this.#find(ids)) {
      if (entry.record.state.status === 'completed') await this.#ledger.drop(entry);
    }
  }

  async move(id: string, where: 'up' | 'down' | 'first'): Promise<void> {
    const entries = this.#ledger.ordered();
    const index = entries.findIndex((entry) => entry.record.id === id);
    const entry = entries[index];
    if (entry === undefined) return;
    const neighbours = { up: [index - 2, index - 1], down: [index + 1, index + 2], first: [-1, 0] }[where];
    const [before, after] = neighbours.map((n) => entries[n]?.record.position);
    if (before === undefined && after === undefined) return;
    const position =
      before === undefined ? (after ?? 0) - 1 : after === undefined ? before + 1 : (before + after) / 2;
    // Halving runs out of numbers after some fifty moves into the same gap.
    if (position === before || position === after) await this.#renumber();
    if (position === before || position === after) return this.move(id, where);
    await this.#ledger.commit(entry, { type: 'moved', position });
    this.#runs.schedule();
  }

  async #renumber(): Promise<void> {
    for (const [n, entry] of this.#ledger.ordered().entries()) {
      await this.#ledger.commit(entry, { type: 'moved', position: n + 1 });
    }
  }

  /** Rejects with `invalid-key`, or `key-taken` when another upload of the queue has the key. */
  async setKey(id: string, key: string): Promise<void> {
    const normal = key.normalize('NFC');
    if (keyProblem(normal) !== null) throw new UploadError('invalid-key');
    const entry = this.#must(id);
    if (isKeyFrozen(entry.record)) throw new UploadError('invalid-request');
    if (entry.record.key === normal) return;
    if (isKeyTaken(this.#ledger, normal, entry.record.destinationId)) throw new UploadError('key-taken');
    await this.#apply(entry, { type: 'key-set', key: normal });
  }

  /** A person says that the object under the key may be replaced. */
  async replaceObject(id: string): Promise<void> {
    await this.#apply(this.#must(id), { type: 'replace-allowed' });
  }

  /** The file is elsewhere now. Rejects with `source-changed` when it is not the same content. */
  async locate(id: string, path: string): Promise<void> {
    const entry = this.#must(id);
    const resolved = await this.#world.files.resolve(path);
    const found = await this.#world.files.fingerprint(resolved);
    const { size, sample } = entry.record.source;
    if (found.size !== size || found.sample !== sample) throw new UploadError('source-changed');
    const source = { path: resolved, name: entry.record.source.name, ...found };
    await this.#apply(entry, { type: 'source-set', source });
  }

  /** The file has changed, and the new content is what is wanted: what was sent of the old is dropped. */
  async restart(id: string): Promise<void> {
    const entry = this.#must(id);
    const { transfer, source, state } = entry.record;
    if (state.status !== 'failed' && state.status !== 'waiting' && state.status !== 'paused') {
      throw new UploadError('invalid-request');
    }
    const fresh = await inspectSource(this.#world, source.path);
    const mayReplace = transfer.kind !== 'none' && (await dropOldVersion(this.#world, entry.record));
    await this.#ledger.commit(entry, { type: 'restarted', notice: null, token: this.#world.newId(), mayReplace });
    await this.#apply(entry, { type: 'source-set', source: { ...fresh, name: source.name } });
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
    // The server has never heard of it: nothing has to be asked of a destination that may not answer.
    if (status === 'canceling' && entry.record.transfer.kind === 'none') await this.#ledger.drop(entry);
    this.#runs.schedule();
  }

  #gateMoved(destinationId: string, isOpen: boolean): void {
    this.#ledger.changed('status');
    if (!isOpen) return;
    for (const entry of this.#ledger.ordered()) {
      const { state, id } = entry.record;
      if (entry.record.destinationId !== destinationId) continue;
      const waitsHere = state.status === 'waiting' && state.reason !== 'source' && state.reason !== 'backoff';
      if (waitsHere) this.#runs.wake(entry);
      if (state.status === 'canceling') this.#alarms.clear(id);
    }
    this.#runs.schedule();
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
