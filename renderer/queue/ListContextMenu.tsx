import { useRef } from 'react';
import type { MouseEvent } from 'react';
import type { Row } from '../state/rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ContextMenu } from '../ui/Menu.tsx';
import { UploadMenuItems } from './UploadMenuItems.tsx';
import type { Action } from './upload-actions.ts';
import type { RunAction } from './use-upload-commands.ts';

/** Where somebody clicked with the right button, and what it concerns. */
export interface MenuPlace {
  readonly left: number;
  readonly top: number;
  readonly rows: readonly [Row, ...Row[]];
}

interface ListContextMenuProps {
  readonly place: MenuPlace;
  readonly run: RunAction;
  readonly onClose: () => void;
}

/** The row's menu at the pointer. It offers what suits the first of the uploads, and does it to all of them. */
export function ListContextMenu({ place, run, onClose }: ListContextMenuProps) {
  const { queue } = useTexts();
  const anchor = useRef<HTMLSpanElement>(null);
  const [first] = place.rows;
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: place.left, top: place.top }} />
      <ContextMenu
        label={queue.moreActions(first.name)}
        anchor={anchor}
        onClose={onClose}
        onAction={(action) => run(action as Action, place.rows)}
      >
        <UploadMenuItems row={first} primary={null} />
      </ContextMenu>
    </>
  );
}

/** Null where the click was beside the rows. */
export function menuPlaceOf(event: MouseEvent, concerned: (rowId: string) => readonly Row[]): MenuPlace | null {
  const row = (event.target as Element).closest<HTMLElement>('[data-upload-id]');
  const [first, ...rest] = concerned(row?.dataset['uploadId'] ?? '');
  if (first === undefined) return null;
  event.preventDefault();
  return { left: event.clientX, top: event.clientY, rows: [first, ...rest] };
}
