/** The words for what keeps videos from getting lost, and for clearing up after them. */
export interface SafetyText {
  readonly tab: string;
  readonly hold: string;
  readonly holdHelp: string;
  readonly holdNever: string;
  readonly holdAfter: (duration: string) => string;
  readonly holdFolder: (folder: string) => string;
  readonly remove: string;
  readonly removeHelp: string;
  readonly removeNever: string;
  readonly removeNeverHelp: string;
  readonly removeAtOnce: string;
  readonly removeAfter: (duration: string) => string;
  readonly suggested: string;
  readonly exportTitle: string;
  readonly exportHelp: string;
  readonly exportIt: string;
  readonly exported: (name: string) => string;
}
