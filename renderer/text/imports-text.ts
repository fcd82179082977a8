import type { ImportCandidate, ImportOrigin } from '../../shared/imports.ts';

/** The words for settings that were found somewhere else on this computer. */
export interface ImportsText {
  readonly title: string;
  readonly searching: string;
  readonly nothing: string;
  readonly openFile: string;
  readonly openFileHelp: string;
  readonly nothingInFile: string;
  /** Where one comes from; `name` is the file's, the profile's or the destination's. */
  readonly origins: Readonly<Record<ImportOrigin, (name: string) => string>>;
  /** Above the form that was filled in with them. */
  readonly filledIn: (source: string) => string;
  readonly key: (hint: string) => string;
  readonly noKey: string;
  readonly missing: (names: string, count: number) => string;
  readonly switchedOff: string;
  readonly obstacles: Readonly<Record<NonNullable<ImportCandidate['obstacle']>, string>>;
}
