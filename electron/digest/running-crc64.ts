import { createCRC64 } from 'hash-wasm';
import { nvmePolynomial } from './digest-range.ts';

/** A CRC-64/NVME of bytes as they go by, about a gigabyte a second; base64, as S3 writes it. */
export async function runningCrc64(): Promise<{ readonly update: (bytes: Uint8Array) => void; readonly digest: () => string }> {
  const crc = await createCRC64(nvmePolynomial);
  crc.init();
  return {
    update: (bytes) => void crc.update(bytes),
    digest: () => Buffer.from(crc.digest('binary')).toString('base64'),
  };
}
