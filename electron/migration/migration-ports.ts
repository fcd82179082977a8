import type { MigrationRequest, MigrationRow } from '../../shared/migration.ts';
import type { Clock, UploadLog } from '../uploads/ports.ts';
import type { MigrationSender } from './migration-sender.ts';
import type { MigrationSource } from './migration-source.ts';
import type { MigrationTarget } from './plan-migration.ts';

/** What a migration is, beside its rows. */
export interface MigrationHead {
  readonly request: MigrationRequest;
  /** The folder that is the source; null where a destination is. */
  readonly folder: string | null;
  /** For people. */
  readonly sourceName: string;
  /** Epoch milliseconds. */
  readonly plannedAt: number;
  readonly phase: 'planning' | 'planned' | 'running' | 'done' | 'stopped';
}

/** Keeps the one migration over restarts. What cannot be written is lost at the next start, and nothing else. */
export interface MigrationStore {
  load(): Promise<{ readonly head: MigrationHead; readonly rows: readonly MigrationRow[] } | null>;
  /** Forgets the one before. */
  begin(head: MigrationHead): Promise<void>;
  noteHead(head: MigrationHead): Promise<void>;
  /** Rows by their paths; a later one takes the place of an earlier. */
  noteRows(rows: readonly MigrationRow[]): Promise<void>;
}

/** The two ends of a migration, opened. Rejects with what opening a destination rejects with. */
export interface MigrationEnds {
  readonly source: MigrationSource;
  readonly target: MigrationTarget;
}

export interface MigrationWorld {
  readonly store: MigrationStore;
  readonly clock: Clock;
  readonly log: UploadLog;
  readonly open: (request: MigrationRequest, folder: string | null) => Promise<MigrationEnds>;
  readonly senderFor: (head: MigrationHead) => Promise<MigrationSender>;
}
