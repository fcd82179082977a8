/** One thing that people feel, and how long it may take. */
export interface Budget {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** `value` may be so much at most; null: told, not judged. */
  readonly limit: number | null;
  /** Where the value comes from: runs, range, what it is compared with. */
  readonly detail: string;
}

function digits(value: number): string {
  if (!Number.isFinite(value)) return 'more than measured,';
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

export function toBudgetTable(budgets: readonly Budget[]): string {
  const rows = budgets.map(({ what, value, unit, limit, detail }) => {
    const target = limit === null ? '–' : `≤ ${limit} ${unit}`;
    const verdict = limit === null ? '' : value <= limit ? 'kept' : '**missed**';
    return `| ${what} | ${digits(value)} ${unit} | ${target} | ${verdict} | ${detail} |`;
  });
  return ['| what | measured | target | | how |', '|---|---:|---:|---|---|', ...rows].join('\n');
}

export const isKept = ({ value, limit }: Budget): boolean => limit === null || value <= limit;

/** `median of 5, 310–402`. */
export const rangeOf = (values: readonly number[], unit: string): string =>
  `median of ${values.length}, ${digits(Math.min(...values))}–${digits(Math.max(...values))} ${unit}`;

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
