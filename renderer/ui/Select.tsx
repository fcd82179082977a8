import { Check, ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import './field.css';

export interface SelectOption<V extends string | number> {
  readonly value: V;
  readonly text: string;
}

interface SelectProps<V extends string | number> {
  readonly label: string;
  readonly help?: string;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
}

export function Select<V extends string | number>({ label, help, value, options, onChange }: SelectProps<V>) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => {
        const option = options.find((candidate) => candidate.value === key);
        if (option !== undefined) onChange(option.value);
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-control">
        <Button className="input select-button">
          <SelectValue className="select-value">{({ selectedText }) => selectedText}</SelectValue>
          <ChevronDown className="icon" aria-hidden />
        </Button>
      </div>
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <Popover className="popover select-popover" offset={4}>
        <ListBox className="menu">
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.text} className="menu-item select-item">
              <span className="menu-item-icon select-check">
                <Check className="icon" aria-hidden />
              </span>
              <span className="menu-item-text">{option.text}</span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
