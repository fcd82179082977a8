import { Ellipsis } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { Upload } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { Texts } from '../text/TextProvider.tsx';
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

export function UploadActions({ upload, run }: RowButtonProps) {
  const texts = useTexts();
  const primary = primaryActionOf(upload, texts);
  const secondary = secondaryAction(upload);
  return (
    <div className="row-actions">
      {secondary !== null && secondary !== primary && (
        <ActionButton action={secondary} upload={upload} run={run} tone="quiet" />
      )}
      {upload.status === 'completed' && <ReceiptButton upload={upload} run={run} />}
      {primary !== null && <ActionButton action={primary} upload={upload} run={run} tone={toneOf(upload, primary)} />}
      <MenuButton
        label={texts.queue.moreActions(upload.name)}
        onAction={(action) => run(action as Action, [upload])}
        button={
          <AriaButton className="icon-button" aria-label={texts.queue.moreActions(upload.name)}>
            <Ellipsis className="icon" aria-hidden />
          </AriaButton>
        }
      >
        <UploadMenuItems upload={upload} primary={primary} />
      </MenuButton>
    </div>
  );
}

interface RowButtonProps {
  readonly upload: Upload;
  readonly run: RunAction;
}

/** One click away, and its tooltip says what was proved. */
function ReceiptButton({ upload, run }: RowButtonProps) {
  const texts = useTexts();
  const note = provedText(upload, texts);
  return (
    <IconButton
      icon={actionIcons.receipt}
      label={texts.queue.actions.receipt}
      shortcut={shortcut('I')}
      onPress={() => run('receipt', [upload])}
      {...(note === undefined ? {} : { note })}
    />
  );
}

interface ActionButtonProps extends RowButtonProps {
  readonly action: Action;
  readonly tone: ButtonTone;
}

function ActionButton({ action, upload, run, tone }: ActionButtonProps) {
  const { queue } = useTexts();
  return (
    <Button icon={actionIcons[action]} tone={tone} className="row-button" onPress={() => run(action, [upload])}>
      {queue.actions[action]}
    </Button>
  );
}

/** The link of a finished video is the loudest thing in its row; what mends a failure comes next. */
function toneOf(upload: Upload, primary: Action): ButtonTone {
  if (primary === 'copy-link') return 'soft';
  return upload.status === 'failed' ? 'plain' : 'quiet';
}
