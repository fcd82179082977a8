import { withRetry, withStallWatch } from './attempts.ts';
import { fileBody } from './file-body.ts';
import { type PartRange, partRange } from './part-plan.ts';
import type { PartSlot } from './part-slots.ts';
import type { StoredPart } from './ports.ts';
import { type Sending, tellProgress, tellResending, tellWaiting } from './sending.ts';
import { checkSameContent, checkUnchanged } from './source-check.ts';
import { asUploadError, type UploadError } from './upload-error.ts';

/** `first` is the permit for the first try; every other try gets one of its own. */
export async function sendPart(sending: Sending, partNumber: number, first: PartSlot): Promise<void> {
  const { context, multipart } = sending;
  const { source } = context.record();
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
  try {
    const part = await withRetry(report, async () => {
      const slot = permit ?? (await context.lane.slots.acquire(context.signal));
      permit = null;
      sending.inFlight.set(partNumber, 0);
      try {
        const stored = await sendOnce(sending, range, slot);
        // Kept until the part is journaled: nothing more may be sent than the journal can follow.
        held = slot;
        return stored;
      } catch (thrown) {
        noteFailure(sending, partNumber, asUploadError(thrown));
        // Bytes that do not fit their checksum may be those of a file that has changed under the reading.
        if (!context.signal.aborted) await checkSameContent(context.files, source);
        throw thrown;
      } finally {
        if (held !== slot) slot.release();
      }
    });
    await context.addPart(part);
    sending.stored.set(partNumber, part);
    sending.storedBytes += part.size;
  } finally {
    (held as PartSlot | null)?.release();
    sending.inFlight.delete(partNumber);
    tellResending(sending, partNumber, null);
    tellWaiting(sending, partNumber, null);
    tellProgress(sending);
  }
}

/** What has to be sent a second time is said; a destination that asks for less gets fewer requests at once. */
function noteFailure(sending: Sending, partNumber: number, error: UploadError): void {
  const { context } = sending;
  if (context.signal.aborted) return;
  if (error.code === 'rate-limited' || error.facts.httpStatus === 503) context.lane.pushedBack(context.clock.now());
  // Nothing of it counts any more; a bar that stands still needs a reason.
  sending.inFlight.set(partNumber, 0);
  tellResending(sending, partNumber, error);
  tellProgress(sending);
}

async function sendOnce(sending: Sending, range: PartRange, slot: PartSlot): Promise<StoredPart> {
  const { context, multipart } = sending;
  const { source, key } = context.record();
  const { partNumber, size } = range;
  await checkUnchanged(context.files, source);
  const digests = await sending.digests.take(partNumber);
  const { etag } = await withStallWatch(context, size, (signal, moved) => {
    const onSent = (sentBytes: number): void => {
      moved(sentBytes);
      sending.inFlight.set(partNumber, sentBytes);
      tellProgress(sending);
    };
    const body = fileBody(context, range, slot, { digests, signal, onSent });
    return context.storage.uploadPart({ key, uploadId: multipart.uploadId, partNumber, offset: range.start, body, signal });
  });
  // A part of another version must not even be remembered: with the old one put back it would pass for good.
  await checkUnchanged(context.files, source);
  return { partNumber, size, etag, ...digests };
}
