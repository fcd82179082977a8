import type { ImportCandidate } from '../../shared/imports.ts';
import type { FieldValues } from './destination-fields.ts';
import { emptyValues } from './destination-fields.ts';

/** What a new destination's form has in it when it opens. */
export interface FormStart {
  readonly values: FieldValues;
  /** Where they were found; null: nowhere, the person types. */
  readonly candidate: ImportCandidate | null;
  /** Bytes, of the folder; null where nobody has looked. */
  readonly freeBytes: number | null;
}

export const emptyStart: FormStart = { values: emptyValues, candidate: null, freeBytes: null };

export function startFromFolder(folder: string, freeBytes: number): FormStart {
  return { ...emptyStart, values: { ...emptyValues, folder }, freeBytes };
}

/** `decimal` writes numbers as the person does. */
export function startFromCandidate(candidate: ImportCandidate, decimal: (value: number) => string): FormStart {
  const { quotaGB, ...values } = candidate.values;
  const quota = quotaGB === null ? '' : decimal(quotaGB);
  return { ...emptyStart, values: { ...emptyValues, ...values, quotaGB: quota }, candidate };
}

/** Half a key is none: where one of its two parts is missing, both are typed. */
export function hasKey({ accessKeyIdHint, obstacle, missing }: ImportCandidate): boolean {
  return accessKeyIdHint !== null && obstacle === null && !missing.some((name) => /secret|access_?key/i.test(name));
}
