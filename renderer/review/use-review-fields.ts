import { useMemo, useRef, useState } from 'react';

/** Sets what stands in a field, if it is not set yet; false when it is wrong or was refused. */
export type SaveField = () => Promise<boolean>;

/** What the fields of a review have in common. */
export interface ReviewFields {
  /** One change after the other: what is set at two destinations takes two messages, and nothing may come between them. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Makes a field known until the function that it answers with is called. */
  readonly join: (save: SaveField) => () => void;
  readonly markWrong: (field: string, isWrong: boolean) => void;
}

/** The fields of a review, and what has to be known of all of them before anything is sent. */
export function useReviewFields() {
  const saves = useRef(new Set<SaveField>());
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const fields = useMemo<ReviewFields>(
    () => ({
      inTurn: (work) => {
        const mine = last.current.then(work);
        // A change that throws ends itself, not those that come after it.
        last.current = mine.catch(() => undefined);
        return mine;
      },
      join: (save) => {
        saves.current.add(save);
        return () => void saves.current.delete(save);
      },
      markWrong: (field, isWrong) =>
        setWrong((before) => {
          if (before.has(field) === isWrong) return before;
          return new Set(isWrong ? [...before, field] : [...before].filter((other) => other !== field));
        }),
    }),
    [],
  );
  const saveAll = async (): Promise<boolean> => {
    const saved = await Promise.all(Array.from(saves.current, (save) => save()));
    return saved.every(Boolean);
  };
  return { fields, isWrong: wrong.size > 0, saveAll };
}
