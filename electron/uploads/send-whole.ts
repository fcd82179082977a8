import { asUploadError } from './upload-error.ts';
import { withRetry, withStallWatch } from './attempts.ts';
import { checkSameContent, checkUnchanged } from './source-check.ts';
import { type SentObject, lookAtObject, mustBeNew, objectExists, verifyObject } from './stored-object.ts';
import { describeObject } from './describe-object.ts';
import { fileBody } from './file-body.ts';
import type { PartSlot } from './part-slots.ts';
import type { RunContext } from './run-context.ts';

/**
 * A file up to the threshold, in one PutObject. There is nothing to resume: after an interruption it is sent again,
 * unless HEAD finds that it had arrived.
 */
export async function sendWhole(context: RunContext): Promise<void> {
  await context.commit({ type: 'putting', since: context.clock.now() });
  const sent = await withRetry(context, async () => {
    // Given back between two tries: who waits must not keep others from sending.
    const slot = await context.lane.slots.acquire(context.signal);
    try {
      return await putOrFind(context, slot);
    } finally {
      slot.release();
    }
  });
  await checkSameContent(context.files, context.record().source);
  const proof = await verifyObject(context, { ...sent, parts: null });
  await context.commit({ type: 'completed', at: context.clock.now(), ...proof });
}

/** `etag`: what the server answered; null when the answer was lost and the object is there. */
async function putOrFind(context: RunContext, slot: PartSlot): Promise<Pick<SentObject, 'etag' | 'crc64nvme'>> {
  const { id, source, onConflict } = context.record();
  context.onProgress({ uploadedBytes: 0, confirmedBytes: 0 });
  await checkUnchanged(context.files, source);
  const range = { start: 0, size: source.size };
  // Whether the server keeps checksums is not known before the answer, so the signature protects the bytes.
  const digests = await context.digests.digest(source.path, range, ['sha256', 'crc64nvme'], context.signal);
  const crc64nvme = digests.crc64nvme ?? null;
  const isNew = await mustBeNew(context);
  try {
    const { etag } = await withStallWatch(context, source.size, (signal, moved) => {
      const onSent = (bytes: number): void => {
        moved(bytes);
        context.onProgress({ uploadedBytes: bytes, confirmedBytes: 0 });
      };
      const body = fileBody(context, range, slot, { digests, signal, onSent });
      return context.storage.putObject(describeObject(context.record()), {
        body,
        signal,
        mustBeNew: isNew,
      });
    });
    return { etag, crc64nvme };
  } catch (thrown) {
    context.signal.throwIfAborted();
    const error = asUploadError(thrown);
    const mayHaveArrived = error.facts.isUnclear === true || error.code === 'object-exists';
    if (!mayHaveArrived || error.code === 'offline') throw error;
    context.log.warn('put-unclear', { id, code: error.code });
    const found = await lookAtObject(context);
    if (found.kind === 'ours') return { etag: null, crc64nvme };
    throw found.kind === 'foreign' && onConflict !== 'replace' ? objectExists(found.object) : error;
  }
}
