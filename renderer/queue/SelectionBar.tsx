import { X } from 'lucide-react';
import { canCancel, canPause, canRemove, canResume, canRetry, canSettleConflict } from '../../shared/upload.ts';
import { type Row, legsOf, linkedLegOf } from '../state/rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { actionIcons } from './action-icons.ts';
import type { Action } from './upload-actions.ts';
import type { RunAction } from './use-upload-commands.ts';

interface SelectionBarProps {
  readonly rows: readonly Row[];
  readonly run: RunAction;
  readonly onClear: () => void;
}

/** What can be done to several rows at once; what only some of them allow is done to those. */
export function SelectionBar({ rows, run, onClear }: SelectionBarProps) {
  const { queue, window: words } = useTexts();
  const uploads = legsOf(rows);
  const links = rows.filter((row) => linkedLegOf(row) !== undefined).length;
  const actions: readonly (readonly [Action, string, boolean])[] = [
    ['copy-link', queue.copyLinks(links), links > 0],
    ['pause', queue.actions.pause, uploads.some(canPause)],
    ['resume', queue.actions.resume, uploads.some(canResume)],
    ['retry', queue.actions.retry, uploads.some((upload) => upload.status === 'failed' && canRetry(upload))],
    ['settle-conflict', queue.actions['settle-conflict'], uploads.some(canSettleConflict)],
    ['cancel', queue.actions.cancel, uploads.some(canCancel)],
    ['remove', queue.actions.remove, uploads.every(canRemove)],
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons have the focus; Esc bubbles up here
    <div
      className="selection-bar"
      role="toolbar"
      aria-label={queue.selected(rows.length)}
      onKeyDown={(event) => event.key === 'Escape' && onClear()}
    >
      <span className="selection-count">{queue.selected(rows.length)}</span>
      {actions
        .filter(([, , isPossible]) => isPossible)
        .map(([action, text]) => (
          <Button
            key={action}
            icon={actionIcons[action]}
            tone={action === 'copy-link' ? 'soft' : 'quiet'}
            onPress={() => run(action, rows)}
          >
            {text}
          </Button>
        ))}
      <IconButton icon={X} label={words.clearSelection} shortcut="Esc" onPress={onClear} />
    </div>
  );
}
