import { Check, CircleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Input, Text, TextField } from 'react-aria-components';
import { keyProblem } from '../../shared/object-key.ts';
import { leadOf } from '../state/rows.ts';
import type { Row } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import { useUploads } from '../state/use-uploads.ts';
import { prefixOf } from './destination-prefix.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { IconButton } from '../ui/Button.tsx';

/** The key while it is being typed: Enter saves, Esc leaves it as it was. */
export function KeyField({ row, onEnd }: { readonly row: Row; readonly onEnd: () => void }) {
  const { queue, window: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const { destinations } = useSettings();
  const [key, setKey] = useState(row.key);
  const problem = useKeyProblem(row, key);

  const save = async () => {
    if (problem !== null) return;
    if (key === row.key) return onEnd();
    // The same name at each destination, behind what that destination's names begin with.
    const name = key.slice(prefixOf(destinations, row.legs[0].destinationId).length);
    for (const leg of row.legs) {
      const done = await command(bridge.setKey(leg.id, prefixOf(destinations, leg.destinationId) + name));
      if (done === undefined) return;
    }
    // A failed upload waits for a person: a new name is the person's answer.
    const lead = leadOf(row);
    if (lead.status === 'failed') await command(bridge.retryUploads([lead.id]));
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void save();
    if (event.key === 'Escape') onEnd();
  };

  return (
    <div className="key-field">
      <TextField
        className="key-field-text"
        aria-label={queue.key}
        value={key}
        onChange={setKey}
        isInvalid={problem !== null}
        autoComplete="off"
        spellCheck="false"
        autoFocus
      >
        <Input
          className="input input-small"
          onFocus={(event) => selectStem(event.currentTarget)}
          onKeyDown={onKeyDown}
        />
        {problem !== null && (
          <Text slot="errorMessage" className="field-problem">
            <CircleAlert className="icon" aria-hidden />
            {problem}
          </Text>
        )}
      </TextField>
      <IconButton
        icon={Check}
        label={queue.saveKey}
        shortcut="Enter"
        isDisabled={problem !== null}
        onPress={() => void save()}
      />
      <IconButton icon={X} label={words.cancel} shortcut="Esc" onPress={onEnd} />
    </div>
  );
}

/** In words; null while the key is right and nobody else's. */
function useKeyProblem(row: Row, key: string): string | null {
  const { queue } = useTexts();
  const { uploads } = useUploads();
  const { destinations } = useSettings();
  const [{ id, destinationId }] = row.legs;
  const problem = keyProblem(key);
  if (problem !== null) return queue.keyProblems[problem];
  const prefix = prefixOf(destinations, destinationId);
  if (!key.startsWith(prefix)) return queue.keyOutside(prefix);
  const isTaken = uploads.some((other) => other.id !== id && other.destinationId === destinationId && other.key === key);
  return isTaken ? queue.keyTaken : null;
}

/** The part that a person changes: `videos/[video_5].mp4`. */
function selectStem(input: HTMLInputElement): void {
  const start = input.value.lastIndexOf('/') + 1;
  const dot = input.value.lastIndexOf('.');
  input.setSelectionRange(start, dot > start ? dot : input.value.length);
}
