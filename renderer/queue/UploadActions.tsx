import { Ellipsis } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { Upload } from '../../shared/upload.ts';
import type { Row } from '../state/rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { Texts } from '../text/texts.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import type { ButtonTone } from '../ui/Button.tsx';
import { shortcut } from '../ui/shortcut.ts';
import { MenuButton } from '../ui/Menu.tsx';
import { actionIcons } from './action-icons.ts';
import { primaryAction, secondaryAction } from './upload-actions.ts';
import type { Action } from './upload-actions.ts';
import { provedText } from './upload-status.ts';
import { UploadMenuItems } from './UploadMenuItems.tsx';
import type { RunAction } from './use-upload-commands.ts';

/** The row's main button for this person, language and state. */
export function primaryActionOf(upload: Upload, texts: Texts): Action | null {
  return primaryAction(upload, upload.status === 'failed' ? texts.errorText(upload.error).action : null);
}

export function UploadActions({ row, run }: RowButtonProps) {
  const texts = useTexts();
  const primary = primaryActionOf(row, texts);
  const secondary = secondaryAction(row);
  return (
    <div className="row-actions">
      {secondary !== null && secondary !== primary && (
        <ActionButton action={secondary} row={row} run={run} tone="quiet" />
      )}
      {row.status === 'completed' && <ReceiptButton row={row} run={run} />}
      {primary !== null && <ActionButton action={primary} row={row} run={run} tone={toneOf(row, primary)} />}
      <MenuButton
        label={texts.queue.moreActions(row.name)}
        onAction={(action) => run(action as Action, [row])}
        button={
          <AriaButton className="icon-button" aria-label={texts.queue.moreActions(row.name)}>
            <Ellipsis className="icon" aria-hidden />
          </AriaButton>
        }
      >
        <UploadMenuItems row={row} primary={primary} />
      </MenuButton>
    </div>
  );
}

interface RowButtonProps {
  readonly row: Row;
  readonly run: RunAction;
}

/** One click away, and its tooltip says what was proved. */
function ReceiptButton({ row, run }: RowButtonProps) {
  const texts = useTexts();
  const note = provedText(row, texts);
  return (
    <IconButton
      icon={actionIcons.receipt}
      label={texts.queue.actions.receipt}
      shortcut={shortcut('I')}
      onPress={() => run('receipt', [row])}
      {...(note === undefined ? {} : { note })}
    />
  );
}

interface ActionButtonProps extends RowButtonProps {
  readonly action: Action;
  readonly tone: ButtonTone;
}

function ActionButton({ action, row, run, tone }: ActionButtonProps) {
  const { queue } = useTexts();
  return (
    <Button icon={actionIcons[action]} tone={tone} className="row-button" onPress={() => run(action, [row])}>
      {queue.actions[action]}
    </Button>
  );
}

/** The link of a finished video is the loudest thing in its row; what mends a failure comes next. */
function toneOf(upload: Upload, primary: Action): ButtonTone {
  if (primary === 'copy-link') return 'soft';
  return upload.status === 'failed' ? 'plain' : 'quiet';
}
