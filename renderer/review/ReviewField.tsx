import type { KeyboardEvent } from 'react';
import { Input, TextField } from 'react-aria-components';
import { FieldProblem } from '../ui/FieldProblem.tsx';
import { useFieldDraft } from './use-field-draft.ts';
import type { DraftOptions } from './use-field-draft.ts';

interface ReviewFieldProps extends DraftOptions {
  readonly label: string;
  readonly placeholder: string;
  readonly className: string;
  readonly isReadOnly?: boolean;
}

/** Leaving the field sets what was typed. */
export function ReviewField({ label, placeholder, className, isReadOnly = false, ...options }: ReviewFieldProps) {
  const { typed, type, problem, save } = useFieldDraft(options);
  return (
    <TextField
      className={className}
      aria-label={label}
      value={typed}
      isReadOnly={isReadOnly}
      isInvalid={problem !== null}
      onChange={type}
      onBlur={() => void save()}
    >
      <Input className="input input-small" placeholder={placeholder} spellCheck="false" autoComplete="off" onKeyDown={leaveOnEnter} />
      <FieldProblem problem={problem} />
    </TextField>
  );
}

function leaveOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'Enter') event.currentTarget.blur();
}
