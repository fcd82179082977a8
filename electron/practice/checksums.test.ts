import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { combineChecksums, createHasher, isChecksumValue, type ChecksumAlgorithm } from './checksums.ts';

function hash(algorithm: ChecksumAlgorithm, ...chunks: readonly Buffer[]): Buffer {
  const hasher = createHasher(algorithm);
  for (const chunk of chunks) hasher.update(chunk);
  return hasher.digest();
}

describe('hashers', () => {
  it.each([
    ['crc64nvme', 'ae8b14860a799888'],
    ['crc32', 'cbf43926'],
    ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('%s of "123456789" is its published check value', (algorithm, expected) => {
    expect(hash(algorithm, Buffer.from('123456789')).toString('hex')).toBe(expected);
  });

  it('gives the CRC64NVME of nothing', () => {
    expect(hash('crc64nvme').toString('hex')).toBe('0000000000000000');
  });

  it('does not depend on how the bytes are cut, or on their place in memory', () => {
    const bytes = randomBytes(10_007);
    const whole = hash('crc64nvme', bytes);
    for (const size of [1, 3, 7, 8, 9, 4096]) {
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
      expect(hash('crc64nvme', ...pieces)).toEqual(whole);
    }
  });
});

describe('combining parts', () => {
  const parts = [randomBytes(70_001), randomBytes(70_001), randomBytes(5), randomBytes(0)];
  const pieces = (algorithm: ChecksumAlgorithm): { readonly value: string; readonly size: number }[] =>
    parts.map((part) => ({ value: hash(algorithm, part).toString('base64'), size: part.length }));

  it.each(['crc64nvme', 'crc32'] as const)('%s FULL_OBJECT equals the checksum of the whole', (algorithm) => {
    const whole = hash(algorithm, ...parts).toString('base64');
    expect(combineChecksums(algorithm, 'FULL_OBJECT', pieces(algorithm))).toEqual({
      algorithm,
      type: 'FULL_OBJECT',
      value: whole,
    });
  });

  it.each(['crc32', 'sha256'] as const)('%s COMPOSITE is the checksum of checksums, and their number', (algorithm) => {
    const raw = Buffer.concat(parts.map((part) => hash(algorithm, part)));
    expect(combineChecksums(algorithm, 'COMPOSITE', pieces(algorithm)).value).toBe(
      `${hash(algorithm, raw).toString('base64')}-4`,
    );
  });

  it('keeps a CRC with leading zeros at full length', () => {
    expect(
      combineChecksums('crc64nvme', 'FULL_OBJECT', [{ value: 'AAAAAAAAAAE=', size: 0 }]).value,
    ).toBe('AAAAAAAAAAE=');
  });
});

it('takes only canonical base64 of the right length', () => {
  const right = createHash('sha256').digest('base64');
  expect(isChecksumValue('sha256', right)).toBe(true);
  expect(isChecksumValue('sha256', right.slice(0, -1))).toBe(false);
  expect(isChecksumValue('crc32', right)).toBe(false);
  expect(isChecksumValue('crc32', 'AAAAAB==')).toBe(false);
  expect(isChecksumValue('crc32', 'AAAAAA==')).toBe(true);
});
