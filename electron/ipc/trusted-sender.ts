import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { isSameOrigin } from '../origin.ts';

/** Whether a request comes from the main frame of our own window showing our own page. */
export function isTrusted(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  window: WebContents | null,
  homeUrls: readonly string[],
): boolean {
  const { sender, senderFrame } = event;
  if (window === null || senderFrame === null || sender !== window) return false;
  return senderFrame === window.mainFrame && homeUrls.some((home) => isSameOrigin(senderFrame.url, home));
}
