import { useState } from 'react';
import type { CheckResult } from '../../shared/doctor.ts';
import type { Destination } from '../../shared/settings.ts';
import { useOpenPanel } from '../state/panels.tsx';
import type { DestinationTab } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { mendOf } from './mend-of.ts';

interface MendProps {
  readonly check: CheckResult;
  readonly destination: Destination;
  readonly onOpen: (tab: DestinationTab) => void;
}

/** The button beside a finding, where the app can do something about it. */
export function Mend({ check, destination, onOpen }: MendProps) {
  const { care, queue, errorText } = useTexts();
  const words = care.check;
  const openPanel = useOpenPanel();
  const mending = mendOf(check, destination, check.error === null ? null : errorText(check.error).action);
  if (mending === null) return null;
  switch (mending.do) {
    case 'open-panel':
      return (
        <div className="check-mend">
          <Button onPress={() => openPanel(mending.panel)}>
            {mending.action === 'edit-destination' ? words.editDestination : queue.actions[mending.action]}
          </Button>
        </div>
      );
    case 'open-playback':
      return (
        <div className="check-mend">
          <Button onPress={() => onOpen('playback')}>{words.openPlayback}</Button>
        </div>
      );
    case 'add-rule':
      return <AddRule id={destination.id} />;
  }
}

function AddRule({ id }: { readonly id: string }) {
  const { care } = useTexts();
  const words = care.check;
  const bridge = useBridge();
  const command = useCommand();
  const [state, setState] = useState<'none' | 'adding' | 'added'>('none');
  const add = async () => {
    setState('adding');
    const added = await command(bridge.addLifecycleRule(id));
    setState(added === undefined ? 'none' : 'added');
  };
  return (
    <div className="check-mend" aria-live="polite">
      {state === 'added' ? (
        <p className="tone-success">{words.ruleAdded}</p>
      ) : (
        <Button isDisabled={state === 'adding'} onPress={() => void add()}>
          {words.addRule}
        </Button>
      )}
    </div>
  );
}
