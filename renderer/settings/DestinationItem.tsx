import { Copy, CopyX, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { DestinationInfo } from '../../shared/settings.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { DestinationIcon } from './DestinationIcon.tsx';
import { DestinationName } from './DestinationName.tsx';
import { PracticeUsage } from './PracticeUsage.tsx';
import { RemoveDestination } from './RemoveDestination.tsx';
import { placeOf } from './destination-place.ts';

/** What new videos do with a destination. */
export type DestinationRole = 'default' | 'copy' | 'none';

interface DestinationItemProps {
  readonly info: DestinationInfo;
  readonly role: DestinationRole;
}

/** One destination: what it is called, where it is, how its key is, and what can be done to it. */
export function DestinationItem({ info, role }: DestinationItemProps) {
  const texts = useTexts();
  const { settings: words } = texts;
  const bridge = useBridge();
  const command = useCommand();
  const openPanel = useOpenPanel();
  const [naming, setNaming] = useState<'no' | 'typing' | 'ended-by-key'>('no');
  const [asksRemoval, setAsksRemoval] = useState(false);
  const { destination } = info;
  const { id, name, kind } = destination;

  const actions = {
    rename: () => setNaming('typing'),
    copy: () => void command(bridge.copyToDestination(role === 'copy' ? null : id)),
    remove: () => setAsksRemoval(true),
  };
  return (
    <li className="destination" data-testid={`destination-${id}`}>
      <DestinationIcon kind={kind} />
      <div className="destination-text">
        {naming === 'typing' ? (
          <DestinationName
            destination={destination}
            onEnd={(isByKey) => setNaming(isByKey ? 'ended-by-key' : 'no')}
          />
        ) : (
          <NameLine
            name={name}
            role={role}
            takesFocus={naming === 'ended-by-key'}
            onRename={() => setNaming('typing')}
          />
        )}
        <p className="destination-place">{placeOf(info, texts)}</p>
      </div>
      <div className="destination-buttons">
        {role !== 'default' && (
          <Button tone="quiet" label={words.makeDefault(name)} onPress={() => void command(bridge.switchDestination(id))}>
            {words.useThis}
          </Button>
        )}
        {kind !== 'practice' && (
          <Button
            tone="quiet"
            label={words.editIt(name)}
            onPress={() => openPanel({ kind: 'edit-destination', id, changesKey: false })}
          >
            {words.edit}
          </Button>
        )}
        <Button label={words.careFor(name)} onPress={() => openPanel({ kind: 'destination', id, tab: 'check' })}>
          {words.care}
        </Button>
        <MoreMenu name={name} role={role} actions={actions} />
      </div>
      {kind === 'practice' && <PracticeUsage />}
      {asksRemoval && <RemoveDestination destination={destination} onEnd={() => setAsksRemoval(false)} />}
    </li>
  );
}

interface NameLineProps {
  readonly name: string;
  readonly role: DestinationRole;
  /** The name was just being typed here. */
  readonly takesFocus: boolean;
  readonly onRename: () => void;
}

function NameLine({ name, role, takesFocus, onRename }: NameLineProps) {
  const { settings: words } = useTexts();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) line.current?.querySelector('button')?.focus();
  }, [takesFocus]);
  return (
    <div className="destination-name" ref={line}>
      <span className="destination-name-words">{name}</span>
      {role === 'default' && <span className="badge">{words.current}</span>}
      {role === 'copy' && <span className="badge badge-quiet">{words.copy}</span>}
      <IconButton icon={Pencil} label={words.renameIt(name)} className="destination-pencil" onPress={onRename} />
    </div>
  );
}

interface MoreMenuProps {
  readonly name: string;
  readonly role: DestinationRole;
  readonly actions: Readonly<Record<'rename' | 'copy' | 'remove', () => void>>;
}

function MoreMenu({ name, role, actions }: MoreMenuProps) {
  const { settings: words } = useTexts();
  return (
    <MenuButton
      label={words.moreActions(name)}
      onAction={(action) => actions[action as keyof typeof actions]()}
      button={
        <AriaButton className="icon-button" aria-label={words.moreActions(name)}>
          <Ellipsis className="icon" aria-hidden />
        </AriaButton>
      }
    >
      <MenuItem id="rename" text={words.rename} icon={Pencil} />
      {role === 'none' && <MenuItem id="copy" text={words.copyHere} icon={Copy} />}
      {role === 'copy' && <MenuItem id="copy" text={words.stopCopying} icon={CopyX} />}
      <MenuSeparator />
      <MenuItem id="remove" text={words.removeIt} icon={Trash2} isDanger />
    </MenuButton>
  );
}
