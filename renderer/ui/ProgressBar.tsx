import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import './controls.css';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly tone: 'accent' | 'muted' | 'success' | 'warning' | 'danger';
  readonly isMoving?: boolean;
}

export function ProgressBar({ label, share, tone, isMoving = false }: ProgressBarProps) {
  const bounded = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  return (
    <AriaProgressBar className={`progress progress-${tone}`} aria-label={label} value={bounded * 100}>
      <div
        className={`progress-fill ${isMoving ? 'progress-moving' : ''}`}
        style={{ transform: `scaleX(${bounded.toFixed(4)})` }}
      />
    </AriaProgressBar>
  );
}
