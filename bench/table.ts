import type { Figure, Setting } from './figures.ts';
import type { MemoryFigure } from './memory.ts';

const ratio = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)} ×`);
const whole = (value: number | null): string => (value === null ? '–' : value.toFixed(0));

/** One setting as a Markdown table. */
export function toTable({ title, yardstick, bareRss, figures, failures }: Setting): string {
  const bare = bareRss === null ? '' : ` The bare process takes ${whole(bareRss)} MiB.`;
  const against = yardstick === null ? '' : `Ratios are against ${yardstick}, in the same runs.`;
  return [
    `### ${title}`,
    '',
    '| contender | MiB/s (lowest–highest) | against lib-storage | CPU-s/GiB | against lib-storage | peak memory above bare, MiB | loop delay p99, ms |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...figures.map(row),
    '',
    `${against}${bare}`.trim(),
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

/** Whether memory grows with the file. */
export function toMemoryTable(figures: readonly MemoryFigure[]): string {
  const rows = figures.map(({ title, aboveBare }) => {
    const [small, large] = aboveBare;
    const growth = small === undefined || large === undefined ? null : large.MiB / small.MiB;
    return `| ${title} | ${whole(small?.MiB ?? null)} | ${whole(large?.MiB ?? null)} | ${ratio(growth)} |`;
  });
  return [
    '### The engine’s memory and the file’s size',
    '',
    '| runtime | 1 GiB: peak above bare, MiB | 20 GiB: peak above bare, MiB | 20 GiB against 1 GiB |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
    'Files of holes over http, one upload each.',
    '',
  ].join('\n');
}
