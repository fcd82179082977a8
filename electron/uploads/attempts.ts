import { asUploadError, UploadError } from './upload-error.ts';
import { judge } from './retry-policy.ts';
import type { Clock } from './ports.ts';
import type { RunContext } from './run-context.ts';

/** No byte handed over for so long while there are bytes to send: the connection is dead. Milliseconds. */
const sendingStallMs = 30_000;
/**
 * The same once the last byte was handed over: the system's send buffer (megabytes) drains unseen on a slow link, and
 * the server thinks before it answers.
 */
const answerStallMs = 60_000;

/** Tries one request until it succeeds or `judge` says that trying again here is of no use; then rejects with its error. */
export async function withRetry<T>(
  context: Pick<RunContext, 'clock' | 'signal' | 'onRetrying'>,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, signal } = context;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request(signal);
    } catch (thrown) {
      signal.throwIfAborted();
      const error = asUploadError(thrown);
      const verdict = judge(error, attempt, () => clock.random());
      if (verdict.kind !== 'retry') throw error;
      context.onRetrying({ error, retryAt: clock.now() + verdict.afterMs });
      await clock.sleep(verdict.afterMs, signal);
      context.onRetrying(null);
    }
  }
}

/** Longest that a request without a body may take, milliseconds. */
const questionTimeoutMs = 30_000;

/** A request without a body: the same, and a server that never answers is one that failed. */
export const ask = <T>(
  context: Pick<RunContext, 'clock' | 'signal' | 'onRetrying'>,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> => withRetry(context, (signal) => withTimeout(context.clock, questionTimeoutMs, signal, request));

/** A request without visible progress: rejects with `timeout` after `ms`. */
export async function withTimeout<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withWatchdog(clock, signal, () => ms, (inner) => request(inner));
}

/** A request that sends `size` bytes: rejects with `timeout` when nothing moves. */
export async function withStallWatch<T>(
  context: Pick<RunContext, 'clock' | 'signal'>,
  size: number,
  request: (signal: AbortSignal, onProgress: (sentBytes: number) => void) => Promise<T>,
): Promise<T> {
  let sent = 0;
  const patience = (): number => (sent < size ? sendingStallMs : answerStallMs);
  return withWatchdog(context.clock, context.signal, patience, (signal, moved) =>
    request(signal, (bytes) => {
      sent = bytes;
      moved();
    }),
  );
}

/** Aborts the request when `patience()` milliseconds have passed since `moved` was last called. */
async function withWatchdog<T>(
  clock: Clock,
  outer: AbortSignal,
  patience: () => number,
  request: (signal: AbortSignal, moved: () => void) => Promise<T>,
): Promise<T> {
  const stalled = new AbortController();
  const finished = new AbortController();
  let movedAt = clock.now();
  const watch = async (): Promise<void> => {
    for (;;) {
      const left = movedAt + patience() - clock.now();
      if (left <= 0) return stalled.abort(new UploadError('timeout', { isUnclear: true }));
      await clock.sleep(left, finished.signal);
    }
  };
  // The watch ends by rejection when the request has settled: that is its normal end.
  watch().catch(() => undefined);
  try {
    return await request(AbortSignal.any([outer, stalled.signal]), () => {
      movedAt = clock.now();
    });
  } catch (error) {
    throw stalled.signal.aborted && !outer.aborted ? stalled.signal.reason : error;
  } finally {
    finished.abort();
  }
}
