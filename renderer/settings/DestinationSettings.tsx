import { Plus } from 'lucide-react';
import { useOpenPanel } from '../state/panels.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { DestinationItem } from './DestinationItem.tsx';

/** Every destination, with what can be done to it. */
export function DestinationSettings() {
  const { settings: words } = useTexts();
  const { destinations, currentDestinationId, copyDestinationId } = useSettings();
  const openPanel = useOpenPanel();
  const roleOf = (id: string) => (id === currentDestinationId ? 'default' : id === copyDestinationId ? 'copy' : 'none');
  return (
    <div className="destinations">
      <ul className="destination-list">
        {destinations.map((info) => (
          <DestinationItem key={info.destination.id} info={info} role={roleOf(info.destination.id)} />
        ))}
      </ul>
      <div className="destinations-foot">
        <Button icon={Plus} onPress={() => openPanel({ kind: 'add-destination' })}>
          {words.addDestination}
        </Button>
        {destinations.length > 1 && <p className="destinations-help">{words.copyHelp}</p>}
      </div>
    </div>
  );
}
