export type MbitProblem = 'not-a-number' | 'zero' | 'too-small' | 'too-large';

/** What somebody typed as a limit: empty is none (null). */
export type TypedMbit = { readonly mbit: number | null } | { readonly problem: MbitProblem };

/** The contract's bounds: below, requests would stand still for so long that servers drop them. */
const least = 0.1;
const most = 10_000;

/** Takes a comma or a point before the decimals, and the unit behind the number. */
export function parseMbit(text: string): TypedMbit {
  const bare = text
    .trim()
    .replace(/\s*mbit(\/s|ps)?$/i, '')
    .replace(',', '.');
  if (bare === '') return { mbit: null };
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(bare)) return { problem: 'not-a-number' };
  const mbit = Math.round(Number(bare) * 100) / 100;
  if (mbit === 0) return { problem: 'zero' };
  if (mbit < least) return { problem: 'too-small' };
  return mbit > most ? { problem: 'too-large' } : { mbit };
}
