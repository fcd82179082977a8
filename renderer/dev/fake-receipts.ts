import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import type { Upload } from '../../shared/upload.ts';

const etag = '9b2cf535f27731c974343645a3985328';
const crc = 'k3Vq0x2+Vp8=';

/** The receipt that the main process would have kept of this upload. */
export function fakeReceipt(upload: Upload): Receipt {
  const verification = upload.status === 'completed' ? upload.verification : 'object';
  const partSize = 8 * 1024 * 1024;
  const count = upload.size > 50 * 1024 * 1024 ? Math.ceil(upload.size / partSize) : 0;
  const verifiedAt = new Date(upload.status === 'completed' ? upload.completedAt : Date.now());
  return {
    kind: 'remessa-receipt',
    schemaVersion: 1,
    id: '6f1d1f0e-58f0-4c4e-9b1a-0d6a3f2b7c55',
    appVersion: '0.1.0',
    file: { name: upload.name, size: upload.size, modifiedAt: '2026-11-21T19:12:44.000Z' },
    destination: {
      id: 'd-r2',
      kind: 'r2',
      name: 'ensinalab-videos',
      endpoint: 'https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com',
      region: 'auto',
      bucket: 'ensinalab-videos',
      isPathStyle: true,
    },
    object: {
      key: upload.key,
      contentType: 'video/mp4',
      etag: count === 0 ? etag : `${etag}-${count}`,
      uploadToken: '01JD9W3Q8Z6Y',
      crc64nvme: verification === 'checksum' ? crc : null,
    },
    parts: Array.from({ length: count }, (_, index) => ({
      partNumber: index + 1,
      size: Math.min(partSize, upload.size - index * partSize),
      etag,
      ...(verification === 'checksum' ? { crc64nvme: crc } : {}),
    })),
    verification,
    addedAt: new Date(verifiedAt.getTime() - 600_000).toISOString(),
    verifiedAt: verifiedAt.toISOString(),
  };
}

export const sameReport: ReceiptReport = {
  passed: true,
  checks: [
    { what: 'exists', result: 'same' },
    { what: 'size', result: 'same' },
    { what: 'type', result: 'same' },
    { what: 'token', result: 'same' },
    { what: 'etag', result: 'same' },
    { what: 'checksum', result: 'unknown' },
  ],
};

export const changedReport: ReceiptReport = {
  passed: false,
  checks: [
    { what: 'exists', result: 'same' },
    { what: 'size', result: 'different' },
    { what: 'type', result: 'same' },
    { what: 'token', result: 'different' },
    { what: 'etag', result: 'different' },
    { what: 'checksum', result: 'unknown' },
  ],
};
