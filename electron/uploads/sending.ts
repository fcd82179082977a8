import { DigestsAhead } from './digests-ahead.ts';
import type { StoredPart } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { UploadError } from './upload-error.ts';
import type { Multipart } from './upload-record.ts';

/** One run's picture of what has arrived and what is on its way. */
export interface Sending {
  readonly context: RunContext;
  readonly multipart: Multipart;
  readonly digests: DigestsAhead;
  readonly stored: Map<number, StoredPart>;
  /** Sum of the stored parts' sizes, kept along: progress is told thousands of times a second. */
  storedBytes: number;
  /** Bytes handed over of each part in flight. */
  readonly inFlight: Map<number, number>;
  /** Parts in flight that wait for their next try. */
  readonly waiting: Map<number, { readonly error: UploadError; readonly retryAt: number }>;
  /** Parts in flight that have failed before, and how. */
  readonly again: Map<number, UploadError>;
  /** The queue was told that nothing moves. */
  isWaitTold: boolean;
}

export function newSending(
  context: RunContext,
  multipart: Multipart,
  parts: { readonly arrived: ReadonlyMap<number, StoredPart>; readonly missing: readonly number[] },
): Sending {
  const { arrived, missing } = parts;
  return {
    context,
    multipart,
    digests: new DigestsAhead(context, multipart, missing),
    stored: new Map(arrived),
    storedBytes: [...arrived.values()].reduce((sum, part) => sum + part.size, 0),
    inFlight: new Map(),
    waiting: new Map(),
    again: new Map(),
    isWaitTold: false,
  };
}

export function tellProgress({ context, storedBytes, inFlight }: Sending): void {
  let bytes = storedBytes;
  for (const sent of inFlight.values()) bytes += sent;
  context.onProgress({ uploadedBytes: bytes, confirmedBytes: storedBytes });
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

/** `error`: why the part has to be sent once more; null when it is done with. */
export function tellResending({ context, again }: Sending, partNumber: number, error: UploadError | null): void {
  if (error === null && !again.delete(partNumber)) return;
  if (error !== null) again.set(partNumber, error);
  const latest = [...again.values()].at(-1);
  context.onResending(latest === undefined ? null : { parts: again.size, error: latest });
}
