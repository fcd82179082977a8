import type { AppError } from '../../shared/errors.ts';
import type { MigrationRequest, MigrationRow, MigrationState } from '../../shared/migration.ts';
import { UploadError, asUploadError, toAppError } from '../uploads/upload-error.ts';
import { folderName } from './folder-source.ts';
import { writeMap } from './migration-map.ts';
import type { MigrationHead, MigrationWorld } from './migration-ports.ts';
import { MigrationProgress } from './migration-progress.ts';
import { MigrationRows } from './migration-rows.ts';
import type { MigrationSender } from './migration-sender.ts';
import { planMigration } from './plan-migration.ts';

type Phase = MigrationState['phase'];
type ChangeKind = 'status' | 'progress';

/** Rows that are written down together while a plan is made. */
const notedTogether = 200;

/** What is under way, and how it is ended. */
interface Work {
  readonly controller: AbortController;
  readonly settled: Promise<void>;
}

/**
 * The one migration: planned (nothing is sent), run, and gone on with after a restart. A plan and a run are begun here,
 * and the state tells how they end.
 */
export class Migration {
  readonly #world: MigrationWorld;
  readonly #rows = new MigrationRows();
  readonly #progress = new MigrationProgress();
  readonly #listeners = new Set<(kind: ChangeKind) => void>();
  #phase: Phase = 'idle';
  #head: MigrationHead | null = null;
  /** Another one for every plan. */
  #plan = {};
  #folder: string | null = null;
  #total: number | null = null;
  #error: AppError | null = null;
  #work: Work | null = null;
  #sender: MigrationSender | null = null;
  #revision = 0;

  constructor(world: MigrationWorld) {
    this.#world = world;
  }

