/**
 * The places in the work of the journal at which a process can die. An `operation` is a call of the journal's port
 * (save, beginParts, addPart, remove); a `write` is what it does on the disk (rename of the finished temporary file,
 * append, remove). `torn`: half of the bytes are there.
 */
export type JournalStep =
  | { readonly of: 'operation'; readonly moment: 'before' | 'after'; readonly number: number }
  | { readonly of: 'write'; readonly moment: 'before' | 'torn'; readonly number: number };

/** What an uploader notes while it is measured, a line each. */
export type Noted = 'operation' | 'rename' | 'append' | 'remove' | 'look';

export interface Walk {
  /** Every step at which an undisturbed upload can be cut off, in the order in which they come. */
  readonly steps: readonly JournalStep[];
  readonly operations: number;
  readonly writes: number;
  /** Looks at the file's size and time. */
  readonly looks: number;
}

/** Makes the walk from the notes of an upload that nobody disturbed. */
export function walkFrom(notes: readonly string[]): Walk {
  const steps: JournalStep[] = [];
  const counts = { operations: 0, writes: 0, looks: 0 };
  for (const note of notes) {
    if (note === 'look') {
      counts.looks += 1;
    } else if (note === 'operation') {
      counts.operations += 1;
      for (const moment of ['before', 'after'] as const) steps.push({ of: 'operation', moment, number: counts.operations });
    } else {
      counts.writes += 1;
      // An append that has not begun is the same as an operation that has not.
      if (note !== 'append') steps.push({ of: 'write', moment: 'before', number: counts.writes });
      if (note !== 'remove') steps.push({ of: 'write', moment: 'torn', number: counts.writes });
    }
  }
  return { steps, ...counts };
}

export const stepName = ({ of, moment, number }: JournalStep): string => `${moment} ${of} ${number}`;
