import { describe, expect, it } from 'vitest';
import { defaultPreferences } from '../../shared/settings.ts';
import type { Stored } from './cost-estimate.ts';
import { compareCosts, keepingCost, monthOf, pricedKindOf, sendingPlanOf } from './cost-estimate.ts';

const GB = 1e9;
const MiB = 1024 * 1024;
const plan = sendingPlanOf(defaultPreferences);
const stored: Stored = {
  objects: 200,
  bytes: 100 * GB,
  unfinishedBytes: 4 * GB,
  sentThisMonth: { objects: 10, bytes: 10 * 80 * MiB },
};

describe('sendingPlanOf', () => {
  it.each([
    [{}, 8, 50],
    [{ partSizeMiB: 16, multipartThresholdMiB: 5 }, 16, 5],
  ] as const)('%j', (changed, partMiB, thresholdMiB) => {
    expect(sendingPlanOf({ ...defaultPreferences, ...changed })).toEqual({
      partSize: partMiB * MiB,
      multipartThreshold: thresholdMiB * MiB,
    });
  });
});

describe('monthOf', () => {
  it('counts what is kept, what was sent and what is watched', () => {
    expect(monthOf(stored, 10, plan)).toEqual({
      storedBytes: 104 * GB,
      // Each of ten videos of 80 MiB: Create, ten parts, Complete.
      writes: 10 * 12,
      reads: 10 * 3 + 200 * 10,
      egressBytes: 1000 * GB,
    });
  });

  it('of an empty destination is nothing', () => {
    const empty = { objects: 0, bytes: 0, unfinishedBytes: null, sentThisMonth: { objects: 0, bytes: 0 } };
    expect(monthOf(empty, 10, plan)).toEqual({ storedBytes: 0, writes: 0, reads: 0, egressBytes: 0 });
  });
});

describe('compareCosts', () => {
  const costs = compareCosts(monthOf(stored, 10, plan), 4 * GB);

  it.each([
    // (104 − 10) GB × 0.015, of which 4 GB are unfinished; requests are within the free ones; watching is free.
    ['r2', { storage: 1.35, unfinished: 0.06, requests: 0, egress: 0, total: 1.41 }],
    // (104 − 5) GB × 0.023; (1000 − 100) GB × 0.09.
    ['s3', { storage: 2.185, unfinished: 0.092, requests: 0, egress: 81, total: 83.277 }],
    ['disk', { storage: 100, unfinished: 4, requests: 0, egress: 0, total: 104 }],
  ] as const)('%s', (kind, expected) => {
    for (const [line, dollars] of Object.entries(expected)) {
      expect(costs[kind][line as keyof typeof expected], line).toBeCloseTo(dollars, 6);
    }
  });

  it.each(['r2', 's3', 'disk'] as const)('the lines of %s add up to its total', (kind) => {
    const { storage, unfinished, requests, egress, total } = costs[kind];
    expect(storage + unfinished + requests + egress).toBeCloseTo(total, 9);
  });

  it('charges unfinished uploads only beyond the free part', () => {
    const small = monthOf({ ...stored, bytes: 2 * GB, unfinishedBytes: 4 * GB }, 0, plan);
    expect(compareCosts(small, 4 * GB).r2.unfinished).toBe(0);
    expect(compareCosts(small, 4 * GB).s3.unfinished).toBeCloseTo(0.023, 9);
  });
});

it.each([
  ['r2', 4 * GB, 0.06],
  ['s3', 4 * GB, 0.092],
  ['disk', 0, 0],
] as const)('%s keeps %d bytes for %d dollars', (kind, bytes, dollars) =>
  expect(keepingCost(kind, bytes)).toBeCloseTo(dollars, 9),
);

it('has no price for the practice bucket', () => {
  expect(pricedKindOf('practice')).toBeNull();
  expect(pricedKindOf('s3')).toBe('s3');
});
