import { belowCaption, picture, text } from '../svg.ts';
import { describeLink } from './links.ts';
import type { LinkSetting } from './wan-figures.ts';

const row = 26;
const left = 24;
const labelWidth = 220;
const barWidth = 420;

/** One group of bars per link: the share of it that each contender fills. */
export function wanChart(settings: readonly LinkSetting[], caption: string): string {
  const parts: string[] = [];
  let y = belowCaption(caption);
  for (const { link, figures } of settings) {
    parts.push(text(left, y, describeLink(link), 'title'));
    for (const [index, { name, title, rate, share }] of figures.entries()) {
      const top = y + 12 + index * row;
      const length = Math.max(1, Math.min(1, share) * barWidth);
      const bar = `x="${left + labelWidth}" y="${top + 2}" width="${length.toFixed(1)}" height="18" rx="3"`;
      parts.push(
        text(left, top + 15, title, name === 'engine' ? 'own' : ''),
        `<rect class="${name === 'engine' ? 'ours' : 'bar'}" ${bar}/>`,
        text(left + labelWidth + length + 6, top + 15, `${(share * 100).toFixed(0)} % · ${rate.toFixed(0)} Mbit/s`, ''),
      );
    }
    y += 12 + figures.length * row + 36;
  }
  return picture({ width: left * 2 + labelWidth + barWidth + 130, height: y }, caption, parts);
}
