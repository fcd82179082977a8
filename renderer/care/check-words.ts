import type { CheckResult } from '../../shared/doctor.ts';
import type { Texts } from '../text/TextProvider.tsx';

export interface CheckWords {
  readonly name: string;
  readonly state: string;
  /** What was found, in a sentence; empty while it is not over. */
  readonly said: string;
  /** What to do about it; empty where there is nothing. */
  readonly remedy: string;
}

export function checkWords(check: CheckResult, { errorText, care }: Texts): CheckWords {
  const { name, state, problem, error, permission } = check;
  if (error !== null) {
    const { title, hint } = errorText(error);
    return { name, state, said: title, remedy: permission === null ? hint : care.check.permission(permission) };
  }
  if (problem !== null) return { name, state, said: problem, remedy: problem };
  return { name, state, said: state === 'passed' ? 'ok' : '', remedy: '' };
}
