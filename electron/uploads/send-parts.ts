import { withRetry, withStallWatch } from './attempts.ts';
import { missingParts, partRange } from './part-plan.ts';
import { judge } from './retry-policy.ts';
import { checkUnchanged } from './source-check.ts';
import { asUploadError, type UploadError } from './upload-error.ts';
import type { PartSlot } from './part-slots.ts';
import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { Transfer } from './upload-record.ts';

/** Parts that may wait for their next try at once before no further one is begun. */
const maxWaiting = 4;

type Multipart = Extract<Transfer, { kind: 'multipart' }>;

/** One run's picture of what has arrived and what is on its way. */
interface Sending {
  readonly context: RunContext;
  readonly multipart: Multipart;
  readonly stored: Map<number, StoredPart>;
  /** Sum of the stored parts' sizes, kept along: progress is told thousands of times a second. */
  storedBytes: number;
  /** Bytes handed over of each part in flight. */
  readonly inFlight: Map<number, number>;
  /** Parts in flight that wait for their next try. */
  readonly waiting: Map<number, { readonly error: UploadError; readonly retryAt: number }>;
  /** The queue was told that nothing moves. */
  isWaitTold: boolean;
}

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
  return kind !== 'give-back' && kind !== 'slow-down';
}

/** `first` is the permit for the first try; every other try gets one of its own. */
async function sendPart(sending: Sending, partNumber: number, first: PartSlot): Promise<void> {
  const { context, multipart } = sending;
  const { source, key } = context.record();
  const range = partRange(source.size, multipart.partSize, partNumber);
  const report = {
    clock: context.clock,
    signal: context.signal,
    onRetrying: (wait: { error: UploadError; retryAt: number } | null) => tellWaiting(sending, partNumber, wait),
  };
  sending.inFlight.set(partNumber, 0);
  tellWaiting(sending, partNumber, null);
  let permit: PartSlot | null = first;
  let held: PartSlot | null = null;
  const send = async (slot: PartSlot): Promise<{ readonly etag: string }> => {
    await checkUnchanged(context.files, source);
    const body = slot.buffer(range.size);
    await context.files.read(source.path, range.start, body);
    try {
      return await withStallWatch(context, range.size, (signal, moved) =>
        context.storage.uploadPart({
          key,
          uploadId: multipart.uploadId,
          partNumber,
          body,
          signal,
          onProgress: (sentBytes) => {
            moved(sentBytes);
            sending.inFlight.set(partNumber, sentBytes);
            tellProgress(sending);
          },
        }),
      );
    } catch (error) {
      slot.taint();
      throw error;
    }
  };
  try {
    const { etag } = await withRetry(report, async () => {
      const slot = permit ?? (await context.slots.acquire(context.signal));
      permit = null;
      sending.inFlight.set(partNumber, 0);
      try {
        const answer = await send(slot);
        // Kept until the part is journaled: nothing more may be sent than the journal can follow.
        held = slot;
        return answer;
      } finally {
        if (held !== slot) slot.release();
      }
    });
    const part = { partNumber, size: range.size, etag };
    await context.addPart(part);
    sending.stored.set(partNumber, part);
    sending.storedBytes += part.size;
  } finally {
    (held as PartSlot | null)?.release();
    sending.inFlight.delete(partNumber);
    tellWaiting(sending, partNumber, null);
    tellProgress(sending);
  }
}

function tellProgress({ context, storedBytes, inFlight }: Sending): void {
  let bytes = storedBytes;
  for (const sent of inFlight.values()) bytes += sent;
  context.onProgress(bytes);
}

/** A wait is worth telling when nothing of the upload moves; while another part does, it is uploading. */
function tellWaiting(
  sending: Sending,
  partNumber: number,
  wait: { readonly error: UploadError; readonly retryAt: number } | null,
): void {
  const { context, inFlight, waiting } = sending;
  if (wait === null) waiting.delete(partNumber);
  else waiting.set(partNumber, wait);
  const isStill = waiting.size > 0 && waiting.size >= inFlight.size;
  if (isStill) context.onRetrying([...waiting.values()].reduce((a, b) => (a.retryAt <= b.retryAt ? a : b)));
  else if (sending.isWaitTold) context.onRetrying(null);
  sending.isWaitTold = isStill;
}
