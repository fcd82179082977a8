/** A cached copy of something the main process owns. Never a second truth: it only ever repeats what was published. */
export interface Mirror<T> {
  readonly subscribe: (listener: () => void) => () => void;
  /** Null until the first snapshot has come. */
  readonly getSnapshot: () => T | null;
}

export interface MirrorSource<T> {
  readonly get: () => Promise<T>;
  readonly onChanged: (listener: (snapshot: T) => void) => () => void;
  /** Carries identical objects over from the old snapshot, so that rows that did not change are not drawn again. */
  readonly reuse?: (before: T, after: T) => T;
  readonly onError: (thrown: unknown) => void;
}

/**
 * Subscribes first and asks for the snapshot second, so that nothing falls between the two; of both, the higher
 * revision stays.
 */
export function createMirror<T extends { readonly revision: number }>(source: MirrorSource<T>): Mirror<T> {
  let snapshot: T | null = null;
  const listeners = new Set<() => void>();

  const accept = (next: T) => {
    if (snapshot !== null && next.revision <= snapshot.revision) return;
    snapshot = snapshot !== null && source.reuse !== undefined ? source.reuse(snapshot, next) : next;
    for (const listener of listeners) listener();
  };

  source.onChanged(accept);
  source.get().then(accept, source.onError);

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
  };
}
