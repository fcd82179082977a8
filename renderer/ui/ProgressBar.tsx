import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import './controls.css';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  /** 0 to `share`: the part of it that is certain, drawn in full; the rest of it is drawn paler. */
  readonly certain?: number;
  /** What the bar says, where a percentage is not enough. */
  readonly said?: string;
  readonly tone: 'accent' | 'muted' | 'success' | 'warning' | 'danger';
  readonly isMoving?: boolean;
}

export function ProgressBar({ label, share, certain = share, said, tone, isMoving = false }: ProgressBarProps) {
  const whole = bounded(share);
  const sure = Math.min(whole, bounded(certain));
  const fill = `progress-fill ${isMoving ? 'progress-moving' : ''}`;
  return (
    <AriaProgressBar
      className={`progress progress-${tone}`}
      aria-label={label}
      value={whole * 100}
      {...(said === undefined ? {} : { valueLabel: said })}
    >
      {sure < whole && <div className={`${fill} progress-way`} style={{ transform: scale(whole) }} />}
      <div className={fill} style={{ transform: scale(sure) }} />
    </AriaProgressBar>
  );
}

function bounded(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

function scale(share: number): string {
  return `scaleX(${share.toFixed(4)})`;
}
