import { describeMachine } from '../report.ts';
import type { LinkFigure, LinkSetting } from './wan-figures.ts';
import { describeLink } from './links.ts';
import type { WanOptions } from './wan-options.ts';

export function describeWan({ sizeMiB, runs, linkCommand }: WanOptions): string {
  return `${sizeMiB} MiB of random bytes over http; medians of ${runs} alternating runs; ${describeMaker(linkCommand)}; ${describeMachine()}.`;
}

/** Whose link it was must stand beside every figure. */
export const describeMaker = (linkCommand: string | null): string =>
  linkCommand === null
    ? 'links made by the kernel’s netem'
    : 'links made by a program in user space (--link-command), not by the kernel’s netem';

export function wanPage(settings: readonly LinkSetting[], options: WanOptions): string {
  const command = commandOf('--wan', options, settings);
  return [
    '# Benchmark across links',
    '',
    `Made by \`${command}\`: do not edit. How each figure is made stands in [performance.md](performance.md).`,
    '',
    describeWan(options),
    '',
    '![Share of the link that each contender fills](bench-wan.svg)',
    '',
    wanTables(settings),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** The maker's own path says nothing to anybody else. */
export function commandOf(
  mode: string,
  { sizeMiB, runs, linkCommand }: WanOptions,
  settings: ReadonlyArray<Pick<LinkSetting, 'link'>>,
): string {
  const links = [...new Set(settings.map(({ link }) => link.name))].join(',');
  const maker = linkCommand === null ? '' : ' --link-command …';
  return `npm run bench -- ${mode} --links ${links} --size ${sizeMiB} --runs ${runs}${maker} --docs`;
}

export const wanTables = (settings: readonly LinkSetting[]): string => settings.map(toTable).join('\n');

function toTable({ link, figures, failures }: LinkSetting): string {
  return [
    `### ${describeLink(link)}`,
    '',
    '| contender | Mbit/s (lowest–highest) | of the link | against lib-storage 4 × 8 MiB |',
    '|---|---:|---:|---:|',
    ...figures.map(row),
    ...failures.map((line) => `\nNot measured: ${line}`),
    '',
  ].join('\n');
}

function row({ name, title, rate, rateRange: [low, high], share, ratio }: LinkFigure): string {
  const cells = [
    name === 'engine' ? `**${title}**` : title,
    `${rate.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`,
    `${(share * 100).toFixed(1)} %`,
    ratio === null ? '–' : `${ratio.toFixed(2)} ×`,
  ];
  return `| ${cells.join(' | ')} |`;
}
