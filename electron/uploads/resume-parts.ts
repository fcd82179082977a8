import { withRetry, withTimeout } from './attempts.ts';
import { partCount, partRange } from './part-plan.ts';
import { UploadError } from './upload-error.ts';
import type { DigestName, StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { Multipart } from './upload-record.ts';

const listTimeoutMs = 60_000;

/** An ETag that has the form of an MD5: S3 documents it as the part's, unless KMS or customer keys encrypt it. */
const md5Form = /^[0-9a-f]{32}$/;

/**
 * The parts that need not be sent again: those the server lists with the right size and the ETag that the journal
 * remembers. A listed part that the journal does not know (its answer was lost, or its line was not written) counts
 * when the server's checksum of it, or its ETag, is that of the file's bytes, which costs a read instead of a transfer.
 * Rejects with `upload-expired`.
 */
export async function partsThatArrived(
  context: RunContext,
  multipart: Multipart,
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
    if (part.size !== partRange(source.size, multipart.partSize, part.partNumber).size) continue;
    const ours = known.get(part.partNumber);
    if (ours?.etag === part.etag && hasChecksum(ours, multipart)) {
      arrived.set(part.partNumber, ours);
      continue;
    }
    const proved = await proveByContent(context, multipart, part);
    if (proved === null) continue;
    await context.addPart(proved);
    arrived.set(part.partNumber, proved);
  }
  return arrived;
}

/** An upload with a checksum over the whole needs those of all its parts. */
const hasChecksum = (part: StoredPart, { checksum }: Multipart): boolean =>
  checksum === 'sha256' || part.crc64nvme !== undefined;

/** The part with our own checksum, when the server's word for its content is that of the file's bytes. */
async function proveByContent(context: RunContext, multipart: Multipart, part: StoredPart): Promise<StoredPart | null> {
  const names: DigestName[] = [multipart.checksum];
  if (part.crc64nvme === undefined) {
    if (!md5Form.test(part.etag)) return null;
    names.push('md5');
  }
  const { md5, ...checksums } = await digestOf(context, multipart, part.partNumber, names);
  const isSame = part.crc64nvme === undefined ? md5 === part.etag : checksums.crc64nvme === part.crc64nvme;
  const { partNumber, size, etag } = part;
  return isSame ? { partNumber, size, etag, ...checksums } : null;
}

/**
 * Whether the file still has the bytes that were sent of it. Size, time and samples cannot tell of every change: some
 * programs write into a file and set its time back. Rejects with `source-changed`: parts of two versions must not be
 * put together. What was journaled without any checksum has its ETag, where that is one.
 */
export async function recheckParts(
  context: RunContext,
  multipart: Multipart,
  parts: readonly StoredPart[],
): Promise<void> {
  for (const part of parts) {
    const expected = checksumOf(part);
    if (expected === null) continue;
    const [name, value] = expected;
    const found = await digestOf(context, multipart, part.partNumber, [name]);
    if (found[name] !== value) throw new UploadError('source-changed');
  }
}

function checksumOf({ crc64nvme, sha256, etag }: StoredPart): readonly [DigestName, string] | null {
  if (crc64nvme !== undefined) return ['crc64nvme', crc64nvme];
  if (sha256 !== undefined) return ['sha256', sha256];
  return md5Form.test(etag) ? ['md5', etag] : null;
}

function digestOf(
  { digests, record, signal }: RunContext,
  { partSize }: Multipart,
  partNumber: number,
  names: readonly DigestName[],
): ReturnType<RunContext['digests']['digest']> {
  const { path, size } = record().source;
  return digests.digest(path, partRange(size, partSize, partNumber), names, signal);
}
