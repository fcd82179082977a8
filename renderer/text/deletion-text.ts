/** The words for deleting a video at its destination. */
export interface DeletionText {
  readonly intro: string;
  readonly key: string;
  readonly keyHelp: string;
  readonly look: string;
  readonly title: string;
  readonly looking: string;
  readonly notFound: string;
  readonly size: string;
  readonly age: string;
  readonly ageUnknown: string;
  readonly type: string;
  readonly typeUnknown: string;
  readonly sender: string;
  readonly ours: string;
  readonly foreign: string;
  readonly links: string;
  readonly noLinks: string;
  readonly linksDie: (count: number) => string;
  readonly linksUntil: (moment: string) => string;
  readonly warning: string;
  readonly yes: string;
  readonly deleting: string;
  readonly failed: string;
  readonly erased: string;
  readonly erasedHint: string;
  readonly hidden: string;
  readonly hiddenHint: string;
}
