import type { KeyProblem } from '../../shared/object-key.ts';
import type { DeletionKind, UploadNotice, Verification } from '../../shared/upload.ts';
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
  readonly replaceTitle: string;
  readonly replaceBody: (key: string) => string;
  readonly replaceYes: string;
  readonly replaceNo: string;
  readonly linksCopied: (count: number) => string;
  readonly copyLinks: (count: number) => string;
  readonly selected: (count: number) => string;
  readonly linksPublic: string;
  readonly linksUntil: (moment: string) => string;
  readonly linksMixed: (moment: string) => string;
  readonly announceStep: (name: string, percent: number) => string;
  readonly announceDone: (name: string, sent: string) => string;
  readonly announceManyDone: (count: number, areVerified: boolean) => string;
  readonly announceFailed: (name: string, cause: string) => string;
  readonly announceManyFailed: (count: number) => string;
}
