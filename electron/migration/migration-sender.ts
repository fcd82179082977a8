import type { MigrationRow } from '../../shared/migration.ts';

/** What is told while rows are sent. */
export interface SendingProgress {
  readonly signal: AbortSignal;
  /** A row has ended, as its status says. */
  readonly onRow: (row: MigrationRow) => void;
  /** Bytes of a row that are under way and have left so far. */
  readonly onPartial: (path: string, bytes: number) => void;
}

/** How the rows of a plan get to their target. */
export interface MigrationSender {
  /**
   * One row that cannot be sent does not keep the others. Settles when all have ended, and rejects soon after the signal.
   * `isAsked`: a person has just said so; else it goes on where the app ended.
   */
  send(rows: readonly MigrationRow[], progress: SendingProgress, isAsked: boolean): Promise<void>;
  /** A person wants everything to stand still that `send` has begun. */
  pause(): Promise<void>;
}
