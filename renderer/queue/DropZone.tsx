import type { ReactNode } from 'react';
import { useTexts } from '../text/TextProvider.tsx';
import { DropDrawing } from './DropDrawing.tsx';
import { DropTargets } from './DropTargets.tsx';
import { useWindowDrop } from '../state/use-window-drop.ts';
import type { DropChoice } from '../state/use-window-drop.ts';

interface DropZoneProps {
  readonly destinationName: string;
  /** The second place that everything goes to; null without one. */
  readonly copyName?: string | null;
  readonly onFiles: (files: readonly File[], choice: DropChoice) => void;
  readonly children: ReactNode;
}

/** The whole window takes files; while they hover over it, it says where they would go and how many they are. */
export function DropZone({ destinationName, copyName = null, onFiles, children }: DropZoneProps) {
  const { window: words, adding } = useTexts();
  const hovering = useWindowDrop(onFiles);
  return (
    <div className="drop-zone" data-testid="drop-zone">
      {children}
      {hovering !== null && (
        <div className="drop-overlay" aria-hidden>
          <div className="drop-card" data-over={hovering.over === null || undefined}>
            <DropDrawing isOpen />
            <p className="drop-words">
              {words.dropTo} <strong>{destinationName}</strong>
              {copyName !== null && (
                <>
                  {' '}
                  {adding.dropCopyTo} <strong>{copyName}</strong>
                </>
              )}
            </p>
            {hovering.count > 0 && <p className="drop-count">{words.dropCount(hovering.count)}</p>}
          </div>
          <DropTargets over={hovering.over} />
        </div>
      )}
    </div>
  );
}
