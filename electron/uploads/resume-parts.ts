import { createHash } from 'node:crypto';
import { withRetry, withTimeout } from './attempts.ts';
import { MiB, type PartRange, partCount, partRange } from './part-plan.ts';
import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { Transfer } from './upload-record.ts';

const listTimeoutMs = 60_000;

/** An ETag that has the form of an MD5: S3 documents it as the part's, unless KMS or customer keys encrypt it. */
const md5Form = /^[0-9a-f]{32}$/;

/**
 * The parts that need not be sent again: those the server lists with the right size and the ETag that the journal
 * remembers. A listed part that the journal does not know (its answer was lost, or its line was not written) counts when its ETag is
 * the MD5 of the file's bytes, which costs a read instead of a transfer. Rejects with `upload-expired`.
 */
export async function partsThatArrived(
  context: RunContext,
  multipart: Extract<Transfer, { kind: 'multipart' }>,
): Promise<ReadonlyMap<number, StoredPart>> {
  const { source, key } = context.record();
  const listed = await withRetry(context, (signal) =>
    withTimeout(context.clock, listTimeoutMs, signal, (inner) =>
      context.storage.listParts(key, multipart.uploadId, inner),
    ),
  );
  const known = context.knownParts();
  const arrived = new Map<number, StoredPart>();
  for (const part of listed) {
    if (part.partNumber > partCount(source.size, multipart.partSize)) continue;
    const range = partRange(source.size, multipart.partSize, part.partNumber);
    if (part.size !== range.size) continue;
    if (known.get(part.partNumber)?.etag === part.etag) arrived.set(part.partNumber, part);
    else if (md5Form.test(part.etag) && (await contentMd5(context, range)) === part.etag) {
      await context.addPart(part);
      arrived.set(part.partNumber, part);
    }
  }
  return arrived;
}

/** MD5 of a range of the source file, hex; a MiB at a time, so that the event loop is never held for long. */
async function contentMd5(context: RunContext, range: PartRange): Promise<string> {
  const { path } = context.record().source;
  const hash = createHash('md5');
  const piece = Buffer.allocUnsafe(Math.min(MiB, range.size));
  for (let offset = 0; offset < range.size; offset += piece.length) {
    context.signal.throwIfAborted();
    const into = piece.subarray(0, Math.min(piece.length, range.size - offset));
    await context.files.read(path, range.start + offset, into);
    hash.update(into);
  }
  return hash.digest('hex');
}
