import type { DestinationUsage } from '../../shared/storage.ts';
import type { UploadRecord } from '../uploads/upload-record.ts';

/** What this computer has sent to a destination and still knows to be there; the month is that of its own calendar. */
export function usageOf(destinationId: string, records: readonly UploadRecord[], now: number): DestinationUsage {
  const today = new Date(now);
  const monthBegan = new Date(today.getFullYear(), today.getMonth()).getTime();
  const sums = { objects: 0, bytes: 0, month: { objects: 0, bytes: 0 } };
  // Two uploads of one key are one object: the later one replaced the other.
  const byKey = new Map(records.map((record) => [record.key, record]));
  for (const { state, source } of byKey.values()) {
    if (state.status !== 'completed') continue;
    sums.objects += 1;
    sums.bytes += source.size;
    if (state.completedAt < monthBegan || state.wasThere) continue;
    sums.month.objects += 1;
    sums.month.bytes += source.size;
  }
  return { destinationId, objects: sums.objects, bytes: sums.bytes, sentThisMonth: sums.month };
}
