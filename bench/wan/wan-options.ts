import { parseArgs } from 'node:util';
import { list, positive, readRuntimes } from '../options.ts';
import { type Link, chooseLinks } from './links.ts';

export interface WanOptions {
  readonly links: readonly Link[];
  readonly linkCommand: string | null;
  readonly runs: number;
  readonly jsonFile: string | null;
  readonly writesDocs: boolean;
  /** Words for the bench on the near side. */
  readonly words: readonly string[];
  readonly only: string | null;
  readonly sizeMiB: number;
}

export const wanUsage = `npm run bench -- --wan [options]      across links with delay and loss (root)
npm run bench -- --compete [options]  with somebody else on the link: a greedy download, a video call
  --links a,b        lossy, clean, home, far, changing (all; --compete: home), home-deep-queue
  --link-command CMD makes the links instead of the kernel's netem; see docs/performance.md
  --size MiB         size of the file (256)
  --runs N           runs of each contender (3; --compete: 1)
  --only, --runtime, --connections, --part-size   as above; --runtime is node
  --json FILE        all figures
  --docs             write docs/bench-wan.md or docs/bench-compete.md, with a picture`;

export function readWanOptions(args: readonly string[], usual: { readonly links: string | null; readonly runs: number }): WanOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      wan: { type: 'boolean' },
      compete: { type: 'boolean' },
      links: { type: 'string' },
      'link-command': { type: 'string' },
      size: { type: 'string', default: '256' },
      runs: { type: 'string' },
      only: { type: 'string' },
      runtime: { type: 'string', default: 'node' },
      connections: { type: 'string' },
      'part-size': { type: 'string' },
      json: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  });
  const names = values.links ?? usual.links;
  const passed = (['connections', 'part-size'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name}`, value];
  });
  readRuntimes(values.runtime);
  return {
    links: chooseLinks(names === null ? null : list(names)),
    linkCommand: values['link-command'] ?? null,
    runs: values.runs === undefined ? usual.runs : positive('--runs', values.runs),
    jsonFile: values.json ?? null,
    writesDocs: values.docs,
    only: values.only ?? null,
    sizeMiB: positive('--size', values.size),
    words: ['--size', values.size, '--runtime', values.runtime, ...passed],
  };
}
