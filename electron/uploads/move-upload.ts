import type { QueueEntry } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';

/** What moves together: an upload, or those of one file to several destinations. */
type Unit = readonly [QueueEntry, ...QueueEntry[]];

/**
 * Moves an upload, with those of the same file, in the order of the queue. A place between two others is a number
 * between theirs: nothing else is written.
 */
export async function moveUpload(ledger: QueueLedger, id: string, where: 'up' | 'down' | 'first'): Promise<void> {
  const units = unitsOf(ledger);
  const index = units.findIndex((unit) => unit.some(({ record }) => record.id === id));
  const unit = units[index];
  if (unit === undefined) return;
  const neighbours = { up: [index - 2, index - 1], down: [index + 1, index + 2], first: [-1, 0] }[where];
  const [before, after] = neighbours.map((n) => units[n]);
  if (where === 'first' && index === 0) return;
  if (before === undefined && after === undefined) return;
  const places = placesBetween(before?.at(-1)?.record.position, after?.[0].record.position, unit.length);
  // Halving runs out of numbers after some fifty moves into the same gap.
  if (places === null) {
    await renumber(ledger);
    return moveUpload(ledger, id, where);
  }
  for (const [n, entry] of unit.entries()) await ledger.commit(entry, { type: 'moved', position: places[n] ?? 0 });
}

/** In the order of the queue; a unit stands where the first of it stands. */
function unitsOf(ledger: QueueLedger): readonly Unit[] {
  const units = new Map<string, [QueueEntry, ...QueueEntry[]]>();
  for (const entry of ledger.ordered()) {
    const { groupId, id } = entry.record;
    const unit = units.get(groupId ?? id);
    if (unit === undefined) units.set(groupId ?? id, [entry]);
    else unit.push(entry);
  }
  return [...units.values()];
}

/** So many different numbers between two, in order; null when there are none left. */
function placesBetween(before: number | undefined, after: number | undefined, count: number): readonly number[] | null {
  const from = before ?? (after ?? 0) - count - 1;
  const to = after ?? from + count + 1;
  const places = Array.from({ length: count }, (_, n) => from + ((to - from) * (n + 1)) / (count + 1));
  const all = [from, ...places, to];
  return all.every((place, n) => n === 0 || place > (all[n - 1] ?? -Infinity)) ? places : null;
}

async function renumber(ledger: QueueLedger): Promise<void> {
  const ordered = unitsOf(ledger).flat();
  for (const [n, entry] of ordered.entries()) await ledger.commit(entry, { type: 'moved', position: n + 1 });
}
