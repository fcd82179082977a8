import { useState } from 'react';
import type { Destination } from '../../shared/settings.ts';
import { isEnded } from '../../shared/upload.ts';
import { settled } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { RadioList } from '../ui/RadioList.tsx';
import { Select } from '../ui/Select.tsx';
import { useToast } from '../ui/Toast.tsx';

interface RemoveDestinationProps {
  readonly destination: Destination;
  readonly onEnd: () => void;
}

type Fate = 'move' | 'cancel';

/** Asks first; where videos are still on their way there, also what becomes of them. */
export function RemoveDestination({ destination, onEnd }: RemoveDestinationProps) {
  const { settings: words, window: windowWords } = useTexts();
  const others = useOthers(destination.id);
  const pending = useUploads().uploads.filter((one) => one.destinationId === destination.id && !isEnded(one)).length;
  const [chosen, setFate] = useState<Fate | null>(null);
  const [to, setTo] = useState(others[0]?.value ?? '');
  const { phase, remove } = useRemoval(destination.id, onEnd);

  const fate = chosen ?? (others.length > 0 ? 'move' : 'cancel');
  const onAnswer = (yes: boolean) => {
    if (!yes) onEnd();
    else if (phase === 'unconfirmed') void remove({ pending: 'forget' });
    else if (pending === 0) void remove({ pending: 'none' });
    else void remove(fate === 'move' ? { pending: 'move', to } : { pending: 'cancel' });
  };
  const question = {
    title: words.removeTitle(destination.name),
    body: destination.kind === 'practice' ? words.removePracticeBody : words.removeBody,
    yes: phase === 'unconfirmed' ? words.removeAnyway : words.removeYes,
    no: windowWords.cancel,
    isDanger: true,
  };
  const isWorking = phase === 'working';
  return (
    <ConfirmDialog question={question} onAnswer={onAnswer} isBusy={isWorking}>
      {pending > 0 && phase !== 'unconfirmed' && (
        <div className="question-choice">
          <RadioList
            label={words.pendingQuestion(pending)}
            value={fate}
            isDisabled={isWorking}
            options={(['move', 'cancel'] as const)
              .filter((value) => value === 'cancel' || others.length > 0)
              .map((value) => ({ value, ...words.pendingFates[value] }))}
            onChange={setFate}
          />
          {fate === 'move' && <Select label={words.moveTo} value={to} options={others} onChange={setTo} />}
        </div>
      )}
      <div aria-live="polite" className="question-state">
        {isWorking && (
          <p className="test-running">
            <span className="spinner" aria-hidden />
            {words.removing}
          </p>
        )}
        {phase === 'unconfirmed' && (
          <div className="note note-warning">
            <p className="note-title">{words.unconfirmedTitle}</p>
            <p>{words.unconfirmedBody}</p>
          </div>
        )}
      </div>
    </ConfirmDialog>
  );
}

type Leaving = Parameters<ReturnType<typeof useBridge>['removeDestination']>[1];

/** `unconfirmed`: the server has not said that it dropped what it has of pending videos, and can be left with it. */
function useRemoval(id: string, onEnd: () => void) {
  const { errorText } = useTexts();
  const bridge = useBridge();
  const toast = useToast();
  const [phase, setPhase] = useState<'asking' | 'working' | 'unconfirmed'>('asking');
  const remove = async (leaving: Leaving) => {
    setPhase('working');
    const outcome = await settled(bridge.removeDestination(id, leaving));
    if (outcome.state === 'refused' && outcome.error.code === 'destination-busy') return setPhase('unconfirmed');
    onEnd();
    if (outcome.state !== 'refused') return;
    const { title, hint } = errorText(outcome.error);
    toast({ tone: 'danger', title, body: hint });
  };
  return { phase, remove };
}

/** Where pending videos may go instead: the default first. */
function useOthers(id: string) {
  const { destinations, currentDestinationId } = useSettings();
  const isDefault = (value: string) => (value === currentDestinationId ? 0 : 1);
  return destinations
    .map(({ destination }) => ({ value: destination.id, text: destination.name }))
    .filter(({ value }) => value !== id)
    .toSorted((a, b) => isDefault(a.value) - isDefault(b.value));
}
