/** What the app and the process that serves the practice bucket say to each other. */
export interface PracticeStart {
  readonly type: 'start';
  readonly folder: string;
  readonly port: number | null;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export type PracticeQuestion =
  | PracticeStart
  | { readonly type: 'usage'; readonly requestId: number }
  | { readonly type: 'empty'; readonly requestId: number };

export type PracticeAnswer =
  | { readonly type: 'ready'; readonly endpoint: string; readonly port: number }
  | { readonly type: 'failed'; readonly reason: string }
  | {
      readonly type: 'usage';
      readonly requestId: number;
      readonly objects: number;
      readonly bytes: number;
      readonly unfinishedUploads: number;
    }
  | { readonly type: 'emptied'; readonly requestId: number };
