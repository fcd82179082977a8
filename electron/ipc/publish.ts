import type { WebContents } from 'electron';
import type { EventChannel, Events } from '../../shared/replies.ts';

/** Milliseconds after which a change is told. */
const progressEveryMs = 100;
const statusAfterMs = 15;
/** A snapshot of thousands of rows takes its time here and in the window: at most this share of it is spent on telling. */
const telling = 0.2;

export function send<E extends EventChannel>(contents: WebContents | null, channel: E, message: Events[E]): void {
  if (contents !== null && !contents.isDestroyed()) contents.send(channel, message);
}

/** What is told as a whole, and says when it has changed. */
interface Watched<T> {
  subscribe(listener: (kind: 'status' | 'progress') => void): unknown;
  snapshot(): T;
}

/**
 * Tells whole snapshots: a mirror that missed one is right again with the next. A status is told within a blink, and a
 * thousand of them at once (a folder is dropped) are still one snapshot.
 */
export function watch<T>(watched: Watched<T>, tell: (snapshot: T) => void): void {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = 0;
  let notBefore = 0;
  watched.subscribe((kind) => {
    const now = Date.now();
    const wantedAt = Math.max(now + (kind === 'status' ? statusAfterMs : progressEveryMs), notBefore);
    if (timer !== undefined && dueAt <= wantedAt) return;
    clearTimeout(timer);
    dueAt = wantedAt;
    timer = setTimeout(() => {
      timer = undefined;
      const begun = performance.now();
      tell(watched.snapshot());
      notBefore = Date.now() + (performance.now() - begun) / telling;
    }, wantedAt - now);
  });
}
