import { type RefObject, useEffect, useRef } from 'react';

/**
 * A button that is disabled or gone once it was pressed leaves the focus nowhere, and no key reaches the dialog any more,
 * Esc included: then the dialog takes it. One that lies below another is inert, and gets nothing.
 */
export function useKeptFocus(): RefObject<HTMLElement | null> {
  const dialog = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (current === null) return undefined;
    const keep = () => {
      const { activeElement } = document;
      if (activeElement === document.body || activeElement?.matches(':disabled') === true) current.focus();
    };
    const observer = new MutationObserver(() => requestAnimationFrame(keep));
    observer.observe(current, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    return () => observer.disconnect();
  }, []);
  return dialog;
}
