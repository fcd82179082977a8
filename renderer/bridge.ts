import type { AppError, Result } from '../shared/errors.ts';
import type { AddReport, RemessaApi } from '../shared/ipc.ts';

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

/** The contract takes at most this many files in one message. */
const filesPerMessage = 10_000;

/** The one place that touches `window.remessa`; tests and the design harness hand in their own. */
export function connectBridge(api: RemessaApi = window.remessa): Bridge {
  return {
    getUploads: unwrap(api.getUploads),
    addFiles: (files) => addInBatches(unwrap(api.addFiles), files),
    chooseFiles: unwrap(api.chooseFiles),
    pauseUploads: unwrap(api.pauseUploads),
    resumeUploads: unwrap(api.resumeUploads),
    retryUploads: unwrap(api.retryUploads),
    cancelUploads: unwrap(api.cancelUploads),
    removeUploads: unwrap(api.removeUploads),
    moveUpload: unwrap(api.moveUpload),
    setKey: unwrap(api.setKey),
    replaceObject: unwrap(api.replaceObject),
    restartUpload: unwrap(api.restartUpload),
    locateFile: unwrap(api.locateFile),
    copyLinks: unwrap(api.copyLinks),
    getReceipt: unwrap(api.getReceipt),
    checkReceipt: unwrap(api.checkReceipt),
    showReceiptFile: unwrap(api.showReceiptFile),
    getSettings: unwrap(api.getSettings),
    savePreferences: unwrap(api.savePreferences),
    testDestination: unwrap(api.testDestination),
    saveDestination: unwrap(api.saveDestination),
    switchDestination: unwrap(api.useDestination),
    removeDestination: unwrap(api.removeDestination),
    retryDestination: unwrap(api.retryDestination),
    getPracticeUsage: unwrap(api.getPracticeUsage),
    emptyPractice: unwrap(api.emptyPractice),
    answerQuit: unwrap(api.answerQuit),
    copyDetails: unwrap(api.copyDetails),
    onUploadsChanged: api.onUploadsChanged,
    onSettingsChanged: api.onSettingsChanged,
    onQuitAsked: api.onQuitAsked,
  };
}

function unwrap<A extends unknown[], T>(ask: (...args: A) => Promise<Result<T>>): (...args: A) => Promise<T> {
  return async (...args) => {
    const result = await ask(...args);
    if (result.ok) return result.value;
    throw new RefusedError(result.error);
  };
}

async function addInBatches<F>(
  add: (files: readonly F[]) => Promise<AddReport>,
  files: readonly F[],
): Promise<AddReport> {
  const reports: AddReport[] = [];
  for (let start = 0; start < files.length; start += filesPerMessage) {
    reports.push(await add(files.slice(start, start + filesPerMessage)));
  }
  return {
    addedIds: reports.flatMap((report) => report.addedIds),
    known: reports.flatMap((report) => report.known),
    refused: reports.flatMap((report) => report.refused),
  };
}
