/** What the modifier of this system is called, and whether an event carries it. */
export const isMac = /mac/i.test(navigator.platform);

/** `shortcut('O')` → "⌘O" on a Mac, "Ctrl+O" elsewhere. */
export function shortcut(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl+${key}`;
}

export function hasCommandKey(event: { readonly metaKey: boolean; readonly ctrlKey: boolean }): boolean {
  return isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}
