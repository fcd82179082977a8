import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { SelectOption } from './Select.tsx';
import './controls.css';
import './field.css';

interface SegmentsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
}

/** A choice between two to four short words, all of them in sight. */
export function Segments<V extends string>({ label, value, options, onChange }: SegmentsProps<V>) {
  return (
    <RadioGroup
      className="field"
      value={value}
      orientation="horizontal"
      onChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen);
        if (option !== undefined) onChange(option.value);
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="segments">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="segment">
            {option.text}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
