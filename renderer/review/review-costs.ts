import type { MonthlyUse, PricedKind } from '../../shared/costs.ts';
import { addedCost, noUse, sum, useOfVideo } from '../../shared/costs.ts';
import type { DestinationInfo, Preferences } from '../../shared/settings.ts';
import type { DestinationUsage } from '../../shared/storage.ts';
import type { Upload } from '../../shared/upload.ts';

const MiB = 1024 * 1024;
/** The part size that is chosen where nothing speaks for another. */
const usualPartMiB = 8;

/** What a batch costs at one of its destinations. */
export interface PlaceCost {
  readonly id: string;
  readonly name: string;
  /** US dollars a month more than now. */
  readonly total: number;
}

interface Situation {
  readonly destinations: readonly DestinationInfo[];
  readonly usage: readonly DestinationUsage[];
  readonly preferences: Preferences;
}

/**
 * What the uploads add to the monthly bill, by destination. A disk of one's own and other people's servers have no price
 * that could be known.
 */
export function costsOf(uploads: readonly Pick<Upload, 'destinationId' | 'size'>[], { destinations, usage, preferences }: Situation): readonly PlaceCost[] {
  return destinations.flatMap(({ destination }) => {
    const kind = pricedKind(destination);
    const there = uploads.filter(({ destinationId }) => destinationId === destination.id);
    if (kind === null || there.length === 0) return [];
    const partSize = (preferences.partSizeMiB === 'auto' ? usualPartMiB : preferences.partSizeMiB) * MiB;
    const plan = { partSize, multipartThreshold: preferences.multipartThresholdMiB * MiB };
    const views = preferences.viewsPerVideo;
    const added = there.map(({ size }) => useOfVideo(size, plan, views)).reduce(sum, noUse);
    const known = usage.find(({ destinationId }) => destinationId === destination.id);
    const total = addedCost(kind, useOf(known, views), added).total;
    return [{ id: destination.id, name: destination.name, total }];
  });
}

function useOf(known: DestinationUsage | undefined, views: number): MonthlyUse {
  if (known === undefined) return noUse;
  return { ...noUse, storedBytes: known.bytes, reads: known.objects * views, egressBytes: known.bytes * views };
}

function pricedKind(destination: DestinationInfo['destination']): PricedKind | null {
  if (destination.kind === 'r2') return 'r2';
  return destination.kind === 's3' && destination.endpoint === null ? 's3' : null;
}
