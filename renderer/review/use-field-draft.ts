import { useEffect, useId, useRef, useState } from 'react';
import type { ReviewFields } from './use-review-fields.ts';

export interface DraftOptions {
  readonly fields: ReviewFields;
  /** As it is published; a field that nobody has changed follows it. */
  readonly value: string;
  /** In words; null while what was typed is right. */
  readonly problemOf: (typed: string) => string | null;
  /** False when it was refused. */
  readonly onSet: (typed: string) => Promise<boolean>;
}

/** What stands in a field of the review, from being typed to being set. */
export function useFieldDraft({ fields, value, problemOf, onSet }: DraftOptions) {
  const id = useId();
  const [typed, type] = useState(value);
  const [seen, setSeen] = useState(value);
  // What was set last: leaving the field once more says nothing new, and must not undo what was typed elsewhere since.
  const [settled, setSettled] = useState(value);
  const [refused, setRefused] = useState<string | null>(null);
  const saving = useRef<{ readonly wanted: string; readonly done: Promise<boolean> } | null>(null);
  if (value !== seen) {
    setSeen(value);
    setSettled(value);
    if (typed === settled || typed.trim() === settled) type(value);
  }
  const wanted = typed.trim();
  // A name may begin with a blank: nobody has typed it.
  const isSettled = (typed === settled || wanted === settled) && wanted !== refused;
  const problem = isSettled ? null : problemOf(wanted);

  const save = async (): Promise<boolean> => {
    if (problem !== null) return false;
    const before = saving.current;
    const isOnItsWay = before !== null && (wanted === before.wanted || wanted === '');
    if (isOnItsWay) return before.done;
    if (wanted === '' || (before === null && isSettled)) return true;
    const mine = { wanted, done: fields.inTurn(() => onSet(wanted)) };
    saving.current = mine;
    const isSet = await mine.done;
    if (saving.current === mine) saving.current = null;
    if (isSet) setSettled(wanted);
    setRefused(isSet ? null : wanted);
    return isSet;
  };

  useEffect(() => fields.join(save));
  useEffect(() => {
    fields.markWrong(id, problem !== null);
    return () => fields.markWrong(id, false);
  }, [fields, id, problem]);
  return { typed, type, problem, save };
}
