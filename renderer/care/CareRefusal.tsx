import type { AppError } from '../../shared/errors.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import { type Panel, useOpenPanel } from '../state/panels.tsx';
import type { ErrorAction } from '../text/error-action.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

interface CareRefusalProps {
  readonly title: string;
  readonly error: AppError;
  /** Null: it is not known which one, so none is opened. */
  readonly destinationId: string | null;
  /** Instead of the usual one, where it is known what the request was for. */
  readonly hint?: string;
  readonly onAgain?: () => void;
}

/** Why the destination could not be asked, and the button that helps. */
export function CareRefusal({ title, error, destinationId, hint, onAgain }: CareRefusalProps) {
  const { errorText, queue } = useTexts();
  const openPanel = useOpenPanel();
  const text = errorText(error);
  const panel = panelFor(text.action, destinationId);
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

function panelFor(action: ErrorAction | null, destinationId: string | null): Panel | null {
  const panel = mendingPanel(action, destinationId ?? '');
  return destinationId === null && panel?.kind === 'edit-destination' ? null : panel;
}
