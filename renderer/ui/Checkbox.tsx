import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import './choices.css';

interface CheckboxProps {
  readonly isSelected: boolean;
  /** Some of what it stands for is selected. */
  readonly isIndeterminate?: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** Part of the name. */
  readonly children: ReactNode;
}

export function Checkbox({ isIndeterminate = false, children, ...rest }: CheckboxProps) {
  const Icon = isIndeterminate ? Minus : Check;
  return (
    <AriaCheckbox {...rest} isIndeterminate={isIndeterminate} className="checkbox">
      <span className="checkbox-box" aria-hidden>
        <Icon className="icon" />
      </span>
      {children}
    </AriaCheckbox>
  );
}
