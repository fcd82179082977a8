import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Crc64 } from './crc64.ts';
import { combineCrcs, type CrcPiece } from './crc-combine.ts';

/** The checksums S3 calls "additional": their wire names, their hashers, and how parts make a whole. */

export const CHECKSUM_ALGORITHMS = ['crc32', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

/** Base64, and for a composite checksum "-N", as it stands in headers and documents. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: ChecksumType;
}

export interface Hasher {
  update(chunk: Uint8Array): unknown;
  digest(): Buffer;
}

const BYTES: Readonly<Record<ChecksumAlgorithm, number>> = { crc32: 4, crc64nvme: 8, sha1: 20, sha256: 32 };

export function createHasher(algorithm: ChecksumAlgorithm | 'md5'): Hasher {
  switch (algorithm) {
    case 'crc32':
      return createCrc32();
    case 'crc64nvme':
      return new Crc64();
    case 'md5':
    case 'sha1':
    case 'sha256':
      return createHash(algorithm);
  }
}

function createCrc32(): Hasher {
  let value = 0;
  return {
    update: (chunk) => {
      // An empty Buffer may have no memory behind it, and zlib answers that with 0 instead of `value`.
      if (chunk.length > 0) value = crc32(chunk, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value >>> 0);
      return bytes;
    },
  };
}

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm}`;
}

/** `ChecksumCRC64NVME`, as in ListParts and in the part list of Complete. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm.toUpperCase()}`;
}

export function parseAlgorithm(name: string): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toLowerCase());
}

/** Strict: the right number of bytes, and base64 that is written the one canonical way. */
export function isChecksumValue(algorithm: ChecksumAlgorithm, value: string): boolean {
  return isBase64Of(value, BYTES[algorithm]);
}

export function isBase64Of(value: string, bytes: number): boolean {
  const decoded = Buffer.from(value, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === value;
}

/** CRC64NVME exists only for the whole object; every other one is composite unless asked otherwise. */
export function defaultChecksumType(algorithm: ChecksumAlgorithm): ChecksumType {
  return algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE';
}

export interface PartChecksum {
  readonly value: string;
  readonly size: number;
}

export function combineChecksums(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly PartChecksum[],
): Checksum {
  const raw = parts.map((part): CrcPiece => ({ crc: Buffer.from(part.value, 'base64'), length: part.size }));
  if (type === 'FULL_OBJECT' && (algorithm === 'crc32' || algorithm === 'crc64nvme')) {
    return { algorithm, type, value: combineCrcs(algorithm, raw).toString('base64') };
  }
  const hasher = createHasher(algorithm);
  for (const piece of raw) hasher.update(piece.crc);
  return { algorithm, type: 'COMPOSITE', value: `${hasher.digest().toString('base64')}-${parts.length}` };
}
