import type { MigrationStatus } from '../../shared/migration.ts';

/** The words of bringing existing videos over: from a folder, or from another destination. */
export interface MigrationText {
  readonly title: string;
  readonly intro: string;
  readonly from: string;
  readonly fromFolder: string;
  readonly fromFolderHelp: string;
  readonly fromDestination: string;
  readonly fromDestinationHelp: string;
  readonly noOther: string;
  readonly chooseFolder: string;
  readonly chooseOther: string;
  readonly noFolder: string;
  readonly source: string;
  readonly below: string;
  readonly belowHelp: string;
  readonly to: string;
  readonly onDifferent: string;
  readonly rules: Readonly<Record<'skip' | 'replace' | 'rename', string>>;
  readonly rulesHelp: Readonly<Record<'skip' | 'replace' | 'rename', string>>;
  readonly plan: string;
  readonly planHelp: string;
  readonly planning: (source: string) => string;
  readonly looked: (looked: string, total: string | null) => string;
  readonly stopPlanning: string;
  readonly planned: (source: string, destination: string) => string;
  /** The statuses as columns of the sum. */
  readonly statuses: Readonly<Record<MigrationStatus, string>>;
  /** The same of one video. */
  readonly rowStatus: Readonly<Record<MigrationStatus, string>>;
  readonly statusHelp: Readonly<Record<MigrationStatus, string>>;
  readonly nothingFound: string;
  readonly nothingFoundHelp: string;
  readonly allThere: string;
  readonly allThereHelp: string;
  /** Nothing to send, although not everything is there. */
  readonly nothingToSend: string;
  readonly nothingToSendHelp: (videos: number, count: string) => string;
  readonly willSend: (videos: number, count: string, bytes: string) => string;
  readonly time: (duration: string) => string;
  /** Where nothing was sent yet, a usual line stands for the real one. */
  readonly timeAt: (duration: string, speed: string) => string;
  readonly cost: (destination: string, amount: string) => string;
  readonly free: (destination: string) => string;
  readonly run: (videos: number, count: string) => string;
  readonly again: string;
  readonly goOn: string;
  readonly retryFailed: string;
  readonly stop: string;
  readonly saveMap: string;
  readonly mapSaved: (name: string) => string;
  readonly running: (source: string, destination: string) => string;
  readonly sent: (sent: string, total: string) => string;
  readonly leftVideos: (videos: number, count: string) => string;
  readonly mayClose: string;
  readonly copiesStay: string;
  readonly stopped: string;
  readonly stoppedHelp: string;
  readonly done: string;
  readonly doneHelp: (videos: number, count: string) => string;
  readonly doneWithTrouble: (videos: number, count: string) => string;
  readonly failedPlan: string;
  readonly failedRun: string;
  /** Where it is not known which of two destinations has refused. */
  readonly eitherEnd: (source: string, destination: string) => string;
  readonly rows: string;
  readonly rowsMore: (count: string) => string;
  readonly noticeRunning: (done: string, total: string) => string;
  readonly noticeStopped: string;
  readonly show: string;
}
