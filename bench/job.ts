/** Where a contender uploads to. */
export interface Target {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What the engine is asked for. */
export interface EngineWish {
  /** Parts in flight at once; `auto`: the engine's own choice. */
  readonly connections: number | 'auto';
  /** Bytes; `auto`: the engine's own choice. */
  readonly partSize: number | 'auto';
  /** Meeting mode: leaves the link to others as soon as they need it. */
  readonly givesWay: boolean;
}

/** What a client process can be told to do. `bare` is the process alone: what the others' memory is measured above. */
export type Work =
  | { readonly kind: 'bare' }
  | { readonly kind: 'engine'; readonly wish: EngineWish; readonly journalFolder: string }
  | { readonly kind: 'lib-storage'; readonly partSize: number; readonly connections: number; readonly key: string }
  | {
      readonly kind: 'raw';
      readonly partSize: number;
      readonly connections: number;
      readonly isHashed: boolean;
      /** One presigned UploadPart per part: a client without an SDK cannot sign. */
      readonly urls: readonly string[];
    };

/** File name of the digest worker's bundle, beside the client's. */
export const digestWorkerName = 'digest-worker.mjs';

/** One measured upload; travels to the client process as a JSON file. */
export interface Job {
  readonly work: Work;
  readonly file: string;
  readonly target: Target;
  /** Pause before the measurement begins, milliseconds. */
  readonly settleMs: number;
  readonly resultFile: string;
}

/** A fresh process is still busy with its own start, Electron most of all. Milliseconds. */
export const usualSettleMs = 700;

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
