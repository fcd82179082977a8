import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { ClipboardEvent, Ref } from 'react';
import { TextField as AriaTextField, Button, Input, Label, Text, TextArea } from 'react-aria-components';
import { FieldProblem } from './FieldProblem.tsx';
import './field.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly onPaste?: (event: ClipboardEvent<HTMLElement>) => void;
  readonly help?: string;
  /** In words; null while there is nothing to say. */
  readonly problem?: string | null;
  /** "optional", beside the label. */
  readonly mark?: string;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  /** Present: what was typed is hidden, with a button of these names to show it. */
  readonly secret?: { readonly show: string; readonly hide: string };
  /** What the number counts, inside the field behind it. */
  readonly unit?: string;
  readonly rows?: number;
  readonly isDisabled?: boolean;
  /** For those who have to know where the caret stands. */
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Label, input and, beside it, the help that explains it; a problem takes its own line so that nothing else moves. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, help, problem = null, mark, secret, unit } = props;
  const [isShown, setShown] = useState(false);
  const type = secret !== undefined && !isShown ? 'password' : 'text';
  return (
    <AriaTextField
      className="field"
      value={value}
      type={type}
      isInvalid={problem !== null}
      onChange={onChange}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      isRequired={props.isRequired ?? false}
      isDisabled={props.isDisabled ?? false}
      autoComplete="off"
      spellCheck="false"
      validationBehavior="aria"
    >
      <Label className="field-label">
        {label}
        {mark !== undefined && <span className="field-mark">{mark}</span>}
      </Label>
      <div className="field-control">
        <FieldInput {...props} />
        {unit !== undefined && (
          <span className="input-unit" aria-hidden>
            {unit}
          </span>
        )}
        {secret !== undefined && (
          <Button
            className="field-inner-button"
            aria-label={isShown ? secret.hide : secret.show}
            onPress={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff className="icon" aria-hidden /> : <Eye className="icon" aria-hidden />}
          </Button>
        )}
      </div>
      <FieldProblem problem={problem} />
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
    </AriaTextField>
  );
}

function FieldInput({ rows, unit, placeholder = '', onPaste, inputRef }: TextFieldProps) {
  const paste = onPaste === undefined ? {} : { onPaste };
  if (rows !== undefined)
    return <TextArea className="input input-area" rows={rows} placeholder={placeholder} {...paste} />;
  const keys = unit === undefined ? {} : ({ inputMode: 'decimal' } as const);
  const ref = inputRef === undefined ? {} : { ref: inputRef };
  return <Input className="input" placeholder={placeholder} {...paste} {...keys} {...ref} />;
}
