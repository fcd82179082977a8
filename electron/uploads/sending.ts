import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { UploadError } from './upload-error.ts';
import type { Transfer } from './upload-record.ts';

export type Multipart = Extract<Transfer, { kind: 'multipart' }>;

/** One run's picture of what has arrived and what is on its way. */
export interface Sending {
  readonly context: RunContext;
  readonly multipart: Multipart;
  readonly stored: Map<number, StoredPart>;
  /** Sum of the stored parts' sizes, kept along: progress is told thousands of times a second. */
  storedBytes: number;
  /** Bytes handed over of each part in flight. */
  readonly inFlight: Map<number, number>;
  /** Parts in flight that wait for their next try. */
  readonly waiting: Map<number, { readonly error: UploadError; readonly retryAt: number }>;
  /** The queue was told that nothing moves. */
  isWaitTold: boolean;
}

export function tellProgress({ context, storedBytes, inFlight }: Sending): void {
  let bytes = storedBytes;
  for (const sent of inFlight.values()) bytes += sent;
  context.onProgress(bytes);
}

/** A wait is worth telling when nothing of the upload moves; while another part does, it is uploading. */
export function tellWaiting(
  sending: Sending,
  partNumber: number,
  wait: { readonly error: UploadError; readonly retryAt: number } | null,
): void {
  const { context, inFlight, waiting } = sending;
  if (wait === null) waiting.delete(partNumber);
  else waiting.set(partNumber, wait);
  const isStill = waiting.size > 0 && waiting.size >= inFlight.size;
  if (isStill) context.onRetrying([...waiting.values()].reduce((a, b) => (a.retryAt <= b.retryAt ? a : b)));
  else if (sending.isWaitTold) context.onRetrying(null);
  sending.isWaitTold = isStill;
}
