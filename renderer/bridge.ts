import type { AppError, Result } from '../shared/errors.ts';
import type { AddReport } from '../shared/replies.ts';
import type { DroppedFile, RemessaApi } from '../shared/remessa-api.ts';
import type { AddOptions } from '../shared/ipc.ts';

/** A refused command, with the reason that the main process gave. */
export class RefusedError extends Error {
  readonly appError: AppError;

  constructor(appError: AppError) {
    super(appError.code);
    this.name = 'RefusedError';
    this.appError = appError;
  }
}

/** Whatever was thrown, as something that can be explained to a person. */
export function appErrorOf(thrown: unknown): AppError {
  if (thrown instanceof RefusedError) return thrown.appError;
  return { code: 'internal', detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
}

type Unwrapped<M> = M extends (...args: infer A) => Promise<Result<infer T>> ? (...args: A) => Promise<T> : M;
/** RemessaApi without its envelopes: a method answers with the value, or throws a RefusedError. */
export type Bridge = {
  readonly [K in Exclude<keyof RemessaApi, 'useDestination'>]: Unwrapped<RemessaApi[K]>;
} & {
  /** `useDestination`, under a name that does not look like a React hook. */
  readonly switchDestination: Unwrapped<RemessaApi['useDestination']>;
};

/** The contract takes at most this many files or ids in one message. */
const mostPerMessage = 10_000;

/** The one place that touches `window.remessa`; tests and the design harness hand in their own. */
export function connectBridge(api: RemessaApi = window.remessa): Bridge {
  const unwrapped = Object.entries(api).map(([name, method]) => [
    name,
    // Subscriptions answer with their end, everything else with a Result.
    name.startsWith('on') ? method : unwrap(method as (...args: unknown[]) => Promise<Result<unknown>>),
  ]);
  const all = Object.fromEntries(unwrapped) as { readonly [K in keyof RemessaApi]: Unwrapped<RemessaApi[K]> };
  const { useDestination, ...others } = all;
  return {
    ...others,
    switchDestination: useDestination,
    addFiles: (files, options) => addInBatches(all.addFiles, files, options),
    pauseUploads: inBatches(all.pauseUploads),
    resumeUploads: inBatches(all.resumeUploads),
    retryUploads: inBatches(all.retryUploads),
    cancelUploads: inBatches(all.cancelUploads),
    removeUploads: inBatches(all.removeUploads),
    settleConflict: inBatches(all.settleConflict),
    sendTo: inBatches(all.sendTo),
  };
}

function unwrap<A extends unknown[], T>(ask: (...args: A) => Promise<Result<T>>): (...args: A) => Promise<T> {
  return async (...args) => {
    const result = await ask(...args);
    if (result.ok) return result.value;
    throw new RefusedError(result.error);
  };
}

/** One after the other, so that the order is kept; a refusal ends it, and what was done before it stays done. */
function inBatches<A extends unknown[]>(ask: (ids: string[], ...rest: A) => Promise<null>) {
  return async (ids: string[], ...rest: A): Promise<null> => {
    // No ids at all are a mistake of the caller's: the contract says so.
    await ask(ids.slice(0, mostPerMessage), ...rest);
    for (let start = mostPerMessage; start < ids.length; start += mostPerMessage) {
      await ask(ids.slice(start, start + mostPerMessage), ...rest);
    }
    return null;
  };
}

async function addInBatches(
  add: Bridge['addFiles'],
  files: readonly DroppedFile[],
  options: AddOptions,
): Promise<AddReport> {
  const reports: AddReport[] = [];
  for (let start = 0; start < files.length; start += mostPerMessage) {
    reports.push(await add(files.slice(start, start + mostPerMessage), options));
  }
  return {
    addedIds: reports.flatMap((report) => report.addedIds),
    known: reports.flatMap((report) => report.known),
    refused: reports.flatMap((report) => report.refused),
    leftOut: reports.reduce((sum, report) => sum + report.leftOut, 0),
    keyMap: reports.findLast((report) => report.keyMap !== null)?.keyMap ?? null,
  };
}
