import { withRetry, withStallWatch } from './attempts.ts';
import { type PartRange, partRange } from './part-plan.ts';
import type { PartSlot } from './part-slots.ts';
import { type Sending, tellProgress, tellWaiting } from './sending.ts';
import { checkUnchanged } from './source-check.ts';
import type { UploadError } from './upload-error.ts';

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
    const { etag } = await withRetry(report, async () => {
      const slot = permit ?? (await context.slots.acquire(context.signal));
      permit = null;
      sending.inFlight.set(partNumber, 0);
      try {
        const answer = await sendOnce(sending, range, slot);
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

async function sendOnce(sending: Sending, range: PartRange, slot: PartSlot): Promise<{ readonly etag: string }> {
  const { context, multipart } = sending;
  const { source, key } = context.record();
  const { partNumber, size, start } = range;
  await checkUnchanged(context.files, source);
  const body = slot.buffer(size);
  await context.files.read(source.path, start, body);
  try {
    return await withStallWatch(context, size, (signal, moved) =>
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
}
