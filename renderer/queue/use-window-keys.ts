import { useEffect } from 'react';
import { useOpenPanel } from '../state/panels.tsx';
import { isOverlayOpen } from '../ui/is-overlay-open.ts';
import { hasCommandKey } from '../ui/shortcut.ts';

/** Keys that work wherever the focus is, unless a dialog is open. */
export function useWindowKeys({ onAdd }: { readonly onAdd: () => void }): void {
  const openPanel = useOpenPanel();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!hasCommandKey(event) || isOverlayOpen()) return;
      if (event.key === 'o') onAdd();
      else if (event.key === ',') openPanel({ kind: 'settings', place: 'destinations' });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onAdd, openPanel]);
}
