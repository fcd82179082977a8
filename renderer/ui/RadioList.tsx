import { Label, Radio, RadioGroup } from 'react-aria-components';
import './choices.css';

export interface RadioOption<V extends string> {
  readonly value: V;
  readonly text: string;
  /** What choosing it means. */
  readonly help?: string;
  /** "suggested", behind the text. */
  readonly mark?: string;
}

interface RadioListProps<V extends string> {
  readonly label: string;
  readonly help?: string;
  readonly value: V;
  readonly options: readonly RadioOption<V>[];
  readonly onChange: (value: V) => void;
  readonly isDisabled?: boolean;
}

/** A choice whose answers need a sentence each; all of them in sight, one below the other. */
export function RadioList<V extends string>(props: RadioListProps<V>) {
  const { label, help, value, options, onChange, isDisabled = false } = props;
  return (
    <RadioGroup
      className="radio-list"
      value={value}
      isDisabled={isDisabled}
      onChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen);
        if (option !== undefined) onChange(option.value);
      }}
    >
      <Label className="radio-list-label">{label}</Label>
      {help !== undefined && <p className="radio-list-help">{help}</p>}
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="radio">
          <span className="radio-dot" aria-hidden />
          <span className="radio-words">
            <span className="radio-text">
              {option.text}
              {option.mark !== undefined && <span className="radio-mark">{option.mark}</span>}
            </span>
            {option.help !== undefined && <span className="radio-help">{option.help}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
