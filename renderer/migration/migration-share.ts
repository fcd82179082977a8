import type { MigrationState } from '../../shared/migration.ts';

/** How much of a run is done, in bytes: what was sent by now, and what is left, of it under way or not. */
export function shareOf({ left, sentBytes, counts }: Pick<MigrationState, 'left' | 'sentBytes' | 'counts'>) {
  const underWay = sentBytes - counts.sent.bytes;
  const leftBytes = Math.max(0, left.bytes - underWay);
  const totalBytes = sentBytes + leftBytes;
  return { totalBytes, leftBytes, share: totalBytes === 0 ? 0 : sentBytes / totalBytes };
}
