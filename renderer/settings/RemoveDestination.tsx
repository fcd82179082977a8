import type { Destination } from '../../shared/settings.ts';
import { isEnded } from '../../shared/upload.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';

interface RemoveDestinationProps {
  readonly destination: Destination;
  readonly onEnd: () => void;
}

/** Asks first; while videos are on their way there it says why not instead. */
export function RemoveDestination({ destination, onEnd }: RemoveDestinationProps) {
  const { settings: words, window: windowWords } = useTexts();
  const { uploads } = useUploads();
  const bridge = useBridge();
  const command = useCommand();
  const pending = uploads.filter((upload) => upload.destinationId === destination.id && !isEnded(upload));

  const onAnswer = (yes: boolean) => {
    onEnd();
    if (yes && pending.length === 0) void command(bridge.removeDestination(destination.id, { pending: 'none' }));
  };
  if (pending.length > 0) {
    const question = {
      title: words.removeBusyTitle(destination.name),
      body: words.removeBusyBody(pending.length),
      yes: windowWords.ok,
      no: null,
      isDanger: false,
    };
    return <ConfirmDialog question={question} onAnswer={onAnswer} />;
  }
  const question = {
    title: words.removeTitle(destination.name),
    body: destination.kind === 'practice' ? words.removePracticeBody : words.removeBody,
    yes: words.removeYes,
    no: windowWords.cancel,
    isDanger: true,
  };
  return <ConfirmDialog question={question} onAnswer={onAnswer} />;
}
