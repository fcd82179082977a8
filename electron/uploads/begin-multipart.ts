import { withRetry, withTimeout } from './attempts.ts';
import { choosePartSize } from './part-plan.ts';
import { asUploadError } from './upload-error.ts';
import { describeObject } from './describe-object.ts';
import type { RunContext } from './run-context.ts';

const createTimeoutMs = 30_000;
/** How far the server's clock and ours may differ when a lost upload is looked for. */
const clockSlackMs = 15 * 60_000;

/**
 * Creates the multipart upload and journals its id and part size before any part can leave. That a Create is on its
 * way is journaled first: if the process dies before the answer is, `discardLostUploads` finds what it left.
 */
export async function beginMultipart(context: RunContext): Promise<void> {
  const { clock, storage } = context;
  const { source } = context.record();
  const partSize = choosePartSize(source.size, context.settings.partSize, storage.limits, context.lane.connections);
  const since = clock.now();
  await context.commit({ type: 'creating', since });
  let mayBeLost = false;
  const created = await withRetry(context, async (signal) => {
    if (mayBeLost) await discardLostUploads(context, since);
    try {
      return await withTimeout(clock, createTimeoutMs, signal, (inner) =>
        storage.createMultipartUpload(describeObject(context.record()), inner),
      );
    } catch (thrown) {
      mayBeLost ||= asUploadError(thrown).facts.isUnclear === true;
      throw thrown;
    }
  });
  const { uploadId, expiresAt, hasChecksum } = created;
  const checksum = hasChecksum ? 'crc64nvme' : 'sha256';
  await context.commit({ type: 'created', uploadId, partSize, checksum, createdAt: clock.now(), expiresAt });
  await context.beginParts();
}

/**
 * Aborts what a Create with a lost answer may have left: an unfinished upload of our very key, begun since then, with
 * no part in it (we send none before the id is journaled). Without the permission to look, the bucket's lifecycle
 * rule has to do it, and the upload goes on.
 */
export async function discardLostUploads(context: RunContext, since: number): Promise<void> {
  const { storage, clock } = context;
  const { key, id } = context.record();
  try {
    const bounded = <T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> =>
      withRetry(context, (signal) => withTimeout(clock, createTimeoutMs, signal, request));
    const unfinished = await bounded((signal) => storage.listUnfinished(key, signal));
    for (const { uploadId, initiatedAt } of unfinished) {
      if (initiatedAt !== null && initiatedAt < since - clockSlackMs) continue;
      const parts = await bounded((signal) => storage.listParts(key, uploadId, signal));
      if (parts.length > 0) continue;
      await bounded((signal) => storage.abortMultipartUpload(key, uploadId, signal));
      context.log.info('lost-upload-aborted', { id });
    }
  } catch (thrown) {
    const error = asUploadError(thrown);
    if (error.code !== 'access-denied' && error.code !== 'upload-expired' && error.code !== 'invalid-request') throw error;
    context.log.warn('lost-upload-not-looked-for', { id, code: error.code });
  }
}
