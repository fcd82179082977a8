/**
 * What the storage systems charge, in US dollars. GB is 10^9 bytes. Sources: Cloudflare "R2 pricing" (Standard storage;
 * Class A are writes and lists, Class B reads), AWS "Amazon S3 pricing" (S3 Standard, US East, first tiers), Render
 * "Disks". Prices of other regions, taxes and the change into reais are not in here.
 */
export const pricesAsOf = '2026-11-01';

export interface Prices {
  /** Per GB and month. */
  readonly storage: number;
  readonly freeStorageGB: number;
  /** Per million requests that write or list, and per million that read. */
  readonly writes: number;
  readonly reads: number;
  readonly freeWrites: number;
  readonly freeReads: number;
  /** Per GB that people download. */
  readonly egress: number;
  readonly freeEgressGB: number;
}

export const priceList: Readonly<Record<'r2' | 's3' | 'disk', Prices>> = {
  r2: {
    storage: 0.015,
    freeStorageGB: 10,
    writes: 4.5,
    reads: 0.36,
    freeWrites: 1e6,
    freeReads: 1e7,
    egress: 0,
    freeEgressGB: 0,
  },
  s3: {
    storage: 0.023,
    // New accounts, for a year.
    freeStorageGB: 5,
    writes: 5,
    reads: 0.4,
    freeWrites: 2_000,
    freeReads: 20_000,
    egress: 0.09,
    freeEgressGB: 100,
  },
  disk: {
    storage: 1,
    freeStorageGB: 0,
    writes: 0,
    reads: 0,
    freeWrites: 0,
    freeReads: 0,
    egress: 0,
    freeEgressGB: 0,
  },
};
