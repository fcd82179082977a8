/** The words of adding videos: where they are dropped, what is looked at before they go, the list of ids. */
export interface AddingText {
  readonly addFolder: string;
  readonly addAndReview: string;
  readonly addTo: (destination: string) => string;
  readonly chooseMap: string;
  readonly migrate: string;
  readonly moreWays: string;
  readonly copyTo: (destination: string) => string;
  readonly dropCopyTo: string;
  readonly dropElsewhere: string;
  readonly dropReview: string;
  readonly dropReviewBody: string;
  readonly leftOut: (count: number) => string;
  readonly mapInForce: (name: string, rows: number) => string;
  readonly mapHint: string;
  readonly mapApplied: (count: number) => string;
  readonly mapForget: string;
  readonly reviewTitle: string;
  readonly reviewSummary: (videos: number, bytes: string) => string;
  readonly reviewTime: (duration: string) => string;
  /** `cost` a month more than now, `egress` included by so many views of each video. */
  readonly reviewCost: (destination: string, cost: string) => string;
  readonly reviewFree: (destination: string) => string;
  readonly reviewViews: (views: number) => string;
  readonly reviewId: string;
  readonly reviewKey: string;
  readonly reviewIdOf: (name: string) => string;
  readonly reviewKeyOf: (name: string) => string;
  readonly reviewMore: (count: number) => string;
  readonly reviewSend: (count: number) => string;
  readonly reviewLater: string;
  readonly reviewRemove: string;
  readonly reviewNames: string;
}
