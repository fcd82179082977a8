import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Input, TextField } from 'react-aria-components';
import type { Destination } from '../../shared/settings.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';

/** The contract's. */
const longestName = 80;

/** The name while it is being typed: Enter and leaving save, Esc leaves it as it was. */
export function DestinationName({ destination, onEnd }: { readonly destination: Destination; readonly onEnd: () => void }) {
  const { settings: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const [name, setName] = useState(destination.name);
  const save = () => {
    const typed = name.trim();
    if (typed !== '' && typed !== destination.name) void command(bridge.renameDestination(destination.id, typed));
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // Esc would close the dialog around it, too.
    event.stopPropagation();
    if (event.key === 'Enter') save();
    else onEnd();
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
        onBlur={save}
        onKeyDown={onKeyDown}
      />
    </TextField>
  );
}
