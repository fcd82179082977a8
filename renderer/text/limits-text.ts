/** The words of "Speed and schedule". */
export interface LimitsText {
  /** Before what holds right now: "Now: limit 5 Mbit/s until 18:00". */
  readonly now: string;
  readonly limit: string;
  readonly limitHelp: string;
  /** What a limit means in the unit of files. */
  readonly limitMeans: (speed: string) => string;
  readonly limitNone: string;
  readonly limitProblems: Readonly<Record<'not-a-number' | 'zero' | 'too-small' | 'too-large', string>>;
  readonly givesWay: string;
  readonly givesWayHelp: string;
  readonly schedule: string;
  readonly scheduleHelp: string;
  /** Only where there is more than one rule. */
  readonly priorityHelp: string;
  readonly presets: Readonly<Record<'only-at-night' | 'slower-at-work' | 'own', string>>;
  readonly presetNotes: Readonly<Record<'only-at-night' | 'slower-at-work' | 'own', string>>;
  readonly add: string;
  readonly everyDay: string;
  readonly weekdays: string;
  readonly weekend: string;
  readonly wholeDay: string;
  readonly span: (from: string, to: string) => string;
  readonly overnight: (from: string, to: string) => string;
  readonly nextDay: (to: string) => string;
  readonly days: string;
  readonly from: string;
  readonly to: string;
  readonly effect: string;
  readonly effects: Readonly<Record<'nothing' | 'free' | 'limited', string>>;
  readonly ruleLimit: string;
  readonly removeRule: string;
  readonly moveRuleUp: string;
  readonly moveRuleDown: string;
  readonly week: string;
  readonly legend: Readonly<Record<'nothing' | 'free', string>>;
}
