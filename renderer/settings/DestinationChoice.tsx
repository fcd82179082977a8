import { ChevronRight } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTexts } from '../text/TextProvider.tsx';
import { DestinationIcon } from './DestinationIcon.tsx';
import './first-run.css';

export type DestinationKind = 'r2' | 's3' | 'practice';

interface DestinationChoiceProps {
  readonly onChoose: (kind: DestinationKind) => void;
  readonly isBusy: boolean;
}

/** The one question of the first screen, with its large answers. */
export function DestinationChoice({ onChoose, isBusy }: DestinationChoiceProps) {
  const { destination: words } = useTexts();
  return (
    <div className="choices">
      {(['r2', 's3', 'practice'] as const).map((kind) => (
        <Button key={kind} className={`choice choice-${kind}`} isDisabled={isBusy} onPress={() => onChoose(kind)}>
          <DestinationIcon kind={kind} />
          <span className="choice-text">
            <span className="choice-title">
              {words.choices[kind].title}
              {kind === 'r2' && <span className="badge">{words.recommended}</span>}
            </span>
            <span className="choice-body">{words.choices[kind].body}</span>
          </span>
          <ChevronRight className="icon choice-chevron" aria-hidden />
        </Button>
      ))}
    </div>
  );
}
