import { asUploadError, UploadError } from './upload-error.ts';
import { withRetry, withStallWatch } from './attempts.ts';
import { checkSameContent, checkUnchanged } from './source-check.ts';
import { lookAtObject, verifyObject } from './stored-object.ts';
import { describeObject } from './describe-object.ts';
import type { PartSlot } from './part-slots.ts';
import type { RunContext } from './run-context.ts';

/**
 * A file up to the threshold, in one PutObject. There is nothing to resume: after an interruption it is sent again,
 * unless HEAD finds that it had arrived.
 */
export async function sendWhole(context: RunContext): Promise<void> {
  await context.commit({ type: 'putting', since: context.clock.now() });
  const etag = await withRetry(context, async () => {
    // Given back between two tries: who waits must not keep others from sending.
    const slot = await context.wholeFileSlots.acquire(context.signal);
    try {
      return await putOrFind(context, slot);
    } finally {
      slot.release();
    }
  });
  await checkSameContent(context.files, context.record().source);
  const proof = await verifyObject(context, { etag, parts: null });
  await context.commit({ type: 'completed', at: context.clock.now(), ...proof });
}

/** The ETag that the server answered; null when the answer was lost and the object is there. */
async function putOrFind(context: RunContext, slot: PartSlot): Promise<string | null> {
  const { id, source, onConflict } = context.record();
  context.onProgress(0);
  await checkUnchanged(context.files, source);
  const body = slot.buffer(source.size);
  await context.files.read(source.path, 0, body);
  try {
    const { etag } = await withStallWatch(context, source.size, (signal, moved) =>
      context.storage.putObject(describeObject(context.record()), {
        body,
        signal,
        mustBeNew: onConflict === 'ask',
        onProgress: (sentBytes) => {
          moved(sentBytes);
          context.onProgress(sentBytes);
        },
      }),
    );
    return etag;
  } catch (thrown) {
    slot.taint();
    context.signal.throwIfAborted();
    const error = asUploadError(thrown);
    const mayHaveArrived = error.facts.isUnclear === true || error.code === 'object-exists';
    if (!mayHaveArrived || error.code === 'offline') throw error;
    context.log.warn('put-unclear', { id, code: error.code });
    const found = await lookAtObject(context);
    if (found.kind === 'ours') return null;
    throw found.kind === 'foreign' && onConflict === 'ask' ? new UploadError('object-exists') : error;
  }
}
