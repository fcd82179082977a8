import { CRC64_POLYNOMIAL } from './crc64.ts';

/**
 * The CRC of two pieces laid end to end, from the CRCs of the pieces: shift the first by the length of the second
 * (multiply by x^(8·length) modulo the polynomial, as zlib's crc32_combine does) and add. This is how S3 gets the
 * full-object checksum of a multipart upload without reading the object.
 */
interface CrcShape {
  readonly bits: bigint;
  readonly polynomial: bigint;
}

const SHAPES = {
  crc32: { bits: 32n, polynomial: 0xedb88320n },
  crc64nvme: { bits: 64n, polynomial: CRC64_POLYNOMIAL },
} as const satisfies Readonly<Record<string, CrcShape>>;

export interface CrcPiece {
  readonly crc: Buffer;
  readonly length: number;
}

export function combineCrcs(algorithm: keyof typeof SHAPES, pieces: readonly CrcPiece[]): Buffer {
  const shape = SHAPES[algorithm];
  // All parts but the last have one size, so the costly power is computed twice, not ten thousand times.
  const powers = new Map<number, bigint>();
  let total = 0n;
  for (const { crc, length } of pieces) {
    const power = powers.get(length) ?? powerOfX(8n * BigInt(length), shape);
    powers.set(length, power);
    total = multiply(power, total, shape) ^ BigInt(`0x${crc.toString('hex')}`);
  }
  return Buffer.from(total.toString(16).padStart(Number(shape.bits) / 4, '0'), 'hex');
}

/** Polynomials are bit-reversed: the top bit is x^0. */
function multiply(left: bigint, right: bigint, { bits, polynomial }: CrcShape): bigint {
  let product = 0n;
  let shifted = right;
  for (let mask = 1n << (bits - 1n); mask !== 0n; mask >>= 1n) {
    if ((left & mask) !== 0n) product ^= shifted;
    shifted = (shifted & 1n) === 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
}

function powerOfX(exponent: bigint, shape: CrcShape): bigint {
  let result = 1n << (shape.bits - 1n);
  let square = 1n << (shape.bits - 2n);
  for (let rest = exponent; rest !== 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = multiply(square, result, shape);
    square = multiply(square, square, shape);
  }
  return result;
}
