import { describe, expect, it } from 'vitest';
import { type MonthlyUse, addedCost, monthlyCost, noUse, type PricedKind, sum, useOfVideo } from './costs.ts';
import { priceList, pricesAsOf } from './prices.ts';

const GB = 1e9;
const MiB = 1024 * 1024;
const use = (changes: Partial<MonthlyUse>): MonthlyUse => ({ ...noUse, ...changes });

describe('what a month costs', () => {
  it.each<[string, PricedKind, Partial<MonthlyUse>, [storage: number, requests: number, egress: number]]>([
    ['nothing', 'r2', {}, [0, 0, 0]],
    ['what R2 gives', 'r2', { storedBytes: 10 * GB, writes: 1e6, reads: 1e7, egressBytes: 1e15 }, [0, 0, 0]],
    ['100 GB on R2', 'r2', { storedBytes: 100 * GB }, [1.35, 0, 0]],
    ['two million writes on R2', 'r2', { writes: 2e6 }, [0, 4.5, 0]],
    ['eleven million reads on R2', 'r2', { reads: 11e6 }, [0, 0.36, 0]],
    ['100 GB on S3', 's3', { storedBytes: 100 * GB }, [2.185, 0, 0]],
    ['1,100 GB watched on S3', 's3', { egressBytes: 1_100 * GB }, [0, 0, 90]],
    ['a hundred thousand writes on S3', 's3', { writes: 102_000, reads: 20_000 }, [0, 0.5, 0]],
    ['40 GB on a disk, however often it is watched', 'disk', { storedBytes: 40 * GB, reads: 1e9, egressBytes: 1e15 }, [40, 0, 0]],
  ])('%s', (_what, kind, changes, [storage, requests, egress]) => {
    const cost = monthlyCost(kind, use(changes));
    expect(cost.storage).toBeCloseTo(storage, 9);
    expect(cost.requests).toBeCloseTo(requests, 9);
    expect(cost.egress).toBeCloseTo(egress, 9);
    expect(cost.total).toBeCloseTo(storage + requests + egress, 9);
  });

  it('of what is added begins where the free tier has been used up', () => {
    expect(addedCost('r2', noUse, use({ storedBytes: 12 * GB })).total).toBeCloseTo(0.03, 9);
    expect(addedCost('r2', use({ storedBytes: 8 * GB }), use({ storedBytes: 12 * GB })).total).toBeCloseTo(0.15, 9);
    expect(addedCost('r2', use({ storedBytes: 50 * GB }), use({ storedBytes: 12 * GB })).storage).toBeCloseTo(0.18, 9);
  });
});

describe('what a video takes', () => {
  const plan = { partSize: 8 * MiB, multipartThreshold: 50 * MiB };

  it.each([
    ['a small one', 50 * MiB, 1],
    ['one byte more', 50 * MiB + 1, 2 + 7],
    ['an exact number of parts', 80 * MiB, 2 + 10],
  ])('%s: %i bytes, %i writes', (_what, size, writes) => {
    expect(useOfVideo(size, plan, 10)).toEqual({ storedBytes: size, writes, reads: 13, egressBytes: 10 * size });
  });

  it('that nobody watches is looked at all the same', () => {
    expect(useOfVideo(1, plan, 0)).toEqual({ storedBytes: 1, writes: 1, reads: 3, egressBytes: 0 });
  });

  it('adds up', () => {
    const [a, b] = [useOfVideo(GB, plan, 1), useOfVideo(2 * GB, plan, 3)];
    expect(sum(a, b)).toEqual({ storedBytes: 3 * GB, writes: a.writes + b.writes, reads: 10, egressBytes: 7 * GB });
  });
});

it('prices are dated, and none is below nothing', () => {
  expect(Number.isNaN(Date.parse(pricesAsOf))).toBe(false);
  for (const prices of Object.values(priceList)) for (const price of Object.values(prices)) expect(price).toBeGreaterThanOrEqual(0);
});
