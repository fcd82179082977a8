
/** The words around the list: bars, banner, drop zone, messages. */
export interface WindowText {
  readonly addVideos: string;
  readonly pauseAll: string;
  readonly resumeAll: string;
  readonly settings: string;
  readonly close: string;
  readonly cancel: string;
  readonly back: string;
  readonly dismiss: string;
  readonly ok: string;
  readonly copyDetails: string;
  readonly destination: string;
  readonly destinationReady: string;
  readonly destinationOffline: string;
  readonly destinationPaused: (cause: string) => string;
  readonly addDestination: string;
  readonly manageDestinations: string;
  readonly dropTo: string;
  readonly dropCount: (count: number) => string;
  readonly emptyTitle: string;
  readonly emptyBody: string;
  readonly emptyDestination: (name: string) => string;
  readonly totalsDone: (done: string, all: string) => string;
  readonly totalsFailed: (count: number) => string;
  readonly totalsPaused: string;
  /** Where some could not be looked at, they are sent, and not verified. */
  readonly allDone: (areVerified: boolean) => string;
  readonly timeLeft: (duration: string) => string;
  readonly inParallel: (count: number) => string;
  readonly connections: (count: number) => string;
  readonly speed: string;
  readonly speedNow: string;
  readonly speedMost: string;
  readonly adjustSending: string;
  /** `until` is null where the limit always holds. */
  readonly limitInForce: (limit: string, until: string | null) => string;
  readonly noLimit: (until: string | null) => string;
  readonly nothingIsSent: (until: string | null) => string;
  readonly adjustLimit: string;
  readonly givingWay: string;
  readonly givingWayHelp: string;
  readonly bannerWaiting: (count: number) => string;
  readonly refusedTitle: (count: number) => string;
  readonly refusedRest: string;
  readonly refusedMore: (count: number) => string;
  readonly alreadyThere: (count: number) => string;
  readonly quitTitle: string;
  readonly quitBody: (pending: number) => string;
  readonly quitYes: string;
  readonly quitNo: string;
  readonly notifications: string;
  readonly setAsideTitle: (count: number) => string;
  readonly setAsideHint: string;
  readonly brokenTitle: string;
  readonly brokenBody: string;
  readonly reload: string;
  readonly clearSelection: string;
}
