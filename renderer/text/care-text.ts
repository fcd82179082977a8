import type { DestinationTab } from '../state/panels.tsx';
import type { CostsText } from './costs-text.ts';
import type { DeletionText } from './deletion-text.ts';
import type { PlaybackText } from './playback-text.ts';
import type { UnfinishedText } from './unfinished-text.ts';

/** The words for what is done to a destination besides uploading to it. */
export interface CareText {
  readonly title: (name: string) => string;
  readonly tabs: Readonly<Record<DestinationTab, string>>;
  readonly check: CheckText;
  readonly playback: PlaybackText;
  readonly unfinished: UnfinishedText;
  readonly costs: CostsText;
  readonly deletion: DeletionText;
}

/** Around the configuration check; what it finds is said by doctor-text.ts. */
export interface CheckText {
  readonly intro: string;
  readonly start: string;
  readonly again: string;
  readonly stop: string;
  readonly running: (done: string, all: string) => string;
  readonly fine: string;
  readonly fineHint: string;
  readonly warned: (count: number) => string;
  /** What uploads do not need: links, players, deleting. */
  readonly failedBeside: (count: number) => string;
  readonly failedUploads: (count: number) => string;
  readonly stopped: string;
  readonly cleanedUp: string;
  readonly toLookAt: string;
  readonly works: string;
  readonly notChecked: string;
  readonly editDestination: string;
  readonly openPlayback: string;
  readonly addRule: string;
  readonly ruleAdded: string;
  readonly copyDetailsOf: (name: string) => string;
  readonly copyReport: string;
  readonly reportCopied: string;
  readonly refused: string;
}
