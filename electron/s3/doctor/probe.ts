import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { crc64 } from 'hash-wasm';
import type { ObjectDescription, RequestBody } from '../../uploads/ports.ts';

/** CRC-64/NVME's, in the bit order that the library wants. */
const nvmePolynomial = '9a6c9329ac4bc9b5';
const probeBytes = 4096;
const contentType = 'video/mp4';

/** Where the app's own files for looking at a bucket are: below the destination's prefix, where videos go. */
export const probeFolder = (prefix: string): string => `${prefix}videos/.remessa-`;

const probeName = /^(check|test)-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.mp4$/;

/** Whether a key is that of a probe of ours: nothing else is swept up. */
export const isProbeKey = (key: string, prefix: string): boolean =>
  key.startsWith(probeFolder(prefix)) && probeName.test(key.slice(probeFolder(prefix).length));

/** A small object with the type of a video and content that nothing else has. */
export interface Probe {
  readonly object: ObjectDescription;
  readonly bytes: Buffer;
}

export function makeProbe(prefix: string, size = probeBytes): Probe {
  const key = `${probeFolder(prefix)}check-${randomUUID()}.mp4`;
  const object = { key, size, contentType, uploadToken: randomUUID(), originalName: 'check.mp4' };
  return { object, bytes: randomBytes(size) };
}

/** CRC-64/NVME, as S3 writes it. */
export const crc64nvmeOf = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await crc64(bytes, nvmePolynomial), 'hex').toString('base64');

/** `crc64nvme`: to be confirmed by the server; null: not asked for. The signal keeps more of it from being sent. */
export function bodyOf(bytes: Buffer, crc64nvme: string | null, signal: AbortSignal): RequestBody {
  return {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    crc64nvme,
    pieces: async function* pieces() {
      for (let at = 0; at < bytes.length; at += sliceBytes) {
        signal.throwIfAborted();
        yield bytes.subarray(at, at + sliceBytes);
      }
    },
  };
}

const sliceBytes = 64 * 1024;
