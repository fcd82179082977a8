import type { AppError } from '../../shared/errors.ts';
import { SpeedHistory } from './speed-history.ts';
import { type SpeedWindow, addSample } from './speed.ts';
import type { UploadRecord } from './upload-record.ts';
import type { StoredPart } from './ports.ts';

/** A wait that is shown and not journaled: it ends with the process. */
export interface LiveWait {
  readonly error: AppError;
  readonly retryAt: number;
}

/** An upload at work. */
export interface Run {
  readonly controller: AbortController;
  readonly settled: Promise<void>;
  readonly history: SpeedHistory;
  /** `liveBytes` at the last full second. */
  bytesBefore: number;
  /** Its last parts are on their way: the next upload may begin. */
  isDraining: boolean;
}

/** Points of the plot in a row. */
const plotPoints = 60;

export const newRun = (controller: AbortController, settled: Promise<void>, bytesBefore: number): Run => ({
  controller,
  settled,
  history: new SpeedHistory(plotPoints),
  bytesBefore,
  isDraining: false,
});

/** A second of a run has passed. */
export function noteSecond({ run, liveBytes }: QueueEntry): void {
  if (run === null) return;
  // A part that failed takes its bytes back: the line was busy, but nothing was gained.
  run.history.add(Math.max(0, liveBytes - run.bytesBefore));
  run.bytesBefore = liveBytes;
}

/** One upload in the queue: its durable record, and what is only true while this process lives. */
export interface QueueEntry {
  record: UploadRecord;
  parts: Map<number, StoredPart>;
  run: Run | null;
  /** Bytes that have arrived or are on their way in this run. */
  liveBytes: number;
  /** Bytes of the parts that the server has confirmed. */
  confirmedBytes: number;
  /** What the window was told; within a run it falls only while parts are sent again, and the window says why. */
  shownBytes: number;
  speed: SpeedWindow;
  /** Every part of the run waits for its next try. */
  retrying: LiveWait | null;
  /** Parts of the run that are being sent again, and why. */
  resending: { readonly parts: number; readonly error: AppError } | null;
  /** A copy for the holding folder is being made, or could not be. */
  holding: 'copying' | 'no-room' | null;
  /** Changes under way that no run may come between: where it goes, or that it goes nowhere any more. */
  changes: number;
  /** The journal could not be written: nothing may happen to this upload that it would not remember. */
  journalTrouble: LiveWait | null;
  /** Commits of one record happen one after the other. */
  commits: Promise<unknown>;
}

export function newEntry(record: UploadRecord, parts: readonly StoredPart[]): QueueEntry {
  const bytes = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    record,
    parts: new Map(parts.map((part) => [part.partNumber, part])),
    run: null,
    liveBytes: bytes,
    confirmedBytes: bytes,
    shownBytes: bytes,
    speed: [],
    retrying: null,
    resending: null,
    holding: null,
    changes: 0,
    journalTrouble: null,
    commits: Promise.resolve(),
  };
}

/** Whatever its state says, no run of it may begin now. */
export const isOccupied = ({ run, journalTrouble, holding, changes }: QueueEntry): boolean =>
  run !== null || journalTrouble !== null || holding === 'copying' || changes > 0;

/** Nothing is in flight any more: only what has arrived counts. */
export function settleProgress(entry: QueueEntry): void {
  const isWhole = entry.record.state.status === 'completed' || entry.record.state.status === 'completing';
  let bytes = isWhole ? entry.record.source.size : 0;
  if (!isWhole) for (const part of entry.parts.values()) bytes += part.size;
  entry.liveBytes = bytes;
  entry.confirmedBytes = bytes;
  entry.shownBytes = bytes;
  entry.speed = [];
  entry.retrying = null;
  entry.resending = null;
}

/** Notes progress of a run. */
export function noteProgress(
  entry: QueueEntry,
  { uploadedBytes, confirmedBytes }: { readonly uploadedBytes: number; readonly confirmedBytes: number },
  now: number,
): void {
  entry.confirmedBytes = confirmedBytes;
  entry.liveBytes = uploadedBytes;
  entry.shownBytes = entry.resending === null ? Math.max(entry.shownBytes, uploadedBytes) : uploadedBytes;
  entry.speed = addSample(entry.speed, now, uploadedBytes);
}
