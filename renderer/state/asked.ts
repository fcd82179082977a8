import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../shared/errors.ts';
import { appErrorOf } from '../bridge.ts';

/** A question to the main process, as it stands. */
export type Asked<T> =
  | { readonly state: 'none' }
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly answer: T }
  | { readonly state: 'refused'; readonly error: AppError };

/** What became of a question; a refusal is an outcome, not an exception. */
export async function settled<T>(asked: Promise<T>): Promise<Asked<T>> {
  try {
    return { state: 'answered', answer: await asked };
  } catch (thrown) {
    return { state: 'refused', error: appErrorOf(thrown) };
  }
}

/** A question that is asked when somebody wants to know. Of several on their way, the last one counts. */
export function useAsked<T>() {
  const [asked, setAsked] = useState<Asked<T>>({ state: 'none' });
  const latest = useRef<Promise<T> | null>(null);
  useEffect(
    () => () => {
      latest.current = null;
    },
    [],
  );
  const ask = useCallback(async (question: Promise<T>): Promise<Asked<T>> => {
    latest.current = question;
    setAsked({ state: 'asking' });
    const outcome = await settled(question);
    if (latest.current === question) setAsked(outcome);
    return outcome;
  }, []);
  const forget = useCallback(() => {
    latest.current = null;
    setAsked({ state: 'none' });
  }, []);
  return { asked, ask, forget, setAsked };
}
