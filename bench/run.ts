import { measureAll } from './measure-all.ts';
import { readOptions, usage } from './options.ts';
import { say } from './say.ts';
import { serve, serveUsage } from './serve.ts';
import { measureCompeting, measureLinks, wanUsage } from './wan/run-wan.ts';
import { measureWindow, windowUsage } from './window/run-window.ts';

const usages = [usage, wanUsage, windowUsage, serveUsage].join('\n\n');

/** One benchmark each; the first word that is there decides. */
const modes: ReadonlyArray<readonly [flag: string, run: (args: readonly string[]) => Promise<void>]> = [
  ['--help', async () => void process.stdout.write(`${usages}\n`)],
  ['--serve', serve],
  ['--wan', measureLinks],
  ['--compete', measureCompeting],
  ['--window', measureWindow],
];

async function main(args: readonly string[]): Promise<void> {
  const [, run] = modes.find(([flag]) => args.includes(flag)) ?? [];
  if (run !== undefined) return run(args);
  await measureAll(readOptions(args));
}

// Not `once`: a second signal must not cut the tidying short, which happens on the way out. `--serve` has its own way.
if (!process.argv.includes('--serve')) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
}
try {
  await main(process.argv.slice(2));
} catch (problem) {
  say(problem instanceof Error ? problem.message : String(problem));
  say('\nnpm run bench -- --help');
  process.exitCode = 1;
}
