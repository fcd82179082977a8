import type { CorsRule, OriginProblem } from '../../shared/cors.ts';
import { mergeCors, originProblem, playbackRuleId } from '../../shared/cors.ts';

export interface TypedOrigins {
  readonly origins: readonly string[];
  /** The first that is none, and why. */
  readonly wrong: { readonly typed: string; readonly problem: Exclude<OriginProblem, 'empty'> } | null;
}

/** Several may be typed or pasted, with spaces or commas between; a slash at the end is what browsers copy along. */
export function typedOrigins(text: string): TypedOrigins {
  const typed = text.split(/[\s,;]+/).filter((part) => part !== '');
  const origins = [...new Set(typed.map((part) => part.replace(/\/$/, '')))];
  for (const origin of origins) {
    const problem = originProblem(origin);
    if (problem !== null && problem !== 'empty') return { origins: [], wrong: { typed: origin, problem } };
  }
  return { origins, wrong: null };
}

/** What letting origins in would do to the rules of a bucket. */
export interface CorsChange {
  /** As they would be then. */
  readonly rules: readonly CorsRule[];
  /** Those that our rule gains. Empty: they may play already, and nothing changes. */
  readonly added: readonly string[];
  /** Whether our rule is there, and only extended. */
  readonly isExtended: boolean;
  /** Rules of others, which stay as they are. */
  readonly others: number;
}

export function corsChange(rules: readonly CorsRule[], origins: readonly string[]): CorsChange {
  const after = mergeCors(rules, origins);
  const ours = rules.find(({ id }) => id === playbackRuleId);
  const known = ours?.origins ?? [];
  const merged = after.find(({ id }) => id === playbackRuleId)?.origins ?? [];
  return {
    rules: after,
    added: after === rules ? [] : merged.filter((origin) => !known.includes(origin)),
    isExtended: ours !== undefined,
    others: rules.filter((rule) => rule !== ours).length,
  };
}
