import { missingParts } from './part-plan.ts';
import { judge } from './retry-policy.ts';
import { sendPart } from './send-part.ts';
import { type Multipart, type Sending, tellProgress } from './sending.ts';
import { asUploadError, type UploadError } from './upload-error.ts';
import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';

/** Parts that may wait for their next try at once before no further one is begun. */
const maxWaiting = 4;

/**
 * Sends every part that the server does not have, as many at once as there are slots, and returns the complete list in
 * order. Rejects with the first error that ended a part; then nothing is in flight any more, and what has arrived is
 * journaled.
 */
export async function sendParts(
  context: RunContext,
  multipart: Multipart,
  arrived: ReadonlyMap<number, StoredPart>,
): Promise<readonly StoredPart[]> {
  const stop = new AbortController();
  const inner = { ...context, signal: AbortSignal.any([context.signal, stop.signal]) };
  const sending: Sending = {
    context: inner,
    multipart,
    stored: new Map(arrived),
    storedBytes: [...arrived.values()].reduce((sum, part) => sum + part.size, 0),
    inFlight: new Map(),
    waiting: new Map(),
    isWaitTold: false,
  };
  const failures: UploadError[] = [];
  const tasks = new Set<Promise<void>>();
  tellProgress(sending);
  for (const partNumber of missingParts(context.record().source.size, multipart.partSize, (n) => arrived.has(n))) {
    // A part that waits for its next try gives its place to another; beyond a few, something is wrong for all of them.
    while (sending.waiting.size >= maxWaiting && failures.length === 0) await Promise.race(tasks);
    const slot = await inner.slots.acquire(inner.signal).catch(() => null);
    if (slot === null) break;
    if (failures.length > 0) {
      slot.release();
      break;
    }
    const task = sendPart(sending, partNumber, slot)
      .catch((thrown: unknown) => {
        const error = asUploadError(thrown);
        failures.push(error);
        if (isHopeless(error)) stop.abort(error);
      })
      .finally(() => {
        tasks.delete(task);
      });
    tasks.add(task);
  }
  await Promise.allSettled(tasks);
  context.signal.throwIfAborted();
  if (failures[0] !== undefined) throw failures[0];
  return [...sending.stored.values()].sort((a, b) => a.partNumber - b.partNumber);
}

/** Parts in flight are worth finishing when one fails in passing; when nothing can arrive any more they are cut off. */
function isHopeless(error: UploadError): boolean {
  const { kind } = judge(error, Infinity, () => 0);
  // The bytes of what is in flight were read before the file went away.
  return kind !== 'give-back' && kind !== 'slow-down' && kind !== 'source-missing';
}
