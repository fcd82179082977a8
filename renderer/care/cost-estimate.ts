import type { MonthlyCost, MonthlyUse, PricedKind, SendingPlan } from '../../shared/costs.ts';
import { monthlyCost, useOfVideo } from '../../shared/costs.ts';
import { priceList } from '../../shared/prices.ts';
import type { Destination, Preferences } from '../../shared/settings.ts';

const MiB = 1024 * 1024;
/** What "automatic" begins with (docs/performance.md). */
const usualPartMiB = 8;

export const pricedKinds = Object.keys(priceList) as readonly PricedKind[];

/** What is kept at a destination, and what this month brought. Bytes. */
export interface Stored {
  readonly objects: number;
  readonly bytes: number;
  /** Null: nobody has counted them. */
  readonly unfinishedBytes: number | null;
  readonly sentThisMonth: { readonly objects: number; readonly bytes: number };
}

/** A month of one system, US dollars. The storage of unfinished uploads is told apart from that of the videos. */
export interface CostLines extends MonthlyCost {
  readonly unfinished: number;
}

/** Null where nothing has a price: the practice bucket. */
export function pricedKindOf(kind: Destination['kind']): PricedKind | null {
  return kind === 'practice' ? null : kind;
}

export function sendingPlanOf({ partSizeMiB, multipartThresholdMiB }: Preferences): SendingPlan {
  const partMiB = partSizeMiB === 'auto' ? usualPartMiB : partSizeMiB;
  return { partSize: partMiB * MiB, multipartThreshold: multipartThresholdMiB * MiB };
}

/**
 * A month like this one: what is kept, what was sent (reckoned with videos of their mean size), and each video watched
 * so many times as a whole.
 */
export function monthOf(stored: Stored, viewsPerVideo: number, plan: SendingPlan): MonthlyUse {
  const { objects, bytes, unfinishedBytes, sentThisMonth: sent } = stored;
  const mean = sent.objects === 0 ? 0 : sent.bytes / sent.objects;
  const each = useOfVideo(mean, plan, 0);
  return {
    storedBytes: bytes + (unfinishedBytes ?? 0),
    writes: each.writes * sent.objects,
    reads: each.reads * sent.objects + objects * viewsPerVideo,
    egressBytes: bytes * viewsPerVideo,
  };
}

/** The same month on every system, side by side. */
export function compareCosts(use: MonthlyUse, unfinishedBytes: number): Readonly<Record<PricedKind, CostLines>> {
  const linesOf = (kind: PricedKind): CostLines => {
    const all = monthlyCost(kind, use);
    const { storage } = monthlyCost(kind, { ...use, storedBytes: use.storedBytes - unfinishedBytes });
    return { ...all, storage, unfinished: all.storage - storage };
  };
  return { r2: linesOf('r2'), s3: linesOf('s3'), disk: linesOf('disk') };
}

/** US dollars a month for so many bytes, where the free part is used up by others. */
export function keepingCost(kind: PricedKind, bytes: number): number {
  return (bytes / 1e9) * priceList[kind].storage;
}
