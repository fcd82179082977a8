import type { AppError, Result } from '../../shared/errors.ts';

/** As over IPC: nothing of ours is shared with the window. */
export function done<T>(value: T): Promise<Result<T>> {
  return Promise.resolve({ ok: true, value: structuredClone(value) });
}

export function later<T>(value: T, milliseconds = 600): Promise<Result<T>> {
  return new Promise((resolve) => setTimeout(() => resolve({ ok: true, value: structuredClone(value) }), milliseconds));
}

export function refused(code: AppError['code'], detail?: string): Promise<{ readonly ok: false; readonly error: AppError }> {
  return Promise.resolve({ ok: false, error: detail === undefined ? { code } : { code, detail } });
}

export type Source<T extends { readonly revision: number }> = ReturnType<typeof createSource<T>>;

/** Something the main process owns and publishes. */
export function createSource<T extends { readonly revision: number }>(first: T) {
  let snapshot = first;
  const listeners = new Set<(snapshot: T) => void>();
  return {
    get: () => snapshot,
    change: (changed: Partial<T>) => {
      snapshot = { ...snapshot, ...changed, revision: snapshot.revision + 1 };
      // As over IPC: nothing of the old snapshot is shared with the new one.
      for (const listener of listeners) listener(structuredClone(snapshot));
    },
    subscribe: (listener: (snapshot: T) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
