import type { DestinationInfo } from '../../shared/settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useToast } from '../ui/Toast.tsx';
import { DestinationForm } from './DestinationForm.tsx';
import { DestinationSetup } from './DestinationSetup.tsx';

interface PanelProps {
  readonly onClose: () => void;
}

/** The first screen's question again, in a dialog. */
export function AddDestination({ onClose }: PanelProps) {
  const { destination: words, window: windowWords } = useTexts();
  const onSaved = useSavedMessage(onClose);
  return (
    <DestinationSetup onSaved={onSaved}>
      {(step, body) => (
        <Dialog
          title={step === null ? words.question : words.formTitle[step]}
          closeLabel={windowWords.close}
          onClose={onClose}
          size="large"
        >
          {body}
        </Dialog>
      )}
    </DestinationSetup>
  );
}

interface EditDestinationProps extends PanelProps {
  readonly info: DestinationInfo;
  readonly changesKey: boolean;
}

export function EditDestination({ info, changesKey, onClose }: EditDestinationProps) {
  const { destination: words, window: windowWords } = useTexts();
  const onSaved = useSavedMessage(onClose);
  const { kind, name } = info.destination;
  if (kind === 'practice') return null;
  return (
    <Dialog title={words.editTitle(name)} closeLabel={windowWords.close} onClose={onClose} size="large">
      <DestinationForm kind={kind} existing={info} changesKey={changesKey} onSaved={onSaved} onBack={onClose} />
    </Dialog>
  );
}

function useSavedMessage(onClose: () => void): (name: string) => void {
  const { destination: words } = useTexts();
  const toast = useToast();
  return (name) => {
    onClose();
    toast({ tone: 'success', title: words.saved(name) });
  };
}
