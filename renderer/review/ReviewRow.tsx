import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useSetKey } from '../queue/use-row-key.ts';
import type { Row } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';

/** A video with its id and its name at the destination; each is set when its field is left or Enter is pressed. */
export function ReviewRow({ row }: { readonly row: Row }) {
  const { adding, format } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const setKey = useSetKey();
  const each = (ask: (id: string) => Promise<null>) => async () => {
    for (const { id } of row.legs) if ((await command(ask(id))) === undefined) return;
  };
  return (
    <li className="review-row">
      <span className="review-name" title={row.name}>
        {row.name}
      </span>
      <ReviewField
        label={adding.reviewIdOf(row.name)}
        placeholder={adding.reviewId}
        value=""
        className="review-id"
        onSet={(id) => void each((leg) => bridge.setVideoId(leg, id))()}
      />
      <ReviewField
        key={row.key}
        label={adding.reviewKeyOf(row.name)}
        placeholder={adding.reviewKey}
        value={row.key}
        className="review-key"
        isReadOnly={!row.keyEditable}
        onSet={(key) => void setKey(row, key)}
      />
      <span className="review-bytes">{format.bytes(row.size)}</span>
    </li>
  );
}

interface ReviewFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly className: string;
  readonly isReadOnly?: boolean;
  readonly onSet: (value: string) => void;
}

function ReviewField({ label, placeholder, value, className, isReadOnly = false, onSet }: ReviewFieldProps) {
  const [typed, setTyped] = useState(value);
  // What was set last: leaving the field once more says nothing new, and must not undo what was typed elsewhere since.
  const [last, setLast] = useState(value);
  const set = () => {
    const wanted = typed.trim();
    if (wanted === '' || wanted === last) return;
    setLast(wanted);
    onSet(wanted);
  };
  return (
    <TextField className={className} aria-label={label} value={typed} isReadOnly={isReadOnly} onChange={setTyped} onBlur={set}>
      <Input className="input input-small" placeholder={placeholder} spellCheck="false" autoComplete="off" onKeyDown={leaveOnEnter} />
    </TextField>
  );
}

/** Leaving the field is what sets it. */
function leaveOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'Enter') event.currentTarget.blur();
}
