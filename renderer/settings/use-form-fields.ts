import { useState } from 'react';
import type { FieldName, FieldProblem, FieldValues, FormKind } from './destination-fields.ts';
import { fieldProblem, mainFields, moreFields, secretFields } from './destination-fields.ts';
import { isSettingsBlock, parsePastedSettings } from './pasted-settings.ts';

interface FieldOptions {
  readonly kind: FormKind;
  readonly initial: FieldValues;
  /** False while a key is kept: its fields are not asked for. */
  readonly typesKey: boolean;
  /** What is missing is marked from the start: the values were found somewhere, and not all of them. */
  readonly marksMissing: boolean;
  readonly onChange: () => void;
}

/** What stands in the fields, and what is wrong with those that the person has left. */
export function useFormFields({ kind, initial, typesKey, marksMissing, onChange }: FieldOptions) {
  const all = [...mainFields[kind], ...moreFields[kind]];
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set(marksMissing ? all : []));
  const [filled, setFilled] = useState<readonly FieldName[]>([]);
  const asked = all.filter((field) => typesKey || !secretFields.includes(field));
  const wrong = problemsIn(kind, asked, values);

  const change = (changed: Partial<Record<FieldName, string>>) => {
    setValues((before) => ({ ...before, ...changed }));
    onChange();
  };
  const leave = (fields: readonly FieldName[]) => setLeft((before) => new Set([...before, ...fields]));

  /** True where the text was a whole block of settings, and has been spread over the fields. */
  const paste = (text: string): boolean => {
    if (!isSettingsBlock(text)) return false;
    const pasted = parsePastedSettings(text);
    const fields = asked.filter((field) => pasted[field] !== undefined);
    change(Object.fromEntries(fields.map((field) => [field, pasted[field]])));
    setFilled(fields);
    leave(fields);
    return true;
  };

  return {
    values,
    filled,
    problems: new Map([...wrong].filter(([field]) => left.has(field))),
    isComplete: wrong.size === 0,
    change,
    leave,
    leaveAll: () => leave(asked),
    paste,
  };
}

function problemsIn(
  kind: FormKind,
  fields: readonly FieldName[],
  values: FieldValues,
): ReadonlyMap<FieldName, FieldProblem> {
  const problems = new Map<FieldName, FieldProblem>();
  for (const field of fields) {
    const problem = fieldProblem(kind, field, values[field]);
    if (problem !== null) problems.set(field, problem);
  }
  return problems;
}
