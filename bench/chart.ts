import type { Figure, Setting } from './figures.ts';
import { belowCaption, picture, text } from './svg.ts';

const row = 26;
const panelWidth = 430;
const labelWidth = 205;
const barWidth = 175;
const gap = 24;

interface Metric {
  readonly title: string;
  readonly valueOf: (figure: Figure) => number;
}

const speed: Metric = { title: 'MiB/s, more is better', valueOf: ({ rate }) => rate };
const cost: Metric = { title: 'CPU-seconds per GiB, less is better', valueOf: ({ cpu }) => cpu };

/** Two bar charts per setting: how fast (longer is better) and what it costs (shorter is better). */
export function toChart(settings: readonly Setting[], caption: string): string {
  const width = gap + 2 * (panelWidth + gap);
  const parts: string[] = [];
  let y = belowCaption(caption);
  for (const setting of settings) {
    parts.push(text(gap, y, setting.title, 'title'));
    parts.push(panel(gap, y + 24, setting.figures, speed));
    parts.push(panel(2 * gap + panelWidth, y + 24, setting.figures, cost));
    y += 24 + 18 + setting.figures.length * row + 34;
  }
  return picture({ width, height: y }, caption, parts);
}

function panel(x: number, y: number, figures: readonly Figure[], { title, valueOf }: Metric): string {
  const most = Math.max(...figures.map(valueOf), 0.001);
  const bars = figures.map((figure, index) => {
    const top = y + 10 + index * row;
    const value = valueOf(figure);
    const length = Math.max(1, (value / most) * barWidth);
    return [
      text(x, top + 15, figure.title, figure.name === 'engine' ? 'own' : ''),
      `<rect class="${figure.name === 'engine' ? 'ours' : 'bar'}" x="${x + labelWidth}" y="${top + 2}" ` +
        `width="${length.toFixed(1)}" height="18" rx="3"/>`,
      text(x + labelWidth + length + 6, top + 15, value < 20 ? value.toFixed(2) : value.toFixed(0), ''),
    ].join('\n');
  });
  return [text(x, y, title, 'small'), ...bars].join('\n');
}
