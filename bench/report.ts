import { writeFile } from 'node:fs/promises';
import { cpus, release, type as systemName } from 'node:os';
import { fileURLToPath } from 'node:url';
import { toChart } from './chart.ts';
import type { Setting } from './figures.ts';
import type { MemoryFigure } from './memory.ts';
import type { Options } from './options.ts';
import { peerVersions } from './peers.ts';
import { toMemoryTable, toTable } from './table.ts';

export const docs = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

/** The sentence that says what was measured where. */
export function describeRun({ sizeMiB, runs, endpoint, isSparse, server }: Options): string {
  const file = `${sizeMiB} MiB ${isSparse ? 'of holes' : 'of random bytes'}`;
  const sink = `a server on loopback that throws bodies away${server === 'plain' ? ' and knows no checksums' : ''}`;
  const turns = `medians of ${runs} alternating runs`;
  return `${file} to ${endpoint === null ? sink : new URL(endpoint).host}; ${turns}; ${describeMachine()}.`;
}

/** The machine and the day. */
export function describeMachine(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${systemName()} ${release()}`;
  return `${machine}; ${new Date().toISOString().slice(0, 10)}`;
}

export function toMarkdown(settings: readonly Setting[], memory: readonly MemoryFigure[] | null): string {
  const names = settings.flatMap(({ figures }) => figures.map(({ name }) => name));
  const versions = peerVersions(names);
  const others = versions.length === 0 ? [] : [`Other programs: ${versions.join('; ')}.\n`];
  return [...settings.map(toTable), ...(memory === null ? [] : [toMemoryTable(memory)]), ...others].join('\n');
}

/** docs/bench.md and docs/bench.svg. */
export async function writeDocs(
  settings: readonly Setting[],
  memory: readonly MemoryFigure[] | null,
  options: Options,
): Promise<void> {
  const summary = describeRun(options);
  const flags = [...options.schemes.map((scheme) => `--${scheme}`), '--docs'].join(' ');
  const server = options.server === 'plain' ? ' --server plain' : '';
  const command = `npm run bench -- --size ${options.sizeMiB} --runs ${options.runs}${server} ${flags}`;
  const page = [
    '# Benchmark',
    '',
    `Made by \`${command}\`: do not edit. How each figure is made stands in [performance.md](performance.md).`,
    '',
    summary,
    '',
    '![Throughput and CPU time of each contender](bench.svg)',
    '',
    toMarkdown(settings, memory),
  ];
  await writeFile(docs('bench.md'), `${page.join('\n').trimEnd()}\n`);
  await writeFile(docs('bench.svg'), toChart(settings, summary));
}
