import type { MigrationRow } from '../../../shared/migration.ts';
import { pricesAsOf } from '../../../shared/prices.ts';
import { errorJson } from '../command.ts';
import type { Going, MigrationEnd } from './migrate-call.ts';
import type { MigrateSession } from './migrate-options.ts';
import { costOf } from './migration-cost.ts';
import type { Ends } from './open-ends.ts';

/** What a person has to look at. */
export const isTrouble = ({ status }: MigrationRow): boolean =>
  status === 'failed' || status === 'invalid' || status === 'different' || status === 'unsure' || status === 'skipped';

/** For programs; its fields are told by `--help`. */
export function documentOf(end: MigrationEnd, { texts }: MigrateSession, { wish, ends, state: folder }: Going): object {
  const { state, isInterrupted, mapPath, tookMs } = end;
  const { counts, left, sentBytes, rows, error } = state;
  return {
    source: sourceOf(ends),
    target: ends.target.shown,
    isRun: wish.isRun,
    onDifferent: wish.onDifferent,
    phase: isInterrupted ? 'interrupted' : state.phase,
    counts,
    left,
    sentBytes,
    seconds: Math.round(tookMs / 1000),
    cost: { ...costOf(state, ends), pricesAsOf },
    troubles: rows.filter(isTrouble).map(({ path, key, size, status, error: why }) => ({
      path,
      key,
      size,
      status,
      error: why === null ? null : errorJson(why, texts),
    })),
    map: mapPath,
    state: folder,
    error: error === null ? null : errorJson(error, texts),
  };
}

const sourceOf = ({ from }: Ends): object =>
  from.kind === 'folder' ? { kind: 'folder', endpoint: from.folder } : { ...from.opened.shown, prefix: from.below };
