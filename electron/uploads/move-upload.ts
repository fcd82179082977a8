import type { QueueLedger } from './queue-ledger.ts';

/** Moves an upload in the order of the queue. A place between two others is a number between theirs: one record is written. */
export async function moveUpload(ledger: QueueLedger, id: string, where: 'up' | 'down' | 'first'): Promise<void> {
  const entries = ledger.ordered();
  const index = entries.findIndex((entry) => entry.record.id === id);
  const entry = entries[index];
  if (entry === undefined) return;
  const neighbours = { up: [index - 2, index - 1], down: [index + 1, index + 2], first: [-1, 0] }[where];
  const [before, after] = neighbours.map((n) => entries[n]?.record.position);
  if (before === undefined && after === undefined) return;
  const position = before === undefined ? (after ?? 0) - 1 : after === undefined ? before + 1 : (before + after) / 2;
  // Halving runs out of numbers after some fifty moves into the same gap.
  if (position === before || position === after) {
    await renumber(ledger);
    return moveUpload(ledger, id, where);
  }
  await ledger.commit(entry, { type: 'moved', position });
}

async function renumber(ledger: QueueLedger): Promise<void> {
  for (const [n, entry] of ledger.ordered().entries()) await ledger.commit(entry, { type: 'moved', position: n + 1 });
}
