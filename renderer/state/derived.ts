import type { Mirror } from './mirror.ts';

/** A mirror's snapshot in another form, worked out once for each snapshot. `before`: the form of the one before. */
export function deriveMirror<T, R>(mirror: Mirror<T>, make: (snapshot: T, before: R | null) => R): Mirror<R> {
  let from: T | null = null;
  let made: R | null = null;
  return {
    subscribe: mirror.subscribe,
    getSnapshot: () => {
      const snapshot = mirror.getSnapshot();
      if (snapshot !== null && snapshot !== from) {
        made = make(snapshot, made);
        from = snapshot;
      }
      return made;
    },
  };
}
