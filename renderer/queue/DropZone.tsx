import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../text/TextProvider.tsx';
import { DropDrawing } from './DropDrawing.tsx';

interface DropZoneProps {
  readonly destinationName: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** The whole window takes files; while they hover over it, it says where they would go and how many they are. */
export function DropZone({ destinationName, onFiles, children }: DropZoneProps) {
  const { window: words } = useTexts();
  const hovering = useWindowDrop(onFiles);
  return (
    <div className="drop-zone" data-testid="drop-zone">
      {children}
      {hovering !== null && (
        <div className="drop-overlay" aria-hidden>
          <div className="drop-card">
            <DropDrawing isOpen />
            <p className="drop-words">
              {words.dropTo} <strong>{destinationName}</strong>
            </p>
            {hovering > 0 && <p className="drop-count">{words.dropCount(hovering)}</p>}
          </div>
        </div>
      )}
    </div>
  );
}

/** How many files hover over the window (0: the system does not say), or null while none do. */
function useWindowDrop(onFiles: (files: readonly File[]) => void): number | null {
  const [hovering, setHovering] = useState<number | null>(null);
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
      setHovering(filesHovering(event));
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
      onFilesNow.current(files);
    };
    const end = () => {
      depth = 0;
      setHovering(null);
    };
    const listeners = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop } as const;
    const stop = new AbortController();
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name as keyof typeof listeners, listener, { signal: stop.signal });
    }
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
