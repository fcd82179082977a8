import { type Prices, priceList } from './prices.ts';

const GB = 1e9;
const million = 1e6;

/** What a month of a destination consists of. */
export interface MonthlyUse {
  /** Bytes that are kept, those of unfinished uploads among them. */
  readonly storedBytes: number;
  /** Requests that write or list (create, part, complete, put), and those that read (head, get). */
  readonly writes: number;
  readonly reads: number;
  /** Bytes that people download. */
  readonly egressBytes: number;
}

/** US dollars a month. */
export interface MonthlyCost {
  readonly storage: number;
  readonly requests: number;
  readonly egress: number;
  readonly total: number;
}

export type PricedKind = keyof typeof priceList;

/** What a month costs when nothing else is kept in the account: each free tier counts once. */
export function monthlyCost(kind: PricedKind, use: MonthlyUse): MonthlyCost {
  const prices: Prices = priceList[kind];
  const storage = beyond(use.storedBytes / GB, prices.freeStorageGB) * prices.storage;
  const requests =
    (beyond(use.writes, prices.freeWrites) / million) * prices.writes +
    (beyond(use.reads, prices.freeReads) / million) * prices.reads;
  const egress = beyond(use.egressBytes / GB, prices.freeEgressGB) * prices.egress;
  return { storage, requests, egress, total: storage + requests + egress };
}

/** What more is added to what is there: the free tiers may be used up already. */
export function addedCost(kind: PricedKind, before: MonthlyUse, added: MonthlyUse): MonthlyCost {
  const [with_, without] = [monthlyCost(kind, sum(before, added)), monthlyCost(kind, before)];
  return {
    storage: with_.storage - without.storage,
    requests: with_.requests - without.requests,
    egress: with_.egress - without.egress,
    total: with_.total - without.total,
  };
}

export const noUse: MonthlyUse = { storedBytes: 0, writes: 0, reads: 0, egressBytes: 0 };

export function sum(a: MonthlyUse, b: MonthlyUse): MonthlyUse {
  return {
    storedBytes: a.storedBytes + b.storedBytes,
    writes: a.writes + b.writes,
    reads: a.reads + b.reads,
    egressBytes: a.egressBytes + b.egressBytes,
  };
}

/** How a file is sent: what the requests of an upload depend on. Bytes. */
export interface SendingPlan {
  readonly partSize: number;
  readonly multipartThreshold: number;
}

/**
 * What sending a file and letting it be watched takes: one PutObject, or Create, the parts and Complete; two HEADs before
 * and one after; each view is one GET of the whole.
 */
export function useOfVideo(size: number, { partSize, multipartThreshold }: SendingPlan, viewsPerMonth: number): MonthlyUse {
  const writes = size <= multipartThreshold ? 1 : 2 + Math.ceil(size / partSize);
  return { storedBytes: size, writes, reads: 3 + viewsPerMonth, egressBytes: size * viewsPerMonth };
}

const beyond = (amount: number, free: number): number => Math.max(0, amount - free);
