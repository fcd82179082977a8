import type { OriginProblem } from '../../shared/cors.ts';

/** The words for letting pages of other origins play the videos (CORS). */
export interface PlaybackText {
  readonly intro: string;
  readonly reading: string;
  readonly refused: string;
  readonly now: string;
  readonly nobody: string;
  readonly hidden: string;
  readonly hiddenHint: string;
  readonly anySite: string;
  readonly mayPlay: string;
  readonly mayNotPlay: string;
  readonly maySend: (methods: string) => string;
  readonly sites: string;
  readonly sitesHelp: string;
  readonly problems: Readonly<Record<Exclude<OriginProblem, 'empty'>, (typed: string) => string>>;
  readonly nothingToDo: (count: number) => string;
  readonly change: string;
  readonly newRule: string;
  readonly ourRule: string;
  readonly allows: string;
  readonly others: (count: number) => string;
  readonly apply: string;
  readonly applying: string;
  readonly applied: string;
  /** On R2. */
  readonly soon: string;
  readonly copyJson: string;
  readonly jsonCopied: string;
  readonly denied: string;
  readonly where: Readonly<Record<'r2' | 's3', string>>;
  /** The JSON replaces what is there, and nobody could look. */
  readonly joinThem: string;
}
