import type { PricedKind } from '../../shared/costs.ts';

/** The words for what a destination costs in a month, and what the same would cost elsewhere. */
export interface CostsText {
  readonly intro: string;
  readonly reading: string;
  readonly refused: string;
  readonly known: (count: number, bytes: string) => string;
  readonly counted: (count: number, bytes: string) => string;
  readonly countAll: string;
  readonly counting: string;
  readonly views: string;
  readonly viewsHelp: string;
  readonly viewsProblem: string;
  readonly table: string;
  readonly kinds: Readonly<Record<PricedKind, string>>;
  readonly here: string;
  readonly lines: Readonly<Record<'storage' | 'unfinished' | 'requests' | 'egress' | 'total', string>>;
  readonly notCounted: string;
  /** Why the systems differ: what is watched. */
  readonly why: (bytes: string, costs: { readonly r2: string; readonly s3: string }) => string;
  readonly nothing: string;
  readonly whyNobody: string;
  readonly freeTiers: string;
  readonly prices: (date: string) => string;
  readonly ownDisk: string;
  readonly ownServer: string;
}
