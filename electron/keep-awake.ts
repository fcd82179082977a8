import { type BrowserWindow, powerMonitor, powerSaveBlocker } from 'electron';
import { type Upload, uploadedBytesOf } from '../shared/upload.ts';

/** Whether bytes are under way. */
export const isSending = (uploads: readonly Upload[]): boolean =>
  uploads.some(({ status }) => status === 'uploading' || status === 'completing');

/** Keeps the computer from falling asleep while somebody is busy; the screen may. Call it whenever that changes, or more often. */
export function sleepGuard(): (who: string, isBusy: boolean) => void {
  const busy = new Set<string>();
  let blocker: number | null = null;
  return (who, isBusy) => {
    if (isBusy) busy.add(who);
    else busy.delete(who);
    if (busy.size > 0 && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (busy.size === 0 && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}

/** Sockets are dead after a sleep, and the network may be another one. */
export function onWake(wake: () => void): void {
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
}

/** How far the work of the taskbar or dock icon is: 0 to 1, or -1 for none (Electron, BrowserWindow.setProgressBar). */
export function progressOf(uploads: readonly Upload[]): number {
  const pending = uploads.filter(({ status }) => status !== 'completed' && status !== 'canceling');
  const total = pending.reduce((sum, { size }) => sum + size, 0);
  if (total === 0) return -1;
  return pending.reduce((sum, upload) => sum + uploadedBytesOf(upload), 0) / total;
}

export function taskbarProgress(window: () => BrowserWindow | null): (uploads: readonly Upload[]) => void {
  let shown = -1;
  return (uploads) => {
    const progress = Math.round(progressOf(uploads) * 100) / 100;
    if (progress !== shown) window()?.setProgressBar(progress);
    shown = progress;
  };
}
