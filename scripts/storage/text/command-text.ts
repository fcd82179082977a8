import type { MigrationRequest, MigrationStatus } from '../../../shared/migration.ts';

export type CommandName = 'check' | 'cors' | 'unfinished' | 'migrate';

/** What the commands say beside the app's own words. A missing sentence does not compile. */
export interface CommandText {
  /** What `--help` prints. */
  readonly usage: Readonly<Record<CommandName, string>>;
  readonly seeHelp: (command: CommandName) => string;
  /** What is wrong with a call. Options come with their hyphens. */
  readonly options: {
    readonly unknown: (option: string) => string;
    readonly value: (option: string) => string;
    readonly noValue: (option: string) => string;
    readonly unexpected: (text: string) => string;
    readonly language: (known: string) => string;
    readonly oneOf: (option: string, known: string) => string;
    readonly oneNeeded: (options: string) => string;
    readonly together: (one: string, another: string) => string;
    readonly needs: (option: string, needed: string) => string;
  };
  /** What is wrong with settings, files and folders; never what stands in them. */
  readonly settings: {
    readonly missing: (names: string) => string;
    readonly wrong: (names: string) => string;
    readonly off: (name: string) => string;
    readonly unreadable: (path: string) => string;
    readonly unwritable: (path: string) => string;
    readonly noFolder: (path: string) => string;
    readonly notADisk: (path: string) => string;
    readonly prefix: (typed: string) => string;
    readonly template: (typed: string) => string;
    readonly proxy: (name: string) => string;
  };
  readonly cors: {
    readonly nameSites: string;
    readonly howToApply: string;
    /** The key may not see the rules, so nothing can be added to them. */
    readonly blind: string;
    readonly notKept: string;
  };
  readonly unfinished: {
    readonly needsAge: string;
    readonly badAge: (typed: string) => string;
    readonly younger: (count: number, days: string) => string;
    readonly refusedByServer: (count: number) => string;
    /** Whose they are cannot be seen. */
    readonly whose: string;
  };
  readonly migrate: MigrateText;
}

export interface MigrateText {
  readonly samePlace: string;
  readonly busy: (folder: string) => string;
  readonly looking: (looked: string, total: string | null) => string;
  readonly sendingVideos: (ended: string, all: string) => string;
  readonly ofBytes: (sent: string, all: string) => string;
  readonly timeLeft: (duration: string) => string;
  readonly videos: (count: number, formatted: string) => string;
  readonly plan: string;
  readonly statuses: Readonly<Record<MigrationStatus, string>>;
  /** What becomes of a video whose key holds something else. */
  readonly inTheWay: Readonly<Record<'different' | 'unsure' | 'skipped', Readonly<Record<MigrationRequest['onDifferent'], string>>>>;
  readonly moreInMap: (count: string) => string;
  readonly nothingFound: string;
  readonly nothingToSend: string;
  readonly howToRun: (videos: string, bytes: string) => string;
  readonly monthly: (cost: string) => string;
  readonly reading: (cost: string) => string;
  readonly sent: (videos: string, bytes: string, duration: string) => string;
  readonly sentNothing: string;
  readonly allThere: string;
  readonly left: (videos: string) => string;
  readonly interrupted: string;
  readonly goesOn: (folder: string) => string;
  readonly mapWritten: (path: string) => string;
}
