/** The paths of a plot without axes; empty texts where there is nothing to draw yet. */
export interface PlotPaths {
  readonly line: string;
  readonly area: string;
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** Room above the highest value, so that the line is not cut. */
const headroom = 2;

/** Values at even distances from left to right; 0 lies on the ground, the highest one touches the top. */
export function plotPaths(values: readonly number[], { width, height }: PlotSize): PlotPaths {
  if (values.length < 2) return { line: '', area: '' };
  const heights = values.map((value) => (Number.isFinite(value) && value > 0 ? value : 0));
  const most = Math.max(...heights);
  const step = width / (values.length - 1);
  const points = heights.map((value, index) => {
    const y = most === 0 ? height : height - (value / most) * (height - headroom);
    return `${rounded(index * step)},${rounded(y)}`;
  });
  const line = `M${points.join('L')}`;
  return { line, area: `${line}L${rounded(width)},${rounded(height)}L0,${rounded(height)}Z` };
}

/** A tenth of a pixel is finer than anybody sees, and keeps the attribute short. */
function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
