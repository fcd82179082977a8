import { assertNever } from '../../shared/errors.ts';
import { judge } from './retry-policy.ts';
import { asUploadError, type UploadError } from './upload-error.ts';

/** How one run of one upload ended. Closed: the queue has an answer to each. */
export type Outcome =
  | { readonly kind: 'completed' }
  /** Paused, canceled, or the app ends. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'offline'; readonly error: UploadError }
  /** A passing failure that several tries did not get over. */
  | { readonly kind: 'retry'; readonly error: UploadError }
  /** The destination asked for less: everything to it waits. */
  | { readonly kind: 'rate-limited'; readonly error: UploadError }
  /** The destination refuses; a person has to mend it. */
  | { readonly kind: 'blocked'; readonly error: UploadError }
  | { readonly kind: 'source-missing'; readonly error: UploadError }
  | { readonly kind: 'failed'; readonly error: UploadError };

/** The outcome that an error stands for when trying again at once is over. */
export function outcomeOf(thrown: unknown, isInterrupted: boolean): Outcome {
  if (isInterrupted) return { kind: 'interrupted' };
  const error = asUploadError(thrown);
  const { kind } = judge(error, Infinity, () => 0);
  switch (kind) {
    case 'offline':
    case 'source-missing':
      return { kind, error };
    case 'retry':
    case 'give-back':
      return { kind: 'retry', error };
    case 'slow-down':
      return { kind: 'rate-limited', error };
    case 'block-destination':
      return { kind: 'blocked', error };
    case 'upload-gone':
    case 'final':
      return { kind: 'failed', error };
    default:
      return assertNever(kind);
  }
}
