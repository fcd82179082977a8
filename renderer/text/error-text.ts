import type { ErrorAction } from './error-action.ts';

/** What a person reads about an error: what happened, what it means for the video, what to do. */
export interface ErrorText {
  /** In a few words, to stand after "failed:" and "paused:". */
  readonly cause: string;
  /** One sentence, without a full stop. */
  readonly title: string;
  /** What it means and what to do next. */
  readonly hint: string;
  /** The button that mends it; null where no button of ours can. */
  readonly action: ErrorAction | null;
}
