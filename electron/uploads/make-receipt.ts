import type { Receipt } from '../../shared/receipt.ts';
import { describeObject } from './describe-object.ts';
import type { StoredPart } from './ports.ts';
import { UploadError } from './upload-error.ts';
import type { UploadRecord } from './upload-record.ts';

/** The receipt of a completed upload. Rejects with `invalid-request` for any other. */
export function makeReceipt(
  { record, parts }: { readonly record: UploadRecord; readonly parts: readonly StoredPart[] },
  destination: Receipt['destination'],
  appVersion: string,
): Receipt {
  const { state, source, key, uploadToken, transfer } = record;
  if (state.status !== 'completed') throw new UploadError('invalid-request');
  return {
    kind: 'remessa-receipt',
    schemaVersion: 1,
    id: record.id,
    appVersion,
    file: { name: source.name, size: source.size, modifiedAt: new Date(source.mtimeMs).toISOString() },
    destination,
    object: {
      key,
      contentType: describeObject(record).contentType,
      etag: state.etag,
      // Who sent what was there already is another upload, or nobody of ours.
      uploadToken: state.wasThere ? state.token : uploadToken,
      crc64nvme: state.crc64nvme,
    },
    parts: transfer.kind === 'multipart' ? [...parts].sort((a, b) => a.partNumber - b.partNumber).map(plain) : [],
    verification: state.verification,
    addedAt: new Date(record.addedAt).toISOString(),
    verifiedAt: new Date(state.completedAt).toISOString(),
  };
}

/** Without what a newer journal may hold besides. */
const plain = ({ partNumber, size, etag, crc64nvme, sha256 }: StoredPart): Receipt['parts'][number] => ({
  partNumber,
  size,
  etag,
  ...(crc64nvme === undefined ? {} : { crc64nvme }),
  ...(sha256 === undefined ? {} : { sha256 }),
});
