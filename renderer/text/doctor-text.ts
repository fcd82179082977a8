import type { CheckName, CheckResult, DoctorProblem } from '../../shared/doctor.ts';
import type { Format } from './format.ts';

export type Facts = CheckResult['facts'];
/** A sentence with numbers and names in it. Facts may be missing: each kind of destination has its own. */
export type Say = (facts: Facts, format: Format) => string;

/** What is not as it should be, and what to do about it. */
export interface ProblemText {
  readonly cause: Say;
  readonly remedy: Say;
}

/** Something that is filled in and does not fit to the rest. */
export const misfits = ['endpoint', 'jurisdiction', 'region'] as const;
export type Misfit = (typeof misfits)[number];

/** The words of the configuration check, in the window and on the command line. */
export interface DoctorText {
  readonly states: Readonly<Record<CheckResult['state'], string>>;
  readonly checks: Readonly<Record<CheckName, { readonly name: string; readonly passed: Say }>>;
  readonly problems: Readonly<Record<DoctorProblem, ProblemText>>;
  readonly misfits: Readonly<Record<Misfit, ProblemText>>;
  /** A check that was not made. */
  readonly skipped: string;
  /** What the key has to be allowed to do, in the provider's words. */
  readonly permission: (name: string) => string;
  readonly verdicts: Readonly<Record<'healthy' | 'unhealthy' | 'stopped', string>>;
  /** Beside the verdict, where warnings were found. */
  readonly warnings: (count: number, formatted: string) => string;
  readonly notCleanedUp: string;
}

/** A fact as text; empty where there is none. */
export const told = (facts: Facts, name: string): string => String(facts[name] ?? '');

/** A fact as a number; null where there is none. */
export function counted(facts: Facts, name: string): number | null {
  const fact = facts[name];
  return typeof fact === 'number' && Number.isFinite(fact) ? fact : null;
}
