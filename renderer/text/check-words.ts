import type { CheckResult } from '../../shared/doctor.ts';
import type { AppError } from '../../shared/errors.ts';
import { type DoctorText, type Facts, type Misfit, misfits, type ProblemText, told } from './doctor-text.ts';
import type { ErrorText } from './error-text.ts';
import type { Format } from './format.ts';

/** Of the words of one language those that a check needs. */
export interface CheckTexts {
  readonly doctor: DoctorText;
  readonly format: Format;
  readonly errorText: (error: AppError) => ErrorText;
}

export interface CheckWords {
  readonly name: string;
  readonly state: string;
  /** What was found, in a sentence; empty while it is not over. */
  readonly said: string;
  /** What to do about it; empty where there is nothing. */
  readonly remedy: string;
}

/** What is said of a check. Window and command line ask the same function. */
export function checkWords(check: CheckResult, { doctor, format, errorText }: CheckTexts): CheckWords {
  const { facts, problem, error, permission } = check;
  const words = { name: doctor.checks[check.name].name, state: doctor.states[check.state], remedy: '' };
  if (problem !== null) {
    const { cause, remedy } = problemText(problem, facts, doctor);
    const needed = permission === null ? '' : ` ${doctor.permission(permission)}`;
    return { ...words, said: cause(facts, format), remedy: `${remedy(facts, format)}${needed}` };
  }
  if (error !== null) {
    const { title, hint } = errorText(error);
    return { ...words, said: `${title}.`, remedy: permission === null ? hint : doctor.permission(permission) };
  }
  if (check.state === 'passed') return { ...words, said: doctor.checks[check.name].passed(facts, format) };
  return { ...words, said: check.state === 'skipped' ? doctor.skipped : '' };
}

function problemText(problem: keyof DoctorText['problems'], facts: Facts, doctor: DoctorText): ProblemText {
  const field = told(facts, 'field');
  return problem === 'incomplete' && isMisfit(field) ? doctor.misfits[field] : doctor.problems[problem];
}

const isMisfit = (field: string): field is Misfit => misfits.some((known) => known === field);
