import { ChevronDown, FolderPlus, ListChecks, Plus, TableProperties, Truck } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { AddOptions } from '../../shared/ipc.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { shortcut } from '../ui/shortcut.ts';
import type { AddCommands } from './use-add-files.ts';
import { everywhere } from './use-add-files.ts';

const toPrefix = 'to ';

/** Adding videos: the usual way at once, the others in the menu beside it. */
export function AddButton({ add, isLarge = false }: { readonly add: AddCommands; readonly isLarge?: boolean }) {
  const { window: words, adding } = useTexts();
  const { destinations, currentDestinationId } = useSettings();
  const openPanel = useOpenPanel();
  const others = destinations.filter(({ destination }) => destination.id !== currentDestinationId);
  const deeds: Readonly<Record<string, () => void>> = {
    folder: () => add.choose('folder', everywhere),
    review: () => add.choose('files', { ...everywhere, waits: true }),
    map: add.chooseMap,
    migrate: () => openPanel({ kind: 'migration' }),
  };
  const onAction = (id: string) => {
    if (!id.startsWith(toPrefix)) return deeds[id]?.();
    const options: AddOptions = { destinationIds: [id.slice(toPrefix.length)], waits: false };
    add.choose('files', options);
  };
  return (
    <span className={`add-button ${isLarge ? 'add-button-large' : ''}`}>
      <Tooltip text={words.addVideos} shortcut={shortcut('O')}>
        <Button tone="accent" icon={Plus} onPress={() => add.choose('files', everywhere)}>
          {words.addVideos}
        </Button>
      </Tooltip>
      <MenuButton
        label={adding.moreWays}
        onAction={onAction}
        button={
          <AriaButton className="button button-accent add-more" aria-label={adding.moreWays}>
            <ChevronDown className="icon" aria-hidden />
          </AriaButton>
        }
      >
        <MenuItem id="folder" text={adding.addFolder} icon={FolderPlus} />
        <MenuItem id="review" text={adding.addAndReview} icon={ListChecks} />
        {others.map(({ destination }) => (
          <MenuItem key={destination.id} id={`${toPrefix}${destination.id}`} text={adding.addTo(destination.name)} />
        ))}
        <MenuSeparator />
        <MenuItem id="map" text={adding.chooseMap} icon={TableProperties} />
        <MenuItem id="migrate" text={adding.migrate} icon={Truck} />
      </MenuButton>
    </span>
  );
}
