import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { list, positive, readRuntimes } from '../options.ts';
import { openWorkshop } from '../programs.ts';
import { describeMachine, docs } from '../report.ts';
import { runtimesOf } from '../runtimes.ts';
import { type Budget, isKept, toBudgetTable } from './budget.ts';
import { measureColdStart } from './cold-start.ts';
import { measureJournal } from './journal-cost.ts';
import { measureKilled } from './killed-upload.ts';
import { measureManyFiles } from './many-files.ts';
import { measureScrolling } from './scroll-list.ts';

export const windowUsage = `npm run bench -- --window [options]   what people feel: start, thousands of files, resume (after npm run build)
  --only a,b         start, files, scroll, journal, resume (all)
  --runs N           cold starts (7)
  --runtime r,r      where the engine is killed and resumed: node, electron (both)
  --json FILE        all figures
  --docs             write docs/bench-window.md`;

const known = ['start', 'files', 'scroll', 'journal', 'resume'];

/** `--window`: the budgets of the app as people use it. Needs a display; `scripts/bench.mjs` brings one. */
export async function measureWindow(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      window: { type: 'boolean' },
      only: { type: 'string', default: known.join(',') },
      runs: { type: 'string', default: '7' },
      runtime: { type: 'string', default: 'node,electron' },
      json: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  });
  const wanted = list(values.only);
  const stranger = wanted.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new Error(`--only ${stranger}: there are ${known.join(', ')}`);
  const main = fileURLToPath(new URL('../../dist/main/main.js', import.meta.url));
  if (!existsSync(main)) throw new Error('The app is not built: npm run build');
  const runs = positive('--runs', values.runs);
  const workshop = await openWorkshop();
  const runtimes = runtimesOf({ runtimes: readRuntimes(values.runtime), profileFolder: null }, workshop.programs.client);
  const budgets: Budget[] = [];
  if (wanted.includes('start')) budgets.push(await measureColdStart(workshop.folder, runs));
  if (wanted.includes('files')) budgets.push(...(await measureManyFiles(workshop.folder)));
  if (wanted.includes('scroll')) budgets.push(await measureScrolling(workshop.folder));
  if (wanted.includes('journal')) budgets.push(...(await measureJournal(workshop.folder)));
  if (wanted.includes('resume')) budgets.push(...(await measureKilled(workshop, runtimes)));
  const about = `${describeMachine()}.`;
  process.stdout.write(`\n${about}\n\n${toBudgetTable(budgets)}\n`);
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ about, budgets }, null, 2));
  if (values.docs) await writeFile(docs('bench-window.md'), toPage(about, budgets));
  if (!budgets.every(isKept)) process.exitCode = 1;
}

const toPage = (about: string, budgets: readonly Budget[]): string =>
  [
    '# Budgets of the window',
    '',
    'Made by `npm run bench -- --window --docs`: do not edit. How each figure is made stands in [performance.md](performance.md).',
    '',
    about,
    '',
    toBudgetTable(budgets),
    '',
  ].join('\n');
