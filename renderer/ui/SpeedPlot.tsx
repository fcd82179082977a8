import type { PlotSize } from './plot-path.ts';
import { plotPaths } from './plot-path.ts';
import './speed-plot.css';

interface SpeedPlotProps extends PlotSize {
  readonly speeds: readonly number[];
  /** What it shows, in words; null where words beside it say so already. */
  readonly label: string | null;
}

/** A small quiet plot: a line over its area, no axes. Empty, and of the same size, until there is something to show. */
export function SpeedPlot({ speeds, label, width, height }: SpeedPlotProps) {
  const { line, area } = plotPaths(speeds, { width, height });
  const named = label === null || line === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} {...named}>
      <path className="plot-area" d={area} />
      <path className="plot-line" d={line} />
    </svg>
  );
}
