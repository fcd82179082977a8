import { missingParts } from './part-plan.ts';
import { judge } from './retry-policy.ts';
import { sendPart } from './send-part.ts';
import { newSending, tellProgress } from './sending.ts';
import { asUploadError, type UploadError } from './upload-error.ts';
import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { Multipart } from './upload-record.ts';

/** Parts that may wait for their next try at once before no further one is begun. */
const maxWaiting = 4;

/**
 * Sends every part that the server does not have, as many at once as there are slots, and returns the complete list in
 * order. `alongside` goes on meanwhile and stops everything when it fails. Rejects with the first error that ended a
 * part; then nothing is in flight any more, and what has arrived is journaled.
 */
export async function sendParts(
  context: RunContext,
  multipart: Multipart,
  arrived: ReadonlyMap<number, StoredPart>,
  alongside: (signal: AbortSignal) => Promise<void> = async () => undefined,
): Promise<readonly StoredPart[]> {
  const stop = new AbortController();
  const inner = { ...context, signal: AbortSignal.any([context.signal, stop.signal]) };
  const missing = missingParts(context.record().source.size, multipart.partSize, (n) => arrived.has(n));
  const sending = newSending(inner, multipart, { arrived, missing });
  const failures: UploadError[] = [];
  const tasks = new Set<Promise<void>>();
  const follow = (work: Promise<void>): void => {
    const task = work
      .catch((thrown: unknown) => {
        const error = asUploadError(thrown);
        failures.push(error);
        if (isHopeless(error)) stop.abort(error);
      })
      .finally(() => {
        tasks.delete(task);
      });
    tasks.add(task);
  };
  follow(alongside(inner.signal));
  tellProgress(sending);
  for (const partNumber of missing) {
    // A part that waits for its next try gives its place to another; beyond a few, something is wrong for all of them.
    while (sending.waiting.size >= maxWaiting && failures.length === 0) await Promise.race(tasks);
    const slot = await inner.lane.slots.acquire(inner.signal).catch(() => null);
    if (slot === null) break;
    if (failures.length > 0) {
      slot.release();
      break;
    }
    follow(sendPart(sending, partNumber, slot));
  }
  context.onDraining();
  await Promise.allSettled(tasks);
  context.signal.throwIfAborted();
  if (failures[0] !== undefined) throw failures[0];
  return [...sending.stored.values()].sort((a, b) => a.partNumber - b.partNumber);
}

/** Parts in flight are worth finishing when one fails in passing; when nothing can arrive any more they are cut off. */
function isHopeless(error: UploadError): boolean {
  const { kind } = judge(error, Infinity, () => 0);
  // What is in flight has the file open, and may still be able to read it to the end.
  return kind !== 'give-back' && kind !== 'slow-down' && kind !== 'source-missing';
}
