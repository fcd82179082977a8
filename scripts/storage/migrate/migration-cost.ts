import { monthlyCost, noUse } from '../../../shared/costs.ts';
import type { MigrationState } from '../../../shared/migration.ts';
import type { Ends } from './open-ends.ts';

/** US dollars; estimates by the price list, each free tier counted once. */
export interface MigrationCost {
  /** A month of keeping all that was found at the target. */
  readonly monthlyUsd: number;
  /** Reading what is to be sent, once, where the source charges for it. */
  readonly readingUsd: number;
}

export function costOf({ counts, left }: Pick<MigrationState, 'counts' | 'left'>, { from, target }: Ends): MigrationCost {
  const { new: fresh, same, different, unsure, sent } = counts;
  const storedBytes = [fresh, same, different, unsure, sent].reduce((sum, { bytes }) => sum + bytes, 0);
  const source = from.kind === 'destination' ? from.opened.shown.kind : null;
  return {
    monthlyUsd: monthlyCost(target.shown.kind, { ...noUse, storedBytes }).storage,
    readingUsd: source === null ? 0 : monthlyCost(source, { ...noUse, egressBytes: left.bytes }).egress,
  };
}
