import type { AppError } from '../../shared/errors.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import type { ErrorAction } from '../text/error-action.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

interface RefusalProps {
  readonly title: string;
  readonly error: AppError;
  readonly onAgain: () => void;
  readonly onMend: (action: ErrorAction) => void;
}

/** Why the main process could not answer, and the button that helps. */
export function Refusal({ title, error, onAgain, onMend }: RefusalProps) {
  const { errorText, queue } = useTexts();
  const { cause, hint, action } = errorText(error);
  const mend = mendingPanel(action, '') === null ? null : action;
  return (
    <div className="note note-danger" role="alert">
      <p className="note-title">{`${title}: ${cause}`}</p>
      <p>{hint}</p>
      {error.detail !== undefined && <p className="note-detail">{error.detail}</p>}
      <div className="receipt-mend">
        {mend !== null && <Button onPress={() => onMend(mend)}>{queue.actions[mend]}</Button>}
        <Button tone={mend === null ? 'plain' : 'quiet'} onPress={onAgain}>
          {queue.actions.retry}
        </Button>
      </div>
    </div>
  );
}
