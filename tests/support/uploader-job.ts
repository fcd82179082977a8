import type { OpenDestination } from '../../electron/s3/bucket-clients.ts';
import type { Change } from './change-file.ts';
import type { JournalStep } from './journal-steps.ts';

/** What an uploader process is to do; travels as JSON. */
export interface UploaderJob extends OpenDestination {
  readonly journalFolder: string;
  readonly file: string;
  readonly logFile: string;
  readonly partsInParallel: number;
  /** Its waits are so many times as short; 1 unless told. */
  readonly haste?: number;
  /** Every step of the journal, and every look at the file, becomes a line of this file. */
  readonly stepsFile?: string;
  /** Dies at this step by SIGKILL, by its own hand: nothing is more punctual. */
  readonly diesAt?: JournalStep;
  /** The disk is full from this write of the journal on, for so long. */
  readonly fullDisk?: { readonly fromWrite: number; readonly ms: number };
  /** The file changes in the very moment after this look at its size and time. */
  readonly changesFile?: { readonly afterLook: number; readonly how: Change };
  /** What to do about an upload that has stopped for good; `exit` unless told. */
  readonly onStopped?: 'exit' | 'retry' | 'restart';
}

/** How an uploader process ends when nobody kills it. */
export const exitCodes = { completed: 0, stopped: 1, sourceChanged: 3 } as const;
