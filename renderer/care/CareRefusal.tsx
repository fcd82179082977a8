import type { AppError } from '../../shared/errors.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

interface CareRefusalProps {
  readonly title: string;
  readonly error: AppError;
  readonly destinationId: string;
  /** Instead of the usual one, where it is known what the request was for. */
  readonly hint?: string;
  readonly onAgain?: () => void;
}

/** Why the destination could not be asked, and the button that helps. */
export function CareRefusal({ title, error, destinationId, hint, onAgain }: CareRefusalProps) {
  const { errorText, queue } = useTexts();
  const openPanel = useOpenPanel();
  const text = errorText(error);
  const panel = mendingPanel(text.action, destinationId);
  return (
    <div className="note note-danger" role="alert">
      <p className="note-title">{`${title}: ${text.cause}`}</p>
      <p>{hint ?? text.hint}</p>
      {error.detail !== undefined && <p className="note-detail">{error.detail}</p>}
      {(panel !== null || onAgain !== undefined) && (
        <p className="test-aside">
          {panel !== null && text.action !== null && (
            <Button onPress={() => openPanel(panel)}>{queue.actions[text.action]}</Button>
          )}
          {onAgain !== undefined && (
            <Button tone={panel === null ? 'plain' : 'quiet'} onPress={onAgain}>
              {queue.actions.retry}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