  /** Takes up what was under way when the app ended. A plan that was not whole is made again when a person wants it. */
  async start(): Promise<void> {
    const kept = await this.#world.store.load().catch(() => null);
    if (kept === null || this.#head !== null) return;
    const { head, rows } = kept;
    this.#head = head;
    this.#folder = head.folder;
    if (head.phase !== 'planning') {
      for (const row of rows) this.#rows.set(row);
      this.#phase = head.phase;
    }
    if (head.phase === 'running') this.#begin('running', (signal) => this.#send(signal, false));
    this.#changed('status');
  }

  /** Ends in good order; what was running goes on at the next start. */
  async close(): Promise<void> {
    const work = this.#work;
    this.#work = null;
    work?.controller.abort(new Error('closing'));
    await work?.settled;
  }

  subscribe(listener: (kind: ChangeKind) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Of the run that is under way. */
  get sender(): MigrationSender | null {
    return this.#sender;
  }

  snapshot(): MigrationState {
    const head = this.#head;
    const left = head === null ? [] : this.#rows.toSend(head.request.onDifferent);
    return {
      revision: this.#revision,
      phase: this.#phase,
      request: head?.request ?? null,
      isPlanned: this.#isPlanned,
      sourceName: head?.sourceName ?? '',
      folderName: this.#folder === null ? null : folderName(this.#folder),
      counts: this.#rows.counts(),
      looked: this.#rows.size,
      total: this.#total,
      left: { videos: left.length, bytes: left.reduce((sum, { size }) => sum + size, 0) },
      sentBytes: this.#sentBytes,
      bytesPerSecond: this.#phase === 'running' ? this.#progress.bytesPerSecond(this.#world.clock.now()) : null,
      rows: this.#rows.shown(),
      error: this.#error,
    };
  }

  /** A person has picked the folder to migrate from. */
  sourceChosen(folder: string): void {
    this.#folder = folder;
    this.#changed('status');
  }

  /**
   * Looks, and sends nothing. Rejects with `invalid-request` while something is under way, where no folder was chosen, and
   * for a destination into itself.
   */
  async plan(request: MigrationRequest): Promise<void> {
    this.#refuseWhileBusy();
    const folder = request.source.kind === 'folder' ? this.#folder : null;
    const isToItself = request.source.kind === 'destination' && request.source.id === request.destinationId;
    if (isToItself || (request.source.kind === 'folder' && folder === null)) throw new UploadError('invalid-request');
    this.#plan = {};
    this.#rows.clear();
    this.#total = null;
    this.#head = { request, folder, sourceName: '', plannedAt: this.#world.clock.now(), phase: 'planning' };
    this.#begin('planning', (signal) => this.#look(request, folder, signal));
  }

  /** Sends what the plan says is to be sent, or what is left of it. Rejects with `invalid-request` where there is no plan. */
  async run(): Promise<void> {
    this.#refuseWhileBusy();
    if (!this.#isPlanned) throw new UploadError('invalid-request');
    this.#rows.tryAgain();
    this.#begin('running', (signal) => this.#send(signal, true));
  }

  async stop(): Promise<void> {
    const work = this.#work;
    work?.controller.abort(new Error('stopped'));
    await work?.settled;
    await this.#sender?.pause();
  }

  /** Whether a row that is still to be sent wants the key. */
  wants(key: string): boolean {
    return this.#head !== null && this.#rows.toSend(this.#head.request.onDifferent).some((row) => row.key === key);
  }

  /** CSV, every row of it. */
  map(): string {
    return writeMap(this.#rows.all());
  }

  get #isPlanned(): boolean {
    return this.#head !== null && this.#head.phase !== 'planning';
  }

  get #sentBytes(): number {
    return this.#rows.counts().sent.bytes + this.#progress.bytes;
  }

  #refuseWhileBusy(): void {
    if (this.#work !== null) throw new UploadError('invalid-request');
  }

  #begin(phase: 'planning' | 'running', work: (signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController();
    [this.#phase, this.#error, this.#sender] = [phase, null, null];
    this.#progress.clear();
    const end = async (after: Phase): Promise<void> => {
      // Closed: what the store says of it stands, and the next start goes on.
      if (this.#work?.controller !== controller) return;
      this.#work = null;
      this.#phase = after;
      this.#progress.clear();
      if (after === 'planned' || after === 'done') await this.#note(after);
      else if (phase === 'running') await this.#note('stopped');
      this.#changed('status');
    };
    const settled = work(controller.signal).then(
      () => end(phase === 'planning' ? 'planned' : 'done'),
      (thrown: unknown) => {
        if (controller.signal.aborted) return end(phase === 'planning' ? 'idle' : 'stopped');
        this.#error = toAppError(asUploadError(thrown));
        this.#world.log.warn('migration-failed', { code: this.#error.code });
        return end('failed');
      },
    );
    this.#work = { controller, settled };
    this.#changed('status');
  }

  async #look(request: MigrationRequest, folder: string | null, signal: AbortSignal): Promise<void> {
    const { clock, store, open } = this.#world;
    const { source, target } = await open(request, folder);
    this.#head = { request, folder, sourceName: source.name, plannedAt: clock.now(), phase: 'planning' };
    await store.begin(this.#head);
    const fresh: MigrationRow[] = [];
    const onTotal = (total: number): void => void (this.#total = total);
    const { onDifferent } = request;
    for await (const row of planMigration(source, target, { clock, signal, onDifferent, onTotal })) {
      signal.throwIfAborted();
      this.#rows.set(row);
      this.#changed('progress');
      if (fresh.push(row) >= notedTogether) await store.noteRows(fresh.splice(0));
    }
    await store.noteRows(fresh);
  }

  async #send(signal: AbortSignal, isAsked: boolean): Promise<void> {
    const head = await this.#note('running');
    const sender = await this.#world.senderFor(head);
    this.#sender = sender;
    const rows = this.#rows.toSend(head.request.onDifferent);
    const plan = this.#plan;
    // Uploads of a run that was stopped can still be sent from the list: another plan is not told of them.
    const ofThisPlan = (tell: () => void): void => (this.#plan === plan ? tell() : undefined);
    const progress = {
      signal,
      onRow: (row: MigrationRow) => ofThisPlan(() => this.#rowEnded(row)),
      onPartial: (path: string, bytes: number) => ofThisPlan(() => this.#sent(path, bytes)),
    };
    await sender.send(rows, progress, isAsked);
  }

  #rowEnded(row: MigrationRow): void {
    this.#rows.set(row);
    this.#sent(row.path, 0);
    // What could not be written down is looked at again after a restart.
    void this.#world.store.noteRows([row]).catch(() => undefined);
  }

  #sent(path: string, bytes: number): void {
    this.#progress.set(path, bytes);
    this.#progress.sample(this.#world.clock.now(), this.#sentBytes);
    this.#changed('progress');
  }

  async #note(phase: MigrationHead['phase']): Promise<MigrationHead> {
    if (this.#head === null) throw new UploadError('invalid-request');
    this.#head = { ...this.#head, phase };
    await this.#world.store.noteHead(this.#head).catch(() => undefined);
    return this.#head;
  }

  #changed(kind: ChangeKind): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener(kind);
  }
}
