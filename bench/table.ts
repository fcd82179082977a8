import type { Figure, Setting } from './figures.ts';

const ratio = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)} ×`);
const whole = (value: number | null): string => (value === null ? '–' : value.toFixed(0));

/** One setting as a Markdown table. */
export function toTable({ title, bareRss, figures, failures }: Setting): string {
  const bare = bareRss === null ? '' : ` The bare process takes ${whole(bareRss)} MiB.`;
  return [
    `### ${title}`,
    '',
    '| contender | MiB/s (lowest–highest) | against lib-storage | CPU-s/GiB | against lib-storage | peak memory above bare, MiB | loop delay p99, ms |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...figures.map(row),
    '',
    `Ratios are against lib-storage with 16 MiB parts in the same runs.${bare}`,
    ...failures.map((line) => `\nNot measured: ${line.split('\n')[0]}`),
    '',
  ].join('\n');
}

function row(figure: Figure): string {
  const [low, high] = figure.rateRange;
  const cells = [
    figure.name === 'engine' ? `**${figure.title}**` : figure.title,
    `${whole(figure.rate)} (${whole(low)}–${whole(high)})`,
    ratio(figure.rateRatio),
    figure.cpu.toFixed(2),
    ratio(figure.cpuRatio),
    figure.rssAboveBare === null ? `${whole(figure.peakRss)} in all` : whole(figure.rssAboveBare),
    figure.loopDelayMs === null ? '–' : figure.loopDelayMs.toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}
