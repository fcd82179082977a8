import type { Destination } from '../../shared/settings.ts';


/** The words of the settings dialog. */
export interface SettingsText {
  readonly title: string;
  readonly destinations: string;
  readonly sending: string;
  readonly limits: string;
  readonly general: string;
  readonly current: string;
  readonly useThis: string;
  readonly edit: string;
  readonly remove: string;
  readonly addDestination: string;
  readonly keySaved: (hint: string) => string;
  readonly keySession: (hint: string) => string;
  readonly keyMissing: string;
  readonly keyNotNeeded: string;
  readonly kinds: Readonly<Record<Destination['kind'], string>>;
  readonly removeTitle: (name: string) => string;
  readonly removeBody: string;
  readonly removePracticeBody: string;
  readonly removeYes: string;
  /** While videos are on their way there, it cannot be removed. */
  readonly removeBusyTitle: (name: string) => string;
  readonly removeBusyBody: (count: number) => string;
  readonly practiceUsage: (objects: number, bytes: string) => string;
  readonly practiceUnfinished: (count: number) => string;
  readonly practiceEmpty: string;
  readonly emptyIt: string;
  readonly emptyTitle: string;
  readonly emptyBody: (objects: number, bytes: string) => string;
  readonly emptyYes: string;
  readonly emptied: string;
  readonly filesInParallel: string;
  readonly filesInParallelHelp: string;
  readonly partsInParallel: string;
  readonly partsInParallelHelp: string;
  readonly automatic: string;
  readonly fineTuning: string;
  readonly partSize: string;
  readonly partSizeHelp: string;
  readonly threshold: string;
  readonly thresholdHelp: string;
  readonly linkLifetime: string;
  readonly linkLifetimeHelp: string;
  readonly linkHours: (hours: number) => string;
  readonly proxy: string;
  readonly proxyHelp: string;
  readonly proxies: Readonly<Record<'system' | 'direct' | 'address', string>>;
  readonly proxyAddress: string;
  readonly proxyAddressHelp: string;
  readonly proxyProblem: string;
  readonly language: string;
  readonly languageSystem: string;
  readonly theme: string;
  readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>;
  readonly version: (version: string) => string;
}
