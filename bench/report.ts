import { writeFile } from 'node:fs/promises';
import { cpus, release, type as systemName } from 'node:os';
import { fileURLToPath } from 'node:url';
import { toChart } from './chart.ts';
import type { Setting } from './figures.ts';
import type { Options } from './options.ts';
import { toTable } from './table.ts';

const docs = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

/** The sentence that says what was measured where. */
export function describeRun({ sizeMiB, runs, connections, endpoint, isSparse }: Options): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${systemName()} ${release()}`;
  const file = `${sizeMiB} MiB ${isSparse ? 'of holes' : 'of random bytes'}`;
  const server = endpoint === null ? 'a server on loopback that throws bodies away' : new URL(endpoint).host;
  const turns = `medians of ${runs} alternating runs, ${connections} connections`;
  return `${file} to ${server}; ${turns}; ${machine}; ${new Date().toISOString().slice(0, 10)}.`;
}

export const toMarkdown = (settings: readonly Setting[]): string => settings.map(toTable).join('\n');

/** docs/bench.md and docs/bench.svg. */
export async function writeDocs(settings: readonly Setting[], options: Options): Promise<void> {
  const summary = describeRun(options);
  const flags = [...options.schemes.map((scheme) => `--${scheme}`), '--docs'].join(' ');
  const command = `npm run bench -- --size ${options.sizeMiB} --runs ${options.runs} ${flags}`;
  const page = [
    '# Benchmark',
    '',
    `Made by \`${command}\`: do not edit. How each figure is made stands in [performance.md](performance.md).`,
    '',
    summary,
    '',
    '![Throughput and CPU time of each contender](bench.svg)',
    '',
    toMarkdown(settings),
  ];
  await writeFile(docs('bench.md'), `${page.join('\n').trimEnd()}\n`);
  await writeFile(docs('bench.svg'), toChart(settings, summary));
}
