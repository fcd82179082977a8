import { ChevronRight } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { DestinationIcon } from './DestinationIcon.tsx';
import './first-run.css';

export type DestinationKind = 'r2' | 's3' | 'disk' | 'practice';

interface DestinationChoiceProps {
  readonly onChoose: (kind: DestinationKind) => void;
  /** This computer, in another folder than the usual one. */
  readonly onOtherFolder: () => void;
  readonly isBusy: boolean;
}

/** The one question of the first screen, with its large answers. */
export function DestinationChoice({ onChoose, onOtherFolder, isBusy }: DestinationChoiceProps) {
  const { destination: words } = useTexts();
  const { folders } = useSettings();
  const choice = (kind: DestinationKind, more?: string) => (
    <Button className={`choice choice-${kind}`} isDisabled={isBusy} onPress={() => onChoose(kind)}>
      <DestinationIcon kind={kind} />
      <span className="choice-text">
        <span className="choice-title">
          {words.choices[kind].title}
          {kind === 'r2' && <span className="badge">{words.recommended}</span>}
        </span>
        <span className="choice-body">{words.choices[kind].body}</span>
        {more !== undefined && <span className="choice-folder">{more}</span>}
      </span>
      <ChevronRight className="icon choice-chevron" aria-hidden />
    </Button>
  );
  return (
    <div className="choices">
      {choice('r2')}
      {choice('s3')}
      <div className="choice-pair">
        {choice('disk', folders.thisComputer)}
        <Button className="choice-other" isDisabled={isBusy} onPress={onOtherFolder}>
          {words.otherFolder}
        </Button>
      </div>
      {choice('practice')}
    </div>
  );
}
