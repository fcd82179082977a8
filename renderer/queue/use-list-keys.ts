import { useEffect } from 'react';
import type { KeyboardEvent } from 'react';
import type { Selection } from 'react-aria-components';
import { canPause, canRemove, canResume } from '../../shared/upload.ts';
import { type Row, legsOf, linkedLegOf } from '../state/rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { hasCommandKey } from '../ui/shortcut.ts';
import { isOverlayOpen } from '../ui/is-overlay-open.ts';
import { primaryActionOf } from './UploadActions.tsx';
import type { RunAction } from './use-upload-commands.ts';

interface ListKeys {
  readonly rows: readonly Row[];
  readonly selected: Selection;
  readonly run: RunAction;
}

/** The keys of the list that React Aria's grid does not know: Space, Enter, Delete, Alt+arrows, copy, Ctrl/Cmd+I. */
export function useListKeys({ rows: all, selected, run }: ListKeys) {
  const texts = useTexts();
  const selectedRows = () => (selected === 'all' ? all : all.filter((row) => selected.has(row.id)));
  /** The selection where the row is part of it, as in a file manager; else the row alone. */
  const concerned = (rowId: string): readonly Row[] => {
    const chosen = selectedRows();
    return chosen.some((row) => row.id === rowId) ? chosen : all.filter((row) => row.id === rowId);
  };

  const onKeyDownCapture = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const rowId = target.dataset['uploadId'];
    // Keys typed into a field or on a button within the row belong to it.
    if (rowId === undefined || target.getAttribute('role') !== 'row') return;
    const action = keyAction(event, concerned(rowId));
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    const rows = concerned(rowId);
    if (action !== 'primary') return run(action, rows);
    const primary = rows[0] === undefined ? null : primaryActionOf(rows[0], texts);
    if (primary !== null) run(primary, rows);
  };

  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const rows = selectedRows().filter((row) => linkedLegOf(row) !== undefined);
      if (rows.length === 0 || isTextSelected() || isOverlayOpen()) return;
      event.preventDefault();
      run('copy-link', rows);
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  });

  return { selectedRows: selectedRows(), concerned, onKeyDownCapture };
}

function keyAction(event: KeyboardEvent, rows: readonly Row[]) {
  const uploads = legsOf(rows);
  if (event.altKey) {
    if (event.key === 'ArrowUp') return 'move-up';
    return event.key === 'ArrowDown' ? 'move-down' : null;
  }
  if (hasCommandKey(event) && event.key === 'i') return rows[0]?.status === 'completed' ? 'receipt' : 'details';
  if (event.ctrlKey || event.metaKey || event.shiftKey) return null;
  switch (event.key) {
    case ' ':
      // A mixed selection is paused first; the next press resumes all of it.
      if (uploads.some(canPause)) return 'pause';
      return uploads.some(canResume) ? 'resume' : null;
    case 'Enter':
      return 'primary';
    case 'Delete':
    case 'Backspace':
      return uploads.every(canRemove) ? 'remove' : 'cancel';
    default:
      return null;
  }
}

function isTextSelected(): boolean {
  const active = document.activeElement;
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) return true;
  return (document.getSelection()?.toString() ?? '') !== '';
}
