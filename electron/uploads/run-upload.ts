import { beginMultipart, discardLostUploads } from './begin-multipart.ts';
import { withTimeout } from './attempts.ts';
import { finishMultipart } from './finish-multipart.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { partsThatArrived } from './resume-parts.ts';
import { sendParts } from './send-parts.ts';
import { sendWhole } from './send-whole.ts';
import { checkSameContent } from './source-check.ts';
import { lookAtObject, verifyObject } from './stored-object.ts';
import { asUploadError, UploadError } from './upload-error.ts';
import type { RunContext } from './run-context.ts';
import type { Transfer } from './upload-record.ts';

const abortTimeoutMs = 30_000;
/** Whole re-sends that are made without asking when the object is not what was sent. */
const automaticResends = 1;

/**
 * One upload from wherever it stands to its end. Rejects never for expected trouble: what happened is the outcome, and
 * what has been reached is in the journal.
 */
export async function runUpload(context: RunContext): Promise<Outcome> {
  try {
    await checkSameContent(context.files, context.record().source);
    await transferUntilDone(context);
    return { kind: 'completed' };
  } catch (error) {
    return outcomeOf(context.signal.aborted ? context.signal.reason : error, context.signal.aborted);
  }
}

/** Begins anew as often as the server has lost the upload (each time it says so itself), and once after a mismatch. */
async function transferUntilDone(context: RunContext): Promise<void> {
  for (;;) {
    try {
      return await transferOnce(context);
    } catch (thrown) {
      context.signal.throwIfAborted();
      const error = asUploadError(thrown);
      if (error.code === 'upload-expired') {
        if (await finishIfArrived(context)) return;
        await context.commit({ type: 'restarted', notice: 'restarted-expired' });
      } else if (error.code === 'object-mismatch' && context.record().resends < automaticResends) {
        await abandon(context);
        await context.commit({ type: 'restarted', notice: 'restarted-mismatch' });
      } else throw error;
      context.log.warn('restarted', { id: context.record().id, code: error.code });
    }
  }
}

async function transferOnce(context: RunContext): Promise<void> {
  const { transfer, source } = context.record();
  if (transfer.kind === 'multipart') return continueMultipart(context, transfer);
  if (transfer.kind === 'creating') await discardLostUploads(context, transfer.since);
  if (await finishIfArrived(context)) return;
  if (source.size <= context.settings.multipartThreshold) return sendWhole(context);
  await beginMultipart(context);
  const begun = context.record().transfer;
  if (begun.kind !== 'multipart') throw new UploadError('internal');
  await finishMultipart(context, begun.uploadId, await sendParts(context, begun, new Map()));
}

/** True when our object is there already: a Complete or Put whose answer was lost had worked. Refuses another's. */
async function finishIfArrived(context: RunContext): Promise<boolean> {
  const found = await lookAtObject(context);
  if (found.kind === 'foreign' && context.record().onConflict === 'ask') throw new UploadError('object-exists');
  // After a failed verification the key holds our own bad object, which nobody has to be asked about.
  const isRejected = found.kind === 'ours' && context.record().resends > 0 && context.record().transfer.kind === 'none';
  if (found.kind === 'broken' || isRejected) await context.commit({ type: 'replace-allowed' });
  if (found.kind !== 'ours' || isRejected) return false;
  const parts = [...context.knownParts().values()].sort((a, b) => a.partNumber - b.partNumber);
  const isWhole = context.record().transfer.kind === 'single';
  const proof = await verifyObject(context, { etag: found.object.etag, parts: isWhole ? null : parts });
  await context.commit({ type: 'completed', at: context.clock.now(), ...proof });
  return true;
}

async function continueMultipart(
  context: RunContext,
  transfer: Extract<Transfer, { kind: 'multipart' }>,
): Promise<void> {
  const arrived = await partsThatArrived(context, transfer);
  const parts = await sendParts(context, transfer, arrived);
  try {
    await finishMultipart(context, transfer.uploadId, parts);
  } catch (thrown) {
    const error = asUploadError(thrown);
    // The server refuses the list of parts: it may have answered us a wrong ETag. It is asked what it has, once.
    if (error.code !== 'object-mismatch' || error.facts.serverCode === undefined) throw error;
    const truth = await partsThatArrived(context, transfer);
    await finishMultipart(context, transfer.uploadId, await sendParts(context, transfer, truth));
  }
}

/** Drops the multipart upload that is not going to be completed; a server that forgot it already is fine. */
async function abandon(context: RunContext): Promise<void> {
  const { transfer, key } = context.record();
  if (transfer.kind !== 'multipart') return;
  await withTimeout(context.clock, abortTimeoutMs, context.signal, (signal) =>
    context.storage.abortMultipartUpload(key, transfer.uploadId, signal),
  );
}
