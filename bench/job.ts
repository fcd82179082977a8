/** Where a contender uploads to. */
export interface Target {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a client process can be told to do. `bare` is the process alone: what the others' memory is measured above. */
export type Work =
  | { readonly kind: 'bare' }
  | { readonly kind: 'engine'; readonly partSize: number; readonly journalFolder: string }
  | { readonly kind: 'lib-storage'; readonly partSize: number; readonly key: string }
  | {
      readonly kind: 'raw';
      readonly partSize: number;
      readonly isHashed: boolean;
      /** One presigned UploadPart per part: a client without an SDK cannot sign. */
      readonly urls: readonly string[];
    };

/** One measured upload; travels to the client process as a JSON file. */
export interface Job {
  readonly work: Work;
  readonly file: string;
  readonly target: Target;
  /** Parts in flight at once. */
  readonly connections: number;
  readonly resultFile: string;
}

export interface Measured {
  readonly seconds: number;
  /** User and system time of the client process (in Electron: of the main process). */
  readonly cpuSeconds: number;
  /** Largest resident size, MiB. */
  readonly peakRssMiB: number;
  /** 99th percentile of how late the event loop was, milliseconds; null for programs that have none. */
  readonly loopDelayMs: number | null;
}

/** What a client process leaves in its result file. */
export interface ClientReport extends Measured {
  /** Under which the object is now; null when the client makes none. */
  readonly key: string | null;
}
