import type { AppError } from './errors.ts';
import { z } from 'zod';

/** Where existing videos come from. The folder is one that was chosen in the system's dialog before. */
export const migrationRequestSchema = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('folder') }),
    z.object({ kind: z.literal('destination'), id: z.string().min(1).max(64), prefix: z.string().max(1024) }),
  ]),
  destinationId: z.string().min(1).max(64),
  /** What happens to a key that holds something else. */
  onDifferent: z.enum(['skip', 'replace', 'rename']),
});
export type MigrationRequest = z.infer<typeof migrationRequestSchema>;

/**
 * What the plan says of one video, and later what became of it. `same`: the content is there already; `different`: the
 * key holds something else; `unsure`: the server does not say enough to tell.
 */
export const migrationStatuses = ['new', 'same', 'different', 'unsure', 'invalid', 'sent', 'skipped', 'failed'] as const;
export type MigrationStatus = (typeof migrationStatuses)[number];

/** A line of the map (`id,path,key,url,status`). */
export interface MigrationRow {
  readonly id: string;
  /** The file's path below the folder, or the key at the source. */
  readonly path: string;
  readonly key: string;
  /** Where a public base URL makes one that lasts; never a signed one. */
  readonly url: string;
  readonly status: MigrationStatus;
  /** Bytes. */
  readonly size: number;
  readonly error: AppError | null;
}

export interface MigrationCount {
  readonly videos: number;
  readonly bytes: number;
}

export interface MigrationState {
  readonly revision: number;
  readonly phase: 'idle' | 'planning' | 'planned' | 'running' | 'done' | 'stopped' | 'failed';
  /** What was planned, or is being; null where nothing was. */
  readonly request: MigrationRequest | null;
  /** There is a whole plan: it can be run, or gone on with. */
  readonly isPlanned: boolean;
  /** For people: the folder's or the destination's name. */
  readonly sourceName: string;
  /** Whether a folder has been chosen to be the source. */
  readonly folderName: string | null;
  readonly counts: Readonly<Record<MigrationStatus, MigrationCount>>;
  /** Looked at so far while planning; null where the total is not known yet. */
  readonly looked: number;
  readonly total: number | null;
  /** What a run would send now, or still has to. */
  readonly left: MigrationCount;
  /** Bytes that were sent so far. */
  readonly sentBytes: number;
  readonly bytesPerSecond: number | null;
  /** Some of the rows, those that need a person's eye first. */
  readonly rows: readonly MigrationRow[];
  readonly error: AppError | null;
}
