import { describe, expect, it } from 'vitest';
import { limits } from '../s3/limits.ts';
import { MiB, choosePartSize, missingParts, partCount, partRange } from './part-plan.ts';

const TiB = MiB * MiB;
const plan = (size: number, wanted = 8 * MiB): { partSize: number; parts: number } => {
  const partSize = choosePartSize(size, wanted, limits);
  return { partSize, parts: partCount(size, partSize) };
};

describe('part size and number', () => {
  it.each([
    [0, 8, 1],
    [1, 8, 1],
    [5 * MiB - 1, 8, 1],
    [5 * MiB, 8, 1],
    [5 * MiB + 1, 8, 1],
    [8 * MiB, 8, 1],
    [8 * MiB + 1, 8, 2],
    [16 * MiB, 8, 2],
    [50 * MiB - 1, 8, 7],
    [50 * MiB, 8, 7],
    [50 * MiB + 1, 8, 7],
    [10_000 * 8 * MiB, 8, 10_000],
    [10_000 * 8 * MiB + 1, 9, 8889],
    [limits.maxObjectBytes, 524, 9996],
  ])('%i bytes are parts of %i MiB, %i of them', (size, partMiB, parts) => {
    expect(plan(size)).toEqual({ partSize: partMiB * MiB, parts });
  });

  it('never needs more than 10,000 parts, and grows in whole MiB', () => {
    for (let size = MiB; size <= limits.maxObjectBytes; size = Math.ceil(size * 1.37) + 1) {
      const { partSize, parts } = plan(size, 5 * MiB);
      expect(parts).toBeLessThanOrEqual(10_000);
      expect(partSize % MiB).toBe(0);
    }
  });

  it('takes the smallest part size that fits', () => {
    const size = 10_000 * 8 * MiB + 1;
    expect(Math.ceil(size / (plan(size).partSize - MiB))).toBeGreaterThan(10_000);
  });

  it('does not go below what the provider takes', () => {
    expect(choosePartSize(100 * MiB, MiB, limits)).toBe(5 * MiB);
  });

  it('takes 4.995 TiB and refuses one byte more', () => {
    expect(limits.maxObjectBytes).toBe(5 * TiB - 5 * 1024 * MiB);
    expect(() => plan(limits.maxObjectBytes + 1)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  it('refuses parts that are larger than the provider takes', () => {
    const narrow = { ...limits, maxPartBytes: 6 * MiB };
    expect(() => choosePartSize(1, 8 * MiB, narrow)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

describe('ranges', () => {
  it.each([1, 9, 10, 11, 20, 95, 100])('%i bytes in parts of ten are covered without a gap or an overlap', (size) => {
    let end = 0;
    for (let n = 1; n <= partCount(size, 10); n += 1) {
      const range = partRange(size, 10, n);
      expect(range).toEqual({ partNumber: n, start: end, size: n < partCount(size, 10) ? 10 : size - end });
      expect(range.size).toBeGreaterThan(0);
      end += range.size;
    }
    expect(end).toBe(size);
  });

  it('names the missing parts in ascending order', () => {
    expect(missingParts(95, 10, (n) => n % 3 === 0)).toEqual([1, 2, 4, 5, 7, 8, 10]);
    expect(missingParts(95, 10, () => true)).toEqual([]);
  });
});
