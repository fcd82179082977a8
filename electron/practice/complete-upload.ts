import { createHash, randomBytes } from 'node:crypto';
import { checkParts } from './check-parts.ts';
import { CHECKSUM_ALGORITHMS, checksumElement, checksumHeader, combineChecksums, type Checksum } from './checksums.ts';
import { versionHeaders } from './object-versions.ts';
import { documentBody, preconditionFailed, wantsAbsence, type ObjectCall } from './operation.ts';
import { readPartList, type ListedPart } from './read-part-list.ts';
import { receiveText } from './receive-body.ts';
import { headerNotImplemented, S3Fault } from './s3-fault.ts';
import { xmlReply, type Reply } from './s3-reply.ts';
import { queryValue } from './s3-request.ts';
import type { StoredObject, StoredPart, UploadState } from './stored.ts';
import { noSuchUpload, requireUpload } from './upload-part.ts';
import { element, resultElement } from './xml-write.ts';

/**
 * The end of an upload, and the operation with the most ways to go wrong: after a lost answer a client sees
 * NoSuchUpload here although its object exists (R2), or the same success again (S3). Nothing is copied, so it is quick.
 */
export async function completeMultipartUpload(call: ObjectCall): Promise<Reply> {
  const mustBeAbsent = wantsAbsence(call);
  if (findRepeated(call) === undefined) await requireUpload(call);
  const listed = readPartList(await receiveText(documentBody(call)));
  const object = await call.bucket.exclusive(async () => {
    // Asked again: the body took time, and another Complete or an Abort may have come first.
    const repeated = findRepeated(call);
    if (repeated !== undefined && isSameList(repeated, listed)) return repeated;
    const uploadId = queryValue(call.request, 'uploadId') ?? '';
    const state = call.bucket.uploads.get(uploadId);
    if (state === undefined) throw noSuchUpload(uploadId);
    return await commit(call, state, { listed, mustBeAbsent });
  });
  return completeReply(call, object);
}

interface CompleteWish {
  readonly listed: readonly ListedPart[];
  readonly mustBeAbsent: boolean;
}

/** Runs exclusively: between these checks and the manifest nobody can change the upload or take the key. */
async function commit(call: ObjectCall, state: UploadState, wish: CompleteWish): Promise<StoredObject> {
  const { bucket, key, settings } = call;
  const parts = checkParts(wish.listed, state, settings.rules);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  checkObjectSize(call, size);
  const checksum = wholeChecksum(call, state, parts);
  // Last of the checks, because on R2 its failure costs the upload: a wrong list must not.
  if (wish.mustBeAbsent && bucket.objects.has(key)) {
    if (settings.rules.abortsOnFailedCondition) await bucket.removeUpload(state.upload.uploadId);
    throw preconditionFailed('If-None-Match');
  }
  const object: StoredObject = {
    key,
    dataId: state.upload.uploadId,
    size,
    etag: settings.partEtags === 'md5' ? multipartEtag(parts) : `${randomBytes(16).toString('hex')}-${parts.length}`,
    modifiedMs: settings.now(),
    headers: state.upload.headers,
    segments: parts.map(({ file, size: partSize }) => ({ file, size: partSize })),
    checksum,
    completedParts: parts.map(({ partNumber, etag }) => ({ partNumber, etag })),
  };
  await bucket.completeUpload(object);
  return object;
}

/** MD5 of the parts' MD5s, and how many there are; so say S3 by habit and R2 since June 2023. */
export function multipartEtag(parts: readonly Pick<StoredPart, 'md5'>[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part.md5, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

/** x-amz-mp-object-size: the client says how large the whole must be, so a forgotten last part is noticed. */
function checkObjectSize(call: ObjectCall, size: number): void {
  const expected = call.request.headers.get('x-amz-mp-object-size');
  if (expected === undefined || expected === String(size)) return;
  throw new S3Fault(
    'InvalidRequest',
    `The provided 'x-amz-mp-object-size' header value ${expected} does not match what was computed: ${size}`,
  );
}

/** The checksum of the object, compared with the one the client may have sent for the whole. */
function wholeChecksum(call: ObjectCall, { upload }: UploadState, parts: readonly StoredPart[]): Checksum | undefined {
  if (call.settings.checksums === 'ignored') return undefined;
  const { headers } = call.request;
  const claimedName = CHECKSUM_ALGORITHMS.map(checksumHeader).find((name) => headers.has(name));
  const claimed = headers.get(claimedName ?? '');
  if (upload.checksum === undefined) {
    // S3 keeps a CRC64NVME of every object and could compare. We know only what Create asked for; never say yes unseen.
    if (claimedName !== undefined) throw headerNotImplemented(claimedName, claimed ?? '');
    return undefined;
  }
  const { algorithm, type } = upload.checksum;
  const whole = combineChecksums(
    algorithm,
    type,
    parts.map((part) => ({ value: part.checksum ?? '', size: part.size })),
  );
  const isTypeRight = (headers.get('x-amz-checksum-type')?.toUpperCase() ?? type) === type;
  const isSame = claimedName === checksumHeader(algorithm) && claimed === whole.value;
  if (isTypeRight && (claimedName === undefined || isSame)) return whole;
  throw new S3Fault('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

/** Only where the server repeats itself (S3): the object that this upload id has become. */
function findRepeated(call: ObjectCall): StoredObject | undefined {
  const object = call.bucket.objects.get(call.key);
  const isRepeated = call.settings.rules.repeatsComplete && object?.dataId === queryValue(call.request, 'uploadId');
  return isRepeated ? object : undefined;
}

function isSameList(object: StoredObject, listed: readonly ListedPart[]): boolean {
  const before = object.completedParts ?? [];
  return (
    before.length === listed.length &&
    before.every((part, index) => part.partNumber === listed[index]?.partNumber && part.etag === listed[index]?.etag)
  );
}

/** 200 at once. S3 may send white space first and an error inside the 200; the tests' proxy does that. */
function completeReply(call: ObjectCall, object: StoredObject): Reply {
  const { checksum } = object;
  const host = call.request.headers.get('host') ?? '';
  return xmlReply(
    resultElement('CompleteMultipartUploadResult', [
      element('Location', `http://${host}${call.request.path}`),
      element('Bucket', call.bucket.name),
      element('Key', object.key),
      element('ETag', `"${object.etag}"`),
      ...(checksum === undefined
        ? []
        : [element(checksumElement(checksum.algorithm), checksum.value), element('ChecksumType', checksum.type)]),
    ]),
    versionHeaders(call, object),
  );
}
