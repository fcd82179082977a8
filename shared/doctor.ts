import type { AppError } from './errors.ts';

/** What the configuration check looks at, in its order. Each destination is asked those that make sense for its kind. */
export const checkNames = [
  /** Nothing is missing in what was typed. */
  'settings',
  /** The name of the server is known. */
  'dns',
  /** The server's certificate is trusted. */
  'tls',
  /** This computer's clock is the server's. */
  'clock',
  /** The folder is there, and is the one that was chosen. */
  'folder',
  /** There is room. */
  'space',
  /** The key is accepted. */
  'credentials',
  'bucket',
  /** A probe object can be written, looked at, read as a whole and in part. */
  'put',
  'head',
  'get',
  'range',
  /** An upload in parts can be begun, continued, listed and dropped. */
  'multipart',
  /** The server keeps and confirms a checksum over the whole object. */
  'checksum',
  /** An object that is there is not overwritten when we ask for that. */
  'conditional',
  /** A signed link opens without a key. */
  'presigned',
  /** The public address shows the same bytes, as a video. */
  'public-url',
  /** Pages may play the videos. */
  'cors',
  /** Unfinished uploads are cleaned up by the server. */
  'lifecycle',
  /** How large a file may be. */
  'file-size',
  /** Round trip and line speed. */
  'speed',
  /** The probe can be deleted, and is gone. */
  'delete',
] as const;
export type CheckName = (typeof checkNames)[number];

/**
 * What is not as it should be where no request failed. Closed: a new one without words in every language does not compile.
 * The comments name the facts that the words use, where there are any.
 */
export const doctorProblems = [
  /** Facts: `host`. */
  'name-unknown',
  /** Facts: `days`. */
  'certificate-ends',
  /** Facts: `seconds`; positive: this computer is behind. */
  'clock-off',
  'no-checksum',
  'overwrites',
  'conditions-unknown',
  /** Facts of these three: `url`, where it is the public address that they are about; `type`: that of the answer. */
  'no-ranges',
  'wrong-content',
  'wrong-type',
  'no-public-url',
  /** Facts: `url`, `reason` (technical). */
  'public-unreachable',
  /** Facts: `url`, `status`. */
  'public-status',
  'cors-missing',
  'cors-hidden',
  'lifecycle-missing',
  'lifecycle-hidden',
  /** Facts: `days`. */
  'lifecycle-long',
  'not-listed',
  /** Facts: `key`, the object that may have to be deleted by hand. */
  'still-there',
  /** Facts of these two: `freeBytes`, `quotaBytes`, `usedBytes`. */
  'space-low',
  'over-quota',
  'small-files-only',
  /** Facts: `bytesPerSecond`. */
  'slow',
  /** Facts: `region`, where the server names it. */
  'other-region',
  /** Facts: `field` (`endpoint`, `jurisdiction` or `region`), where it is one that is filled in and does not fit. */
  'incomplete',
] as const;
export type DoctorProblem = (typeof doctorProblems)[number];

export interface CheckResult {
  readonly name: CheckName;
  /** `skipped`: an earlier one has to pass first, or there is nothing to look at. */
  readonly state: 'waiting' | 'running' | 'passed' | 'warned' | 'failed' | 'skipped';
  readonly problem: DoctorProblem | null;
  /** A request that was refused or failed. */
  readonly error: AppError | null;
  /** The permission that the request needs, in the provider's words, where it was refused for want of one. */
  readonly permission: string | null;
  /** Numbers and names for the sentence: `ms`, `bytesPerSecond`, `region`, `days`, `url` (never a signed one), … */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Milliseconds it took. */
  readonly tookMs: number;
}

export interface DoctorReport {
  readonly revision: number;
  readonly destinationId: string;
  readonly state: 'running' | 'done' | 'stopped';
  readonly checks: readonly CheckResult[];
  /** Whether what the check had put there is gone again. */
  readonly isCleanedUp: boolean;
}

/** No check failed: uploads will work. Warnings are worth reading. */
export const isHealthy = (report: DoctorReport): boolean =>
  report.state === 'done' && report.checks.every(({ state }) => state !== 'failed');
