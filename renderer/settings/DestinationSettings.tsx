import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { DestinationInfo } from '../../shared/settings.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import type { Texts } from '../text/TextProvider.tsx';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { DestinationIcon } from './DestinationIcon.tsx';
import { PracticeUsage } from './PracticeUsage.tsx';
import { RemoveDestination } from './RemoveDestination.tsx';

/** Every destination, with what can be done to it. */
export function DestinationSettings() {
  const { settings: words } = useTexts();
  const { destinations, currentDestinationId } = useSettings();
  const openPanel = useOpenPanel();
  return (
    <div className="destinations">
      <ul className="destination-list">
        {destinations.map((info) => (
          <DestinationItem
            key={info.destination.id}
            info={info}
            isCurrent={info.destination.id === currentDestinationId}
          />
        ))}
      </ul>
      <Button icon={Plus} onPress={() => openPanel({ kind: 'add-destination' })}>
        {words.addDestination}
      </Button>
    </div>
  );
}

function DestinationItem({ info, isCurrent }: { readonly info: DestinationInfo; readonly isCurrent: boolean }) {
  const texts = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const openPanel = useOpenPanel();
  const [asksRemoval, setAsksRemoval] = useState(false);
  const { destination } = info;
  const { settings: words } = texts;
  const isPractice = destination.kind === 'practice';
  return (
    <li className="destination">
      <DestinationIcon kind={destination.kind} />
      <div className="destination-text">
        <p className="destination-name">
          {destination.name}
          {isCurrent && <span className="badge">{words.current}</span>}
        </p>
        <p className="destination-place">{placeOf(info, texts)}</p>
      </div>
      <div className="destination-buttons">
        {!isCurrent && (
          <Button onPress={() => void command(bridge.switchDestination(destination.id))}>{words.useThis}</Button>
        )}
        {!isPractice && (
          <Button
            tone="quiet"
            onPress={() => openPanel({ kind: 'edit-destination', id: destination.id, changesKey: false })}
          >
            {words.edit}
          </Button>
        )}
        <Button tone="quiet" onPress={() => setAsksRemoval(true)}>
          {words.remove}
        </Button>
      </div>
      {isPractice && <PracticeUsage />}
      {asksRemoval && <RemoveDestination destination={destination} onEnd={() => setAsksRemoval(false)} />}
    </li>
  );
}

function placeOf({ destination, credentials, accessKeyIdHint }: DestinationInfo, { settings: words }: Texts): string {
  const hint = accessKeyIdHint ?? '';
  const key = {
    keychain: words.keySaved(hint),
    session: words.keySession(hint),
    missing: words.keyMissing,
    'not-needed': words.keyNotNeeded,
  }[credentials];
  if (destination.kind === 'practice') return key;
  if (destination.kind === 'disk') return [words.kinds.disk, destination.folder].join(' · ');
  const place = destination.name === destination.bucket ? [] : [destination.bucket];
  return [words.kinds[destination.kind], ...place, key].join(' · ');
}
