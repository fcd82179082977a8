import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Tooltip } from './Tooltip.tsx';
import './controls.css';

export type ButtonTone = 'plain' | 'accent' | 'soft' | 'quiet' | 'danger';

interface ButtonProps {
  readonly children: string;
  readonly onPress?: () => void;
  readonly icon?: LucideIcon;
  readonly tone?: ButtonTone;
  readonly isDisabled?: boolean;
  readonly isPending?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly type?: 'button' | 'submit';
  /** Where a short text does not say enough on its own ("Pause" → "Pause video_5.mp4"). */
  readonly label?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ children, icon: Icon, tone = 'plain', className = '', label, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={`button button-${tone} ${className}`}
    >
      {Icon !== undefined && <Icon className="icon" aria-hidden />}
      <span className="button-text">{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Shown in the tooltip, as the keys are called on this system. */
  readonly shortcut?: string;
  /** More about it, on a line of its own in the tooltip. */
  readonly note?: string;
  readonly onPress?: () => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

export function IconButton({ icon: Icon, label, shortcut, note, className = '', ...rest }: IconButtonProps) {
  const text =
    note === undefined ? (
      label
    ) : (
      <span className="tooltip-text">
        <span className="tooltip-title">{label}</span>
        {note}
      </span>
    );
  return (
    <Tooltip text={text} {...(shortcut === undefined ? {} : { shortcut })}>
      <AriaButton {...rest} aria-label={label} className={`icon-button ${className}`}>
        <Icon className="icon" aria-hidden />
      </AriaButton>
    </Tooltip>
  );
}
