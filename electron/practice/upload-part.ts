import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { checksumHeader } from './checksums.ts';
import { dataBody, type ObjectCall } from './operation.ts';
import { etagOf } from './put-object.ts';
import { receiveToFile } from './receive-body.ts';
import { invalidArgument, S3Fault } from './s3-fault.ts';
import { emptyReply, type Reply } from './s3-reply.ts';
import { queryValue } from './s3-request.ts';
import type { StoredPart, StoredUpload, UploadState } from './stored.ts';

/**
 * A part may be sent again, and the last one that was finished counts. Two connections may send the same part at once:
 * each has a file of its own until it is whole.
 */
export async function uploadPart(call: ObjectCall): Promise<Reply> {
  const { bucket, settings } = call;
  const partNumber = readPartNumber(call);
  const { upload } = await requireUpload(call);
  checkAlgorithm(call, upload);
  const incoming = bucket.folder.incomingFile();
  const wanted = upload.checksum === undefined ? [] : [upload.checksum.algorithm];
  const digests = await receiveToFile(incoming, dataBody(call), wanted);
  const part: StoredPart = {
    partNumber,
    file: basename(incoming),
    size: digests.size,
    etag: etagOf(digests, settings.partEtags),
    md5: digests.md5.toString('hex'),
    modifiedMs: settings.now(),
    checksum: upload.checksum === undefined ? undefined : digests.checksums.get(upload.checksum.algorithm),
  };
  await bucket.exclusive(async () => {
    // The upload may have been completed or aborted while the body was on its way.
    if (bucket.uploads.has(upload.uploadId)) return await bucket.savePart(upload.uploadId, part, incoming);
    await rm(incoming, { force: true });
    throw noSuchUpload(upload.uploadId);
  });
  const sent = call.claims.checksum?.algorithm ?? call.claims.trailer;
  const echoed = sent === undefined ? undefined : digests.checksums.get(sent);
  return emptyReply(200, {
    etag: `"${part.etag}"`,
    ...(sent === undefined || echoed === undefined ? {} : { [checksumHeader(sent)]: echoed }),
  });
}

/** A part that is on its way finds no upload when it arrives; its bytes are dropped there. */
export async function abortMultipartUpload(call: ObjectCall): Promise<Reply> {
  const { upload } = await requireUpload(call);
  await call.bucket.exclusive(() => call.bucket.removeUpload(upload.uploadId));
  return emptyReply(204);
}

/** An upload id counts only with its own key. The bucket's rules end old ones first. */
export async function requireUpload(call: ObjectCall): Promise<UploadState> {
  const uploadId = queryValue(call.request, 'uploadId') ?? '';
  const { bucket, settings } = call;
  await bucket.exclusive(() => bucket.expireUploads(settings.now()));
  const state = bucket.uploads.get(uploadId);
  if (state === undefined || state.upload.key !== call.key) throw noSuchUpload(uploadId);
  return state;
}

export function noSuchUpload(uploadId: string): S3Fault {
  return new S3Fault(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted ' +
      'or completed.',
    { details: { UploadId: uploadId } },
  );
}

function readPartNumber(call: ObjectCall): number {
  const text = queryValue(call.request, 'partNumber') ?? '';
  const max = call.settings.rules.maxPartNumber;
  if (/^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= max) return Number(text);
  throw invalidArgument('partNumber', text, `Part number must be an integer between 1 and ${max}, inclusive`);
}

/**
 * A part may only carry the checksum its upload was created with; S3 says "expected checksum Type: null" when Create
 * named none. A composite checksum is made of the parts' own, so there each part must bring one.
 */
function checkAlgorithm(call: ObjectCall, upload: StoredUpload): void {
  if (call.settings.checksums === 'ignored') return;
  const expected = upload.checksum?.algorithm;
  const actual = call.claims.checksum?.algorithm ?? call.claims.trailer;
  if (actual === expected || (actual === undefined && upload.checksum?.type !== 'COMPOSITE')) return;
  throw new S3Fault(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${expected ?? 'null'}, ` +
      `actual checksum Type: ${actual ?? 'null'}`,
  );
}
