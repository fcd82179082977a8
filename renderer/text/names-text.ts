import type { KeyToken, TemplateProblem } from '../../shared/key-template.ts';
import type { ConflictRule } from '../../shared/upload.ts';

/** The words for how videos are named at their destination, and what happens before they leave. */
export interface NamesText {
  readonly tab: string;
  readonly template: string;
  readonly templateHelp: string;
  readonly problems: Readonly<Record<TemplateProblem, string>>;
  readonly insert: string;
  readonly tokens: Readonly<Record<KeyToken, string>>;
  readonly preview: string;
  /** While what is being typed cannot be a template. */
  readonly stillHolds: string;
  /** Below names of which a part was made up, because the files' have no number. */
  readonly exampleId: (id: string) => string;
  readonly conflict: string;
  readonly conflictHelp: string;
  readonly rules: Readonly<Record<ConflictRule, { readonly text: string; readonly help: string }>>;
  readonly reviewsFirst: string;
  readonly reviewsFirstHelp: string;
  readonly followsLinks: string;
  readonly followsLinksHelp: string;
}
