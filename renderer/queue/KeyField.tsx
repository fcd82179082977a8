import { Check, X } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Input, TextField } from 'react-aria-components';
import { leadOf } from '../state/rows.ts';
import type { Row } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { IconButton } from '../ui/Button.tsx';
import { FieldProblem } from '../ui/FieldProblem.tsx';
import { useKeyProblem, useSetKey } from './use-row-key.ts';

/** The key while it is being typed: Enter saves, Esc leaves it as it was. */
export function KeyField({ row, onEnd }: { readonly row: Row; readonly onEnd: () => void }) {
  const { queue, window: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const setRowKey = useSetKey();
  const [key, setKey] = useState(row.key);
  const problem = useKeyProblem()(row, key);

  const save = async () => {
    if (problem !== null) return;
    if (key === row.key) return onEnd();
    if (!(await setRowKey(row, key))) return;
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
        <FieldProblem problem={problem} />
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

/** The part that a person changes: `videos/[video_5].mp4`. */
function selectStem(input: HTMLInputElement): void {
  const start = input.value.lastIndexOf('/') + 1;
  const dot = input.value.lastIndexOf('.');
  input.setSelectionRange(start, dot > start ? dot : input.value.length);
}
