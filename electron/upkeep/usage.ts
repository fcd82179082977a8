import type { DestinationUsage } from '../../shared/storage.ts';
import type { UploadRecord } from '../uploads/upload-record.ts';

/** What this computer has sent to a destination and still knows to be there; the month is that of its own calendar. */
export function usageOf(destinationId: string, records: readonly UploadRecord[], now: number): DestinationUsage {
  const today = new Date(now);
  const monthBegan = new Date(today.getFullYear(), today.getMonth()).getTime();
  const there = completed(records);
  return {
    destinationId,
    ...sumOf(there),
    sentThisMonth: sumOf(completed(records.filter((record) => wasSentSince(record, monthBegan)))),
  };
}

/** Of two uploads to one key only the later one is still there; what never arrived has replaced nothing. */
function completed(records: readonly UploadRecord[]): readonly UploadRecord[] {
  const arrived = records.filter(({ state }) => state.status === 'completed');
  const inOrder = arrived.toSorted((a, b) => arrivalOf(a) - arrivalOf(b));
  return [...new Map(inOrder.map((record) => [record.key, record])).values()];
}

const arrivalOf = ({ state }: UploadRecord): number => (state.status === 'completed' ? state.completedAt : 0);

/** Content that was there already was not sent. */
const wasSentSince = ({ state }: UploadRecord, epochMs: number): boolean =>
  state.status === 'completed' && !state.wasThere && state.completedAt >= epochMs;

const sumOf = (records: readonly UploadRecord[]): { readonly objects: number; readonly bytes: number } => ({
  objects: records.length,
  bytes: records.reduce((sum, { source }) => sum + source.size, 0),
});
