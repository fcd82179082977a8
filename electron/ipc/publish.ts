import type { WebContents } from 'electron';
import type { EventChannel, Events } from '../../shared/ipc.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';

/** Progress is told at most this often, milliseconds; a status at once. */
const progressEveryMs = 100;

export function send<E extends EventChannel>(contents: WebContents | null, channel: E, message: Events[E]): void {
  if (contents !== null && !contents.isDestroyed()) contents.send(channel, message);
}

/** Sends the window whole snapshots: a mirror that missed one is right again with the next. */
export function publishUploads(queue: UploadQueue, contents: () => WebContents | null): void {
  let timer: NodeJS.Timeout | undefined;
  const publish = (): void => {
    clearTimeout(timer);
    timer = undefined;
    send(contents(), 'uploads:changed', queue.snapshot());
  };
  queue.subscribe((kind) => {
    // One turn later: a command that moves a hundred uploads is one message.
    const delay = kind === 'status' ? 0 : progressEveryMs;
    if (kind === 'status' && timer !== undefined) clearTimeout(timer);
    else if (timer !== undefined) return;
    timer = setTimeout(publish, delay);
  });
}
