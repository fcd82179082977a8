import type { KeyProblem } from '../../shared/object-key.ts';
import type { ConflictRule, DeletionKind, LocalFileState, Upload, UploadNotice, Verification } from '../../shared/upload.ts';
import type { Action } from '../queue/upload-actions.ts';

/** The words of the list: states, actions, what a screen reader says. */
export interface QueueText {
  readonly listName: string;
  readonly actions: Readonly<Record<Action, string>>;
  readonly queued: string;
  readonly uploading: string;
  readonly offline: string;
  readonly retryingIn: (duration: string) => string;
  readonly retryingNow: string;
  readonly slowedDown: (duration: string | null) => string;
  readonly waitingForFile: string;
  readonly waitingForDestination: string;
  readonly growing: string;
  readonly skipped: string;
  readonly deleted: Readonly<Record<DeletionKind, string>>;
  readonly paused: string;
  readonly verifying: string;
  /** Goes on tomorrow, on Monday, or (null) today at that time; both null where nobody knows. */
  readonly waitingForSchedule: (time: string | null, day: string | null) => string;
  /** "Sent" and "verified" are two words: which of them holds depends on what was proved. */
  readonly sent: Readonly<Record<Verification, string>>;
  /** What each level proves, in one sentence. */
  readonly proved: Readonly<Record<Verification, string>>;
  readonly resending: (parts: number, cause: string) => string;
  /** Of what counts as sent: what the server has confirmed, and what is still on the line. */
  readonly progressSpoken: (percent: string, confirmed: string, onTheWay: string) => string;
  readonly speedOverTime: (now: string, most: string) => string;
  readonly fileChanged: string;
  readonly failed: (cause: string) => string;
  readonly canceling: string;
  readonly ofSize: (done: string, whole: string) => string;
  readonly timeLeft: (duration: string) => string;
  readonly almostDone: string;
  readonly serverKeepsUntil: (moment: string) => string;
  readonly notices: Readonly<Record<UploadNotice, string>>;
  readonly percentSpoken: (percent: number) => string;
  readonly moreActions: (name: string) => string;
  readonly key: string;
  readonly editKey: (key: string) => string;
  readonly saveKey: string;
  readonly keyTaken: string;
  readonly keyOutside: (prefix: string) => string;
  readonly keyProblems: Readonly<Record<KeyProblem, string>>;
  readonly detailsTitle: string;
  readonly copyDetails: string;
  readonly detailsCopied: string;
  readonly detailNames: Readonly<
    Record<
      'file' | 'size' | 'key' | 'state' | 'confirmed' | 'onTheWay' | 'code' | 'technical' | 'id' | 'verification',
      string
    >
  >;
  readonly cancelTitle: (count: number) => string;
  readonly cancelBody: (count: number) => string;
  readonly cancelYes: (count: number) => string;
  readonly cancelNo: string;
  readonly removeTitle: (count: number) => string;
  readonly removeBody: (count: number) => string;
  readonly removeYes: string;
  readonly removeNo: string;
  readonly linksCopied: (count: number) => string;
  readonly copyLinks: (count: number) => string;
  readonly selected: (count: number) => string;
  readonly linksPublic: string;
  readonly linksUntil: (moment: string) => string;
  /** `moment`: when the first of them expires; null where none does. */
  readonly linksMixed: (moment: string | null) => string;
  readonly pathsCopied: (count: number) => string;
  readonly pathsHint: string;
  readonly waitingForDisk: string;
  /** Below a row whose destination is down. */
  readonly holding: Readonly<Record<NonNullable<Upload['holding']>, string>>;
  readonly localFiles: Readonly<Record<Exclude<LocalFileState, 'kept'>, string>>;
  readonly wasThere: string;
  readonly conflictTitle: (count: number) => string;
  readonly conflictQuestion: string;
  readonly conflictOurs: string;
  readonly conflictTheirs: (destination: string) => string;
  readonly conflictMore: (count: number) => string;
  readonly conflictAnswers: Readonly<Record<Exclude<ConflictRule, 'ask'>, { readonly title: string; readonly body: string }>>;
  readonly conflictContinue: Readonly<Record<Exclude<ConflictRule, 'ask'>, string>>;
  readonly conflictForAll: (count: number) => string;
  readonly elsewhereTitle: (count: number) => string;
  readonly elsewhereBody: string;
  readonly elsewhereNone: string;
  readonly elsewhereYes: string;
  readonly cancelHeld: string;
  readonly deleteLocalTitle: (name: string) => string;
  readonly deleteLocalBody: string;
  readonly deleteLocalYes: string;
  readonly deleteLocalNo: string;
  readonly localDeleted: (name: string) => string;
  readonly detailsFor: (destination: string) => string;
  readonly announceStep: (name: string, percent: number) => string;
  readonly announceDone: (name: string, sent: string) => string;
  readonly announceManyDone: (count: number, areVerified: boolean) => string;
  readonly announceFailed: (name: string, cause: string) => string;
  readonly announceManyFailed: (count: number) => string;
}
