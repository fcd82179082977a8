import { powerMonitor, powerSaveBlocker } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Upload } from '../shared/upload.ts';
import { uploadedBytesOf } from '../shared/upload.ts';
import type { UploadQueue } from './uploads/upload-queue.ts';

/** Keeps the computer from falling asleep while something is being sent; the screen may. */
export function keepAwakeWhileUploading(queue: UploadQueue): void {
  let blocker: number | null = null;
  queue.subscribe((kind) => {
    if (kind !== 'status') return;
    const isSending = queue.snapshot().uploads.some(({ status }) => status === 'uploading' || status === 'completing');
    if (isSending && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!isSending && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  });
  // Sockets are dead after a sleep, and the network may be another one.
  powerMonitor.on('resume', () => queue.wake());
  powerMonitor.on('unlock-screen', () => queue.wake());
}

/** How far the work of the taskbar or dock icon is: 0 to 1, or -1 for none (Electron, BrowserWindow.setProgressBar). */
export function progressOf(uploads: readonly Upload[]): number {
  const pending = uploads.filter(({ status }) => status !== 'completed' && status !== 'canceling');
  const total = pending.reduce((sum, { size }) => sum + size, 0);
  if (total === 0) return -1;
  return pending.reduce((sum, upload) => sum + uploadedBytesOf(upload), 0) / total;
}

export function showProgress(queue: UploadQueue, window: () => BrowserWindow | null): void {
  let shown = -1;
  queue.subscribe(() => {
    const progress = Math.round(progressOf(queue.snapshot().uploads) * 100) / 100;
    if (progress === shown) return;
    shown = progress;
    window()?.setProgressBar(progress);
  });
}
