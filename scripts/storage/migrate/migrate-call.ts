import type { MigrationState } from '../../../shared/migration.ts';
import type { MigrateWish } from './migrate-options.ts';
import type { Ends } from './open-ends.ts';
import type { SendingQueue } from './sending-queue.ts';

/** A call that is under way. */
export interface Going {
  readonly wish: MigrateWish;
  readonly ends: Ends;
  /** Null where nothing is sent from a folder. */
  readonly sending: SendingQueue | null;
  /** The folder that remembers what an interrupted run has sent. */
  readonly state: string | null;
}

/** How a call has ended. */
export interface MigrationEnd {
  readonly state: MigrationState;
  readonly tookMs: number;
  readonly isInterrupted: boolean;
  /** Where the map was written; null: nowhere. */
  readonly mapPath: string | null;
}
