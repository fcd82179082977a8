import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Input, TextField } from 'react-aria-components';
import type { Destination } from '../../shared/settings.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';

/** The contract's. */
const longestName = 80;

interface DestinationNameProps {
  readonly destination: Destination;
  /** By a key: the focus was in the field, and has to go somewhere. */
  readonly onEnd: (isByKey: boolean) => void;
}

/** The name while it is being typed: Enter and leaving save, Esc leaves it as it was. */
export function DestinationName({ destination, onEnd }: DestinationNameProps) {
  const { settings: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const [name, setName] = useState(destination.name);
  const isOver = useRef(false);
  const end = (isByKey: boolean) => {
    // A field that goes away while it has the focus is left once more.
    if (isOver.current) return;
    isOver.current = true;
    onEnd(isByKey);
  };
  const save = (isByKey: boolean) => {
    const typed = name.trim();
    const isNew = typed !== '' && typed !== destination.name && !isOver.current;
    if (isNew) void command(bridge.renameDestination(destination.id, typed));
    end(isByKey);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // Esc would close the dialog around it, too.
    event.stopPropagation();
    // The focus moves to the pencil while the key is still down, and Enter would press it.
    event.preventDefault();
    if (event.key === 'Enter') save(true);
    else end(true);
  };
  return (
    <TextField
      className="destination-rename"
      aria-label={words.nameOf(destination.name)}
      value={name}
      onChange={setName}
      maxLength={longestName}
      autoComplete="off"
      spellCheck="false"
      autoFocus
    >
      <Input
        className="input input-small"
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => save(false)}
        onKeyDown={onKeyDown}
      />
    </TextField>
  );
}
