import { Check, ChevronDown, Plus, SlidersHorizontal } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { DestinationInfo } from '../../shared/settings.ts';
import type { DestinationState } from '../../shared/upload.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { currentDestination, useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import type { Texts } from '../text/texts.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { DestinationIcon } from '../settings/DestinationIcon.tsx';

/** Ids of the menu that are not destinations (those are UUIDs). */
const addId = 'add';
const manageId = 'manage';
const copyPrefix = 'copy ';

export function DestinationPicker() {
  const texts = useTexts();
  const settings = useSettings();
  const { destinations: states } = useUploads();
  const onAction = usePick();
  const current = currentDestination(settings);
  if (current === null) return null;
  const state = stateOf(current, states, texts);
  const others = settings.destinations.filter((info) => info !== current);
  const copy = others.find(({ destination }) => destination.id === settings.copyDestinationId);
  const name = copy === undefined ? current.destination.name : `${current.destination.name} + ${copy.destination.name}`;
  return (
    <MenuButton
      label={texts.window.destination}
      placement="bottom start"
      onAction={onAction}
      button={
        <AriaButton className="picker" aria-label={`${texts.window.destination}: ${name}, ${state.words}`}>
          <DestinationIcon kind={current.destination.kind} />
          <span className="picker-text">
            <span className="picker-name">{name}</span>
            <span className="picker-state">
              <span className={`dot dot-${state.tone}`} />
              <span className="picker-state-words">{state.words}</span>
            </span>
          </span>
          <ChevronDown className="icon" aria-hidden />
        </AriaButton>
      }
    >
      {settings.destinations.map((info) => (
        <MenuItem
          key={info.destination.id}
          id={info.destination.id}
          text={info.destination.name}
          note={`${texts.settings.kinds[info.destination.kind]} · ${stateOf(info, states, texts).words}`}
          {...(info === current ? { icon: Check } : {})}
        />
      ))}
      {others.length > 0 && <MenuSeparator />}
      {others.map((info) => (
        <MenuItem
          key={info.destination.id}
          id={`${copyPrefix}${info.destination.id}`}
          text={texts.adding.copyTo(info.destination.name)}
          {...(info === copy ? { icon: Check } : {})}
        />
      ))}
      <MenuSeparator />
      <MenuItem id={addId} text={texts.window.addDestination} icon={Plus} />
      <MenuItem id={manageId} text={texts.window.manageDestinations} icon={SlidersHorizontal} />
    </MenuButton>
  );
}

/** What an item of the menu does. */
function usePick(): (id: string) => void {
  const { copyDestinationId } = useSettings();
  const bridge = useBridge();
  const command = useCommand();
  const openPanel = useOpenPanel();
  return (id) => {
    if (id === addId) return openPanel({ kind: 'add-destination' });
    if (id === manageId) return openPanel({ kind: 'settings', place: 'destinations' });
    if (!id.startsWith(copyPrefix)) return void command(bridge.switchDestination(id));
    const chosen = id.slice(copyPrefix.length);
    void command(bridge.copyToDestination(chosen === copyDestinationId ? null : chosen));
  };
}

interface StateWords {
  readonly words: string;
  readonly tone: 'success' | 'warning' | 'danger';
}

function stateOf(info: DestinationInfo, states: readonly DestinationState[], texts: Texts): StateWords {
  const found = states.find((state) => state.id === info.destination.id);
  if (info.credentials === 'missing' && found?.state !== 'blocked') {
    return { words: texts.settings.keyMissing, tone: 'danger' };
  }
  if (found === undefined || found.state === 'ready') return { words: texts.window.destinationReady, tone: 'success' };
  if (found.state === 'offline') return { words: texts.window.destinationOffline, tone: 'warning' };
  const cause = texts.errorText(found.error ?? { code: 'internal' }).cause;
  return { words: texts.window.destinationPaused(cause), tone: 'danger' };
}
