import type { MigrationRow } from '../../shared/migration.ts';
import type { MigrationHead, MigrationStore } from '../../electron/migration/migration-ports.ts';

/** A migration's memory that outlives the process that wrote it. */
export class MemoryMigrationStore implements MigrationStore {
  head: MigrationHead | null = null;
  readonly rows = new Map<string, MigrationRow>();

  async load(): ReturnType<MigrationStore['load']> {
    return this.head === null ? null : { head: this.head, rows: [...this.rows.values()] };
  }

  async begin(head: MigrationHead): Promise<void> {
    this.head = head;
    this.rows.clear();
  }

  async noteHead(head: MigrationHead): Promise<void> {
    this.head = head;
  }

  async noteRows(rows: readonly MigrationRow[]): Promise<void> {
    for (const row of rows) this.rows.set(row.path, row);
  }
}
