import { useEffect, useRef, useState } from 'react';

/**
 * Takes the files that are dropped anywhere on the window. Answers how many hover over it (0: the system does not say),
 * or null while none do.
 */
export function useWindowDrop(onFiles: (files: readonly File[]) => void): number | null {
  const [hovering, setHovering] = useState<number | null>(null);
  const onFilesNow = useRef(onFiles);
  useEffect(() => {
    onFilesNow.current = onFiles;
  }, [onFiles]);
  useEffect(() => {
    // Elements entered minus elements left: "dragleave" also comes when the pointer moves on to a child.
    let depth = 0;
    const end = () => {
      depth = 0;
      setHovering(null);
    };
    const listeners = {
      dragenter: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        depth += 1;
        setHovering(filesHovering(event));
      },
      dragover: (event: DragEvent) => {
        if (!carriesFiles(event) || event.dataTransfer === null) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      dragleave: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        depth -= 1;
        if (depth <= 0) end();
      },
      drop: (event: DragEvent) => {
        end();
        const files = Array.from(event.dataTransfer?.files ?? []);
        if (files.length === 0) return;
        event.preventDefault();
        onFilesNow.current(files);
      },
    };
    const stop = new AbortController();
    const options = { signal: stop.signal };
    window.addEventListener('dragenter', listeners.dragenter, options);
    window.addEventListener('dragover', listeners.dragover, options);
    window.addEventListener('dragleave', listeners.dragleave, options);
    window.addEventListener('drop', listeners.drop, options);
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
