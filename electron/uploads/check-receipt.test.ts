import { describe, expect, it } from 'vitest';
import { type Receipt, receiptSchema } from '../../shared/receipt.ts';
import { content, makeRecord, multipart, now } from '../../tests/support/builders.ts';
import { checkReceipt } from './check-receipt.ts';
import { makeReceipt } from './make-receipt.ts';
import type { StoredObject } from './ports.ts';

const destination = {
  id: 'd',
  kind: 'r2',
  name: 'videos',
  endpoint: 'https://a.r2.cloudflarestorage.com',
  region: 'auto',
  bucket: 'videos',
  isPathStyle: true,
} as const;
const record = makeRecord({
  transfer: multipart(),
  state: { status: 'completed', completedAt: now, etag: 'etag-3', crc64nvme: 'AAAAAAAAAAA=', verification: 'checksum', wasThere: false, token: null, localFile: 'kept' },
});
const parts = [2, 1].map((partNumber) => ({ partNumber, size: 10, etag: 'e', crc64nvme: 'AAAAAAAAAAA=' }));
const receipt = makeReceipt({ record, parts }, destination, '1.2.3');
const object: StoredObject = {
  size: content.length,
  modifiedAt: now,
  etag: 'etag-3',
  crc64nvme: 'AAAAAAAAAAA=',
  contentType: 'video/mp4',
  uploadToken: record.uploadToken,
};

describe('a receipt', () => {
  it('follows its schema, with the parts in order', () => {
    expect(receiptSchema.parse(JSON.parse(JSON.stringify(receipt)))).toEqual(receipt);
    expect(receipt.parts.map(({ partNumber }) => partNumber)).toEqual([1, 2]);
    expect(receipt).toMatchObject({ file: { size: 25 }, verification: 'checksum', verifiedAt: '2026-01-01T00:00:00.000Z' });
  });

  it('is not made of an upload that is not completed', () => {
    expect(() => makeReceipt({ record: makeRecord(), parts: [] }, destination, '1')).toThrow('invalid-request');
  });
});

describe('a second look at the object', () => {
  const look = (found: Partial<StoredObject> | null, of: Receipt = receipt) =>
    checkReceipt(of, found === null ? null : { ...object, ...found });

  it('passes when all is the same', () => {
    expect(look({})).toMatchObject({ passed: true });
    expect(look({}).checks.map(({ result }) => result)).toEqual(Array(6).fill('same'));
  });

  it.each([
    ['size', { size: 24 }],
    ['type', { contentType: 'text/plain' }],
    ['token', { uploadToken: 'another' }],
    ['etag', { etag: 'another' }],
    ['checksum', { crc64nvme: 'BBBBBBBBBBA=' }],
  ])('does not when another %s is found', (what, found) => {
    const report = look(found);
    expect(report.passed).toBe(false);
    expect(report.checks).toContainEqual({ what, result: 'different' });
  });

  it('does not when there is none', () => {
    expect(look(null)).toEqual({ passed: false, checks: [{ what: 'exists', result: 'different' }] });
  });

  it('is content with what the server says, as long as that proves the bytes', () => {
    expect(look({ crc64nvme: null, contentType: null })).toMatchObject({ passed: true });
    const withoutEtag = { ...receipt, object: { ...receipt.object, etag: '' } };
    expect(look({ etag: 'opaque' }, withoutEtag)).toMatchObject({ passed: true });
    expect(look({ etag: 'opaque', crc64nvme: null }, withoutEtag)).toMatchObject({ passed: false });
  });
});
