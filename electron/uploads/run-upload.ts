import { beginMultipart, discardLostUploads } from './begin-multipart.ts';
import { withTimeout } from './attempts.ts';
import { checksumOfWhole, finishMultipart } from './finish-multipart.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { partsThatArrived, recheckParts } from './resume-parts.ts';
import { sendParts } from './send-parts.ts';
import { sendWhole } from './send-whole.ts';
import type { Multipart } from './upload-record.ts';
import { settleConflict } from './settle-conflict.ts';
import { checkSameContent } from './source-check.ts';
import { lookAtObject, objectExists, verifyObject } from './stored-object.ts';
import { asUploadError, UploadError } from './upload-error.ts';
import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';

const abortTimeoutMs = 30_000;
/** Whole re-sends that are made without asking when the object is not what was sent. */
const automaticResends = 1;
/** Fresh starts in one run. A server that forgets every upload at once would be asked for new ones without end. */
const freshStarts = 2;

/**
 * One upload from wherever it stands to its end. Rejects never for expected trouble: what happened is the outcome, and
 * what has been reached is in the journal.
 */
export async function runUpload(context: RunContext): Promise<Outcome> {
  try {
    // The process died while the server put the object together. If it is there, the file is not needed any more.
    if (context.record().state.status === 'completing' && (await finishIfArrived(context))) return { kind: 'completed' };
    await checkSameContent(context.files, context.record().source);
    await transferUntilDone(context);
    return { kind: 'completed' };
  } catch (error) {
    return outcomeOf(context.signal.aborted ? context.signal.reason : error, context.signal.aborted);
  }
}

async function transferUntilDone(context: RunContext): Promise<void> {
  for (let start = 1; ; start += 1) {
    try {
      return await transferOnce(context);
    } catch (thrown) {
      context.signal.throwIfAborted();
      const error = asUploadError(thrown);
      if (error.code === 'upload-expired') {
        if (await isSettledBeforehand(context)) return;
        await context.commit({ type: 'restarted', notice: 'restarted-expired', token: null, mayReplace: false });
        if (start > freshStarts) throw new UploadError('unexpected-answer', { serverCode: 'NoSuchUpload' });
      } else if (error.code === 'object-mismatch') {
        await disown(context, 'restarted-mismatch');
        if (context.record().resends > automaticResends) throw error;
      } else if (error.code === 'checksum-unconfirmed' && start <= freshStarts) {
        await dropParts(context);
      } else if (error.code === 'object-exists' && hasRule(context) && start <= freshStarts) {
        if (await isSettledBeforehand(context)) return;
      } else throw error;
      context.log.warn('restarted', { id: context.record().id, code: error.code });
    }
  }
}

async function transferOnce(context: RunContext): Promise<void> {
  const { transfer, source } = context.record();
  if (transfer.kind === 'multipart' && hasRule(context)) await refuseForeign(context);
  if (transfer.kind === 'multipart') return finishParts(context, transfer, await partsThatArrived(context, transfer));
  if (transfer.kind === 'creating') await discardLostUploads(context, transfer.since);
  if (await isSettledBeforehand(context)) return;
  if (source.size <= context.settings.multipartThreshold) return sendWhole(context);
  await beginMultipart(context);
  const begun = context.record().transfer;
  if (begun.kind !== 'multipart') throw new UploadError('internal');
  await finishParts(context, begun, new Map());
}

/** The rule for another object under the key is one that needs no person. */
const hasRule = (context: RunContext): boolean => !['ask', 'replace'].includes(context.record().onConflict);

/** Before more is sent to a key that another object has taken meanwhile. */
async function refuseForeign(context: RunContext): Promise<void> {
  const found = await lookAtObject(context);
  if (found.kind === 'foreign') throw objectExists(found.object);
}

/** True when there is nothing to send: our object is there, or another one and the rule says so. */
async function isSettledBeforehand(context: RunContext): Promise<boolean> {
  const found = await lookAtObject(context);
  if (found.kind === 'foreign') return (await settleConflict(context, found.object, () => dropParts(context))) === 'over';
  if (found.kind === 'broken' && !found.isDisowned) await disown(context, null);
  return found.kind === 'ours' && finish(context);
}

/** True when our object is there already: a Complete or Put whose answer was lost had worked. */
async function finishIfArrived(context: RunContext): Promise<boolean> {
  return (await lookAtObject(context)).kind === 'ours' && finish(context);
}

async function finish(context: RunContext): Promise<true> {
  const parts = [...context.knownParts().values()].sort((a, b) => a.partNumber - b.partNumber);
  const { transfer } = context.record();
  const crc64nvme = transfer.kind === 'multipart' ? await checksumOfWhole(context, transfer, parts) : null;
  const proof = await verifyObject(context, { etag: null, crc64nvme, parts: transfer.kind === 'single' ? null : parts });
  await context.commit({ type: 'completed', at: context.clock.now(), ...proof });
  return true;
}

async function finishParts(
  context: RunContext,
  transfer: Multipart,
  arrived: ReadonlyMap<number, StoredPart>,
): Promise<void> {
  const { source } = context.record();
  const { changedAt } = await context.files.stat(source.path);
  // What was sent by an earlier run is read again while the rest goes out: a resume need not wait for it.
  const parts = await sendParts(context, transfer, arrived, (signal) =>
    recheckParts({ ...context, signal }, transfer, [...arrived.values()]),
  );
  // Somebody touched the file in the meantime, and its size and time do not show it.
  if ((await context.files.stat(source.path)).changedAt !== changedAt) await recheckParts(context, transfer, parts);
  try {
    await finishMultipart(context, transfer, parts);
  } catch (thrown) {
    const error = asUploadError(thrown);
    // The server refuses the list of parts: it may have answered us a wrong ETag. It is asked what it has, once.
    if (error.code !== 'object-mismatch' || error.facts.serverCode === undefined) throw error;
    const truth = await partsThatArrived(context, transfer);
    await finishMultipart(context, transfer, await sendParts(context, transfer, truth));
  }
}

/** Begins anew with nothing. A server that did not confirm its checksums is sent parts with signed hashes then. */
async function dropParts(context: RunContext): Promise<void> {
  if (context.record().transfer.kind === 'none') return;
  await abortMultipart(context);
  await context.commit({ type: 'restarted', notice: null, token: null, mayReplace: false });
}

async function abortMultipart(context: RunContext): Promise<void> {
  const { transfer, key } = context.record();
  if (transfer.kind !== 'multipart') return;
  await withTimeout(context.clock, abortTimeoutMs, context.signal, (signal) =>
    context.storage.abortMultipartUpload(key, transfer.uploadId, signal),
  );
}

/**
 * What was made is not what was sent. Its parts are dropped, and a new token sees to it that whatever stands under the
 * key is never taken for the result again; if it is ours, the next one replaces it.
 */
async function disown(context: RunContext, notice: 'restarted-mismatch' | null): Promise<void> {
  await abortMultipart(context);
  const found = await lookAtObject(context);
  const mayReplace = found.kind === 'ours' || (found.kind === 'broken' && !found.isDisowned);
  await context.commit({ type: 'restarted', notice, token: context.newToken(), mayReplace });
}
