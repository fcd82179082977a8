import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import './overlays.css';

interface TooltipProps {
  /** Words, or a small picture with words. */
  readonly text: ReactNode;
  readonly shortcut?: string;
  /** One focusable element of React Aria. */
  readonly children: ReactNode;
}

export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={100}>
      {children}
      <AriaTooltip className="tooltip" offset={6}>
        {text}
        {shortcut !== undefined && <kbd className="kbd">{shortcut}</kbd>}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
