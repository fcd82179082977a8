import {
  type MigrationCount,
  type MigrationRequest,
  type MigrationRow,
  type MigrationStatus,
  migrationStatuses,
} from '../../shared/migration.ts';

/** Rows that are shown; thousands would make the window heavy, and the map holds them all. */
const shownAtMost = 200;
/** What needs a person's eye comes first. */
const shownFirst: readonly MigrationStatus[] = ['failed', 'invalid', 'different', 'unsure', 'skipped', 'new', 'sent', 'same'];

type OnDifferent = MigrationRequest['onDifferent'];

/** The videos of a migration by their paths, counted. */
export class MigrationRows {
  readonly #rows = new Map<string, MigrationRow>();
  readonly #counts = new Map<MigrationStatus, MigrationCount>();

  set(row: MigrationRow): void {
    const before = this.#rows.get(row.path);
    if (before !== undefined) this.#count(before, -1);
    this.#rows.set(row.path, row);
    this.#count(row, 1);
  }

  clear(): void {
    this.#rows.clear();
    this.#counts.clear();
  }

  get size(): number {
    return this.#rows.size;
  }

  all(): readonly MigrationRow[] {
    return [...this.#rows.values()];
  }

  counts(): Readonly<Record<MigrationStatus, MigrationCount>> {
    const pairs = migrationStatuses.map((status) => [status, this.#counts.get(status) ?? none] as const);
    return Object.fromEntries(pairs) as Record<MigrationStatus, MigrationCount>;
  }

  shown(): readonly MigrationRow[] {
    const shown: MigrationRow[] = [];
    for (const status of shownFirst) {
      if ((this.#counts.get(status)?.videos ?? 0) === 0) continue;
      for (const row of this.#rows.values()) {
        if (row.status === status) shown.push(row);
        if (shown.length >= shownAtMost) return shown;
      }
    }
    return shown;
  }

  /** What is still to be sent. */
  toSend(onDifferent: OnDifferent): readonly MigrationRow[] {
    return this.all().filter(({ status }) => isToSend(status, onDifferent));
  }

  /** What has failed is to be tried again. */
  tryAgain(): void {
    for (const row of this.all()) if (row.status === 'failed') this.set({ ...row, status: 'new', error: null });
  }

  #count({ status, size }: MigrationRow, by: 1 | -1): void {
    const { videos, bytes } = this.#counts.get(status) ?? none;
    this.#counts.set(status, { videos: videos + by, bytes: bytes + by * size });
  }
}

const none: MigrationCount = { videos: 0, bytes: 0 };

const isToSend = (status: MigrationStatus, onDifferent: OnDifferent): boolean =>
  status === 'new' || (onDifferent !== 'skip' && (status === 'different' || status === 'unsure'));
