import type { CSSProperties } from 'react';
import { effectOf, shadeOf } from './schedule-edit.ts';

interface LimitSampleProps {
  readonly mbit: number | null;
  /** Every limit of the week: the shade tells this one from the others. */
  readonly all: readonly (number | null)[];
  readonly className: string;
  /** How much of its line it takes, beside the others. */
  readonly grow?: number;
}

/** A limit as it is drawn in the picture of the week, in its legend and beside its rule. */
export function LimitSample({ mbit, all, className, grow = 0 }: LimitSampleProps) {
  const shade = `${Math.round(shadeOf(mbit, all) * 100)}%`;
  const style = { '--shade': shade, flexGrow: grow } as CSSProperties;
  return <span className={`${className} limit-${effectOf(mbit)}`} style={style} aria-hidden />;
}
