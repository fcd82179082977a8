import { expect, it } from 'vitest';
import { crc64 } from '../../tests/support/received-body.ts';
import { runningCrc64 } from './running-crc64.ts';

it('is the checksum of the whole, however it is cut, and of two at once', async () => {
  const bytes = Buffer.from(Array.from({ length: 70_001 }, (_, n) => n * 7));
  const [one, other] = [await runningCrc64(), await runningCrc64()];
  for (let at = 0; at < bytes.length; at += 1_003) {
    one.update(bytes.subarray(at, at + 1_003));
    other.update(Buffer.from('x'));
  }
  expect(one.digest()).toBe(crc64(bytes));
  expect(other.digest()).toBe(crc64(Buffer.from('x'.repeat(70))));
  // The check value of the CRC catalogue: CRC-64/NVME of "123456789" is ae8b14860a799888.
  const known = await runningCrc64();
  known.update(Buffer.from('123456789'));
  expect(Buffer.from(known.digest(), 'base64').toString('hex')).toBe('ae8b14860a799888');
});
