import { randomBytes } from 'node:crypto';
import { checksumElement, defaultChecksumType, parseAlgorithm, type ChecksumType } from './checksums.ts';
import { abortHeaders } from './lifecycle-answer.ts';
import { readObjectHeaders } from './object-headers.ts';
import type { ObjectCall } from './operation.ts';
import { headerNotImplemented, S3Fault } from './s3-fault.ts';
import { xmlReply, type Reply } from './s3-reply.ts';
import type { StoredUpload } from './stored.ts';
import { element, resultElement } from './xml-write.ts';

/**
 * Metadata and content type belong here, not to Complete: what is not said now can never be added to the object. So
 * does the checksum: parts must then come with this algorithm or, for a full-object one, with none.
 */
export async function createMultipartUpload(call: ObjectCall): Promise<Reply> {
  const { bucket, key, settings } = call;
  const checksum = settings.checksums === 'ignored' ? undefined : readChecksumChoice(call);
  const initiatedMs = settings.now();
  const upload: StoredUpload = {
    uploadId: newUploadId(initiatedMs),
    key,
    initiatedMs,
    headers: readObjectHeaders(call.request.headers, settings.rules),
    checksum,
  };
  await bucket.exclusive(() => bucket.saveUpload(upload));
  const headers =
    checksum === undefined
      ? {}
      : { 'x-amz-checksum-algorithm': checksum.algorithm.toUpperCase(), 'x-amz-checksum-type': checksum.type };
  return xmlReply(
    resultElement('InitiateMultipartUploadResult', [
      element('Bucket', bucket.name),
      element('Key', key),
      element('UploadId', upload.uploadId),
    ]),
    { ...headers, ...abortHeaders(call, upload) },
  );
}

/** Time first: ListMultipartUploads sorts uploads of one key by initiation and pages by id, so both agree. */
function newUploadId(initiatedMs: number): string {
  return initiatedMs.toString(16).padStart(12, '0') + randomBytes(20).toString('hex');
}

/**
 * Which algorithm goes with which type (S3 "Checking object integrity", R2 "S3 API compatibility"): CRC64NVME is always
 * of the full object, SHA-1 and SHA-256 always composite, CRC32 either on S3 and composite on R2.
 */
function readChecksumChoice(call: ObjectCall): StoredUpload['checksum'] {
  const name = call.request.headers.get('x-amz-checksum-algorithm');
  const typeName = call.request.headers.get('x-amz-checksum-type')?.toUpperCase();
  if (name === undefined) {
    if (typeName === undefined) return undefined;
    throw new S3Fault(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const algorithm = parseAlgorithm(name);
  if (algorithm === undefined) throw headerNotImplemented('x-amz-checksum-algorithm', name);
  const type = typeName ?? defaultChecksumType(algorithm);
  const { fullObjectCrc32 } = call.settings.rules;
  const isFullObjectAllowed = algorithm === 'crc64nvme' || (algorithm === 'crc32' && fullObjectCrc32);
  const isAllowed = type === 'FULL_OBJECT' ? isFullObjectAllowed : type === 'COMPOSITE' && algorithm !== 'crc64nvme';
  if (isAllowed) return { algorithm, type: type as ChecksumType };
  const shortName = checksumElement(algorithm).slice('Checksum'.length).toLowerCase();
  throw new S3Fault(
    'InvalidRequest',
    `The ${type} checksum type cannot be used with the ${shortName} checksum algorithm.`,
  );
}
