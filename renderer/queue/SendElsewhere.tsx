import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { Upload } from '../../shared/upload.ts';
import { DestinationIcon } from '../settings/DestinationIcon.tsx';
import { useOpenPanel } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import './conflict.css';

interface SendElsewhereProps {
  readonly uploads: readonly [Upload, ...Upload[]];
  readonly onEnd: () => void;
}

/** It, or the same file of the same drop. */
const goesTo = (all: readonly Upload[], { id, groupId }: Upload, destinationId: string): boolean =>
  all.some((one) => (one.id === id || (groupId !== null && one.groupId === groupId)) && one.destinationId === destinationId);

/** Another destination for uploads that are not there yet. */
export function SendElsewhere({ uploads, onEnd }: SendElsewhereProps) {
  const { queue, window: words, settings: settingsWords } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const openPanel = useOpenPanel();
  const { destinations } = useSettings();
  const { uploads: all } = useUploads();
  const others = destinations.filter(({ destination: { id } }) => !uploads.every((upload) => goesTo(all, upload, id)));
  const [chosen, setChosen] = useState(others[0]?.destination.id ?? '');
  const onContinue = () => {
    void command(bridge.sendTo(uploads.map(({ id }) => id), chosen));
    onEnd();
  };
  const onAdd = () => {
    onEnd();
    openPanel({ kind: 'add-destination' });
  };
  return (
    <Dialog title={queue.elsewhereTitle(uploads.length)} closeLabel={words.close} onClose={onEnd} size="small">
      <p className="dialog-lead">{others.length === 0 ? queue.elsewhereNone : queue.elsewhereBody}</p>
      {others.length > 0 && (
        <RadioGroup className="answers" value={chosen} onChange={setChosen}>
          <Label className="visually-hidden">{words.destination}</Label>
          {others.map(({ destination }) => (
            <Radio key={destination.id} value={destination.id} className="answer">
              <span className="answer-dot" aria-hidden />
              <DestinationIcon kind={destination.kind} />
              <span className="answer-text">
                <span className="answer-title">{destination.name}</span>
                <span className="answer-body">{settingsWords.kinds[destination.kind]}</span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      <footer className="dialog-buttons">
        <Button onPress={onEnd}>{words.cancel}</Button>
        {others.length === 0 ? (
          <Button tone="accent" onPress={onAdd}>
            {words.addDestination}
          </Button>
        ) : (
          <Button tone="accent" autoFocus onPress={onContinue}>
            {queue.elsewhereYes}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
