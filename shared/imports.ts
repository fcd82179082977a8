/** Where settings were found. */
export type ImportOrigin = 'env-file' | 'environment' | 'aws-profile' | 'settings-file';

/** Settings that were found somewhere else. The secrets in them stay in the main process, under `id`. */
export interface ImportCandidate {
  readonly id: string;
  readonly origin: ImportOrigin;
  /** File name, profile, or the destination's own name. */
  readonly name: string;
  readonly kind: 'r2' | 's3' | 'disk';
  /** What a form fills in, as far as it was found. */
  readonly values: {
    readonly name: string;
    readonly accountId: string;
    readonly jurisdiction: 'default' | 'eu' | 'fedramp';
    readonly bucket: string;
    readonly prefix: string;
    readonly region: string;
    readonly endpoint: string;
    readonly publicBaseUrl: string;
    readonly folder: string;
    /** 10^9 bytes; null: no limit was set. */
    readonly quotaGB: number | null;
  };
  /** Last four characters of the access key id; null where none was found. */
  readonly accessKeyIdHint: string | null;
  /** The names of what is not there, as they are written in that place (`R2_BUCKET_NAME`). */
  readonly missing: readonly string[];
  /** `USE_R2_STORAGE` or `USE_S3_STORAGE` says yes, says no, or is not there. */
  readonly isSwitchedOn: boolean | null;
  /** Why the key cannot be had from there. */
  readonly obstacle: 'sso' | 'role' | 'process' | null;
}
