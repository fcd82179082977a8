import type { Receipt, ReceiptCheck, ReceiptReport } from '../../shared/receipt.ts';
import type { ObjectStorage, StoredObject } from './ports.ts';

/**
 * Compares an object, as HEAD shows it now, with what a receipt says of it. `found` null: there is none. Passed when
 * nothing is different and the content is proved by its ETag or its checksum.
 */
export function checkReceipt({ file, object }: Receipt, found: StoredObject | null): ReceiptReport {
  if (found === null) return { passed: false, checks: [{ what: 'exists', result: 'different' }] };
  const checks: readonly ReceiptCheck[] = [
    { what: 'exists', result: 'same' },
    { what: 'size', result: compare(file.size, found.size) },
    { what: 'type', result: compare(object.contentType, found.contentType) },
    { what: 'token', result: compare(object.uploadToken, found.uploadToken) },
    { what: 'etag', result: compare(object.etag === '' ? null : object.etag, found.etag) },
    { what: 'checksum', result: compare(object.crc64nvme, found.crc64nvme) },
  ];
  const isProved = checks.some(({ what, result }) => (what === 'etag' || what === 'checksum') && result === 'same');
  return { passed: isProved && checks.every(({ result }) => result !== 'different'), checks };
}

const compare = <T>(told: T | null, found: T | null): ReceiptCheck['result'] => {
  if (told === null || found === null) return 'unknown';
  return told === found ? 'same' : 'different';
};

/** Longest that a head may take, and that the reading of a whole video on a disk may, milliseconds. */
const headPatienceMs = 30_000;
const readingPatienceMs = 60 * 60_000;

/**
 * What stands under a receipt's key now. A server is asked for its head. What a disk has noted about a file says nothing of
 * what became of its bytes since: they are read.
 */
export async function objectOfReceipt(
  storage: Pick<ObjectStorage, 'headObject' | 'checksumOf'>,
  { destination, object: { key } }: Receipt,
): Promise<StoredObject | null> {
  const found = await storage.headObject(key, AbortSignal.timeout(headPatienceMs));
  if (found === null || destination.kind !== 'disk') return found;
  return { ...found, crc64nvme: await storage.checksumOf(key, AbortSignal.timeout(readingPatienceMs)) };
}
