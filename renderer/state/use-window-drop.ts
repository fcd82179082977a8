import { useEffect, useRef, useState } from 'react';

/** On which part of the overlay files are dropped: the large one, a destination's, or the one for looking first. */
export type DropChoice = { readonly kind: 'default' | 'review' } | { readonly kind: 'destination'; readonly id: string };

/** What hovers over the window. */
export interface Hovering {
  /** 0: the system does not say. */
  readonly count: number;
  /** The name of the small target under the pointer (`data-drop-target`); null over the large one. */
  readonly over: string | null;
}

export const reviewTarget = 'review';

/** What hovers over the window, or null while nothing does. */
export function useWindowDrop(onFiles: (files: readonly File[], choice: DropChoice) => void): Hovering | null {
  const [hovering, setHovering] = useState<Hovering | null>(null);
  const onFilesNow = useRef(onFiles);
  useEffect(() => {
    onFilesNow.current = onFiles;
  }, [onFiles]);
  useEffect(() => {
    // Elements entered minus elements left: "dragleave" also comes when the pointer moves on to a child.
    let depth = 0;
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setHovering({ count: filesHovering(event), over: targetOf(event) });
    };
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth -= 1;
      if (depth <= 0) end();
    };
    const onDrop = (event: DragEvent) => {
      end();
      const files = Array.from(event.dataTransfer?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      onFilesNow.current(files, choiceOf(targetOf(event)));
    };
    const onPaste = (event: ClipboardEvent) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      onFilesNow.current(files, { kind: 'default' });
    };
    const end = () => {
      depth = 0;
      setHovering(null);
    };
    const stop = new AbortController();
    const options = { signal: stop.signal };
    window.addEventListener('dragenter', onEnter, options);
    window.addEventListener('dragover', onOver, options);
    window.addEventListener('dragleave', onLeave, options);
    window.addEventListener('drop', onDrop, options);
    window.addEventListener('paste', onPaste, options);
    return () => stop.abort();
  }, []);
  return hovering;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function filesHovering(event: DragEvent): number {
  return Array.from(event.dataTransfer?.items ?? []).filter((item) => item.kind === 'file').length;
}

function targetOf(event: DragEvent): string | null {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drop-target]') : null;
  return target?.dataset['dropTarget'] ?? null;
}

function choiceOf(target: string | null): DropChoice {
  if (target === null) return { kind: 'default' };
  return target === reviewTarget ? { kind: 'review' } : { kind: 'destination', id: target };
}
