import { asUploadError } from './upload-error.ts';
import { partCount } from './part-plan.ts';
import { judge } from './retry-policy.ts';
import { withTimeout } from './attempts.ts';
import { checkSameContent } from './source-check.ts';
import { lookAtObject, mustBeNew, objectExists, verifyObject } from './stored-object.ts';
import type { Multipart } from './upload-record.ts';
import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';

/** S3 may need minutes to put a large object together; after this long a HEAD tells whether it has. */
const completeTimeoutMs = 180_000;

/**
 * Puts the parts together and proves the object. A Complete whose answer is bad, lost or an error inside a 200 says
 * nothing about what happened: HEAD decides, by our token, before anything is tried again.
 */
export async function finishMultipart(
  context: RunContext,
  multipart: Multipart,
  parts: readonly StoredPart[],
): Promise<void> {
  await checkSameContent(context.files, context.record().source);
  const crc64nvme = await checksumOfWhole(context, multipart, parts);
  await refuseForeignObject(context);
  await context.commit({ type: 'completing' });
  const etag = await completeOrFind(context, { uploadId: multipart.uploadId, parts, crc64nvme });
  const proof = await verifyObject(context, { etag, crc64nvme, parts });
  await context.commit({ type: 'completed', at: context.clock.now(), ...proof });
}

/** The file's CRC-64/NVME out of those of its parts; null where the upload goes without, or one is not known. */
export async function checksumOfWhole(
  { digests, record }: Pick<RunContext, 'digests' | 'record'>,
  { checksum, partSize }: Multipart,
  parts: readonly StoredPart[],
): Promise<string | null> {
  if (checksum !== 'crc64nvme' || parts.length !== partCount(record().source.size, partSize)) return null;
  const pieces = parts.flatMap(({ crc64nvme, size }) => (crc64nvme === undefined ? [] : [{ crc64nvme, size }]));
  return pieces.length === parts.length ? digests.combineCrc64(pieces) : null;
}

/** On R2 a Complete that fails its If-None-Match destroys the upload, so the question is asked before it. */
async function refuseForeignObject(context: RunContext): Promise<void> {
  if (context.record().onConflict === 'replace') return;
  const found = await lookAtObject(context);
  if (found.kind === 'foreign') throw objectExists(found.object);
}

/** The ETag that Complete answered; null when the answer was lost and the object is there. */
async function completeOrFind(
  context: RunContext,
  whole: {
    readonly uploadId: string;
    readonly parts: readonly StoredPart[];
    readonly crc64nvme: string | null;
  },
): Promise<string | null> {
  const { clock, storage, signal } = context;
  const { key } = context.record();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const isNew = await mustBeNew(context);
      const { etag } = await withTimeout(clock, completeTimeoutMs, signal, (inner) =>
        storage.completeMultipartUpload({ ...whole, key, mustBeNew: isNew, signal: inner }),
      );
      return etag;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = asUploadError(thrown);
      context.log.warn('complete-unclear', { id: context.record().id, code: error.code, attempt });
      const verdict = judge(error, attempt, () => clock.random());
      // Nothing answers at all: HEAD would not either. The next run begins with it.
      if (verdict.kind === 'offline') throw error;
      const found = await lookAtObject(context);
      if (found.kind === 'ours') return null;
      if (error.code === 'object-exists' && found.kind === 'foreign') throw objectExists(found.object);
      if (verdict.kind !== 'retry') throw error;
      context.onRetrying({ error, retryAt: clock.now() + verdict.afterMs });
      await clock.sleep(verdict.afterMs, signal);
      context.onRetrying(null);
    }
  }
}
