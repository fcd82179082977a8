/** The words for uploads that were begun and never finished. */
export interface UnfinishedText {
  readonly intro: string;
  readonly introDisk: string;
  /** What the server does with them by itself. */
  readonly fate: Readonly<Record<'r2' | 's3', string>>;
  readonly reading: string;
  readonly refused: string;
  readonly deniedHint: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly count: (count: number) => string;
  readonly perMonth: (cost: string) => string;
  readonly all: string;
  readonly begun: (ago: string) => string;
  readonly ageUnknown: string;
  readonly sizeUnknown: string;
  readonly parts: (count: number, formatted: string) => string;
  readonly ours: string;
  readonly refresh: string;
  readonly remove: (count: number) => string;
  readonly removing: string;
  readonly askTitle: (count: number) => string;
  readonly askBody: (bytes: string | null) => string;
  readonly askYes: string;
  readonly removed: (count: number) => string;
  readonly kept: (count: number) => string;
}
