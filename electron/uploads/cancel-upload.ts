import { withRetry, withTimeout } from './attempts.ts';
import { discardLostUploads } from './begin-multipart.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { lookAtObject, verifyObject } from './stored-object.ts';
import { UploadError } from './upload-error.ts';
import type { RunContext } from './run-context.ts';

const requestTimeoutMs = 30_000;
/** A part that was in flight may land behind an abort and keep the upload alive (S3, AbortMultipartUpload): repeat. */
const abortRounds = 5;

/**
 * Makes the server forget the upload and makes sure that it has. `completed` when the object turns out to have arrived
 * before the cancel did; `interrupted` when there is nothing left on the server.
 */
export async function cancelUpload(context: RunContext): Promise<Outcome> {
  try {
    const { transfer, key } = context.record();
    if (transfer.kind === 'none') return { kind: 'interrupted' };
    if (transfer.kind === 'creating') await discardLostUploads(context, transfer.since);
    if (transfer.kind === 'multipart') await abortForSure(context, key, transfer.uploadId);
    const found = await lookAtObject(context);
    if (found.kind !== 'ours') return { kind: 'interrupted' };
    const proof = await verifyObject(context, { etag: null, crc64nvme: null, parts: [] });
    await context.commit({ type: 'completed', at: context.clock.now(), ...proof });
    return { kind: 'completed' };
  } catch (error) {
    // With the bucket everything in it has gone, too.
    if (error instanceof UploadError && error.code === 'bucket-not-found') return { kind: 'interrupted' };
    return outcomeOf(context.signal.aborted ? context.signal.reason : error, context.signal.aborted);
  }
}

async function abortForSure(context: RunContext, key: string, uploadId: string): Promise<void> {
  const { storage, clock } = context;
  for (let round = 0; round < abortRounds; round += 1) {
    await withRetry(context, (signal) =>
      withTimeout(clock, requestTimeoutMs, signal, (inner) => storage.abortMultipartUpload(key, uploadId, inner)),
    );
    try {
      await withRetry(context, (signal) =>
        withTimeout(clock, requestTimeoutMs, signal, (inner) => storage.listParts(key, uploadId, inner)),
      );
    } catch (error) {
      if (error instanceof UploadError && error.code === 'upload-expired') return;
      throw error;
    }
  }
  throw new UploadError('unexpected-answer');
}
