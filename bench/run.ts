import { rmSync } from 'node:fs';
import { mkdtemp, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MiB } from '../electron/uploads/part-plan.ts';
import { makeVideo } from '../tests/support/sample-video.ts';
import { chooseContenders } from './contenders.ts';
import { type Setting, summarize } from './figures.ts';
import { openJudge } from './judge.ts';
import { type Options, type Scheme, readOptions, usage } from './options.ts';
import { type Programs, buildPrograms } from './programs.ts';
import { describeRun, toMarkdown, writeDocs } from './report.ts';
import { type Lane, type RuntimeCommand, makeLanes, runRounds } from './rounds.ts';
import { namedTarget, startSink } from './target.ts';

/** How `scripts/bench.mjs` says which Electron to use. */
interface ElectronCommand {
  readonly executable: string;
  readonly version: string;
  readonly args: readonly string[];
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(options: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'remessa-bench-'));
  const programs = await buildPrograms();
  // Also when somebody interrupts us: a file of gigabytes is not to stay behind.
  process.once('exit', () => {
    for (const path of [folder, ...programs.folders]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  });
  // Not `once`: a second signal must not cut the tidying short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  await measureAll(options, programs, folder);
}

async function measureAll(options: Options, programs: Programs, folder: string): Promise<void> {
  const { contenders, absent } = chooseContenders(options.only);
  const file = join(folder, 'bench.mp4');
  say(`Writing a file of ${options.sizeMiB} MiB…`);
  await makeVideo(file, options.isSparse ? MiB : options.sizeMiB * MiB);
  if (options.isSparse) await stretch(file, options.sizeMiB * MiB);
  const settings: Setting[] = [];
  const raw: unknown[] = [];
  for (const scheme of options.schemes) {
    const lanes = makeLanes(contenders, runtimesOf(options, programs));
    say(`\n${scheme}`);
    await measureOver(scheme, { options, programs, file, folder }, lanes);
    settings.push(...settingsOf(scheme, lanes, options.sizeMiB * MiB));
    raw.push(...lanes.map(({ runtime, contender, runs }) => ({ scheme, runtime: runtime?.name, name: contender.name, runs })));
  }
  process.stdout.write(`\n${describeRun(options)}\n\n${toMarkdown(settings)}\n`);
  if (absent.length > 0) process.stdout.write(`Not installed here, so not measured: ${absent.join(', ')}.\n`);
  if (options.jsonFile !== null) {
    await writeFile(options.jsonFile, JSON.stringify({ about: describeRun(options), options, settings, raw, absent }, null, 2));
  }
  if (options.writesDocs) await writeDocs(settings, options);
  if (settings.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
}

async function measureOver(
  scheme: Scheme,
  { options, programs, file, folder }: { options: Options; programs: Programs; file: string; folder: string },
  lanes: readonly Lane[],
): Promise<void> {
  const target = options.endpoint === null ? await startSink(programs.sink, scheme, folder) : namedTarget(options.endpoint);
  const judge = openJudge(target);
  try {
    await runRounds({ options, open: target, judge, file, size: options.sizeMiB * MiB, folder }, lanes, say);
  } finally {
    judge.close();
    target.stop();
  }
}

/** Node always; Electron where `scripts/bench.mjs` found one. */
function runtimesOf(options: Options, programs: Programs): readonly RuntimeCommand[] {
  const found: RuntimeCommand[] = [];
  if (options.runtimes.includes('node')) {
    const profile = options.profileFolder === null ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profileFolder];
    found.push({ name: 'node', program: process.execPath, args: [...profile, programs.client] });
  }
  const electron = electronCommand();
  if (options.runtimes.includes('electron') && electron !== null) {
    const args = [...electron.args, dirname(programs.client)];
    found.push({ name: 'electron', program: electron.executable, args });
  }
  return found;
}

/** Peers stand beside each runtime: they are the same program whatever we run in. */
function settingsOf(scheme: Scheme, lanes: readonly Lane[], size: number): readonly Setting[] {
  const titles = {
    node: `Node ${process.versions.node}, ${scheme}`,
    electron: `Electron ${electronCommand()?.version ?? ''} (main process), ${scheme}`,
  };
  return (['node', 'electron'] as const)
    .filter((name) => lanes.some(({ runtime }) => runtime?.name === name))
    .map((name) => {
      const some = lanes.filter(({ runtime }) => runtime === null || runtime.name === name);
      return summarize(titles[name], scheme, some, size);
    });
}

function electronCommand(): ElectronCommand | null {
  const told = process.env['REMESSA_BENCH_ELECTRON'];
  return told === undefined ? null : (JSON.parse(told) as ElectronCommand);
}

/** A file of holes has no cost of its own on the disk, and reads as zeros. */
async function stretch(path: string, size: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.truncate(size);
  await file.close();
}

try {
  if (process.argv.includes('--help')) process.stdout.write(`${usage}\n`);
  else await main(readOptions(process.argv.slice(2)));
} catch (problem) {
  say(problem instanceof Error ? problem.message : String(problem));
  say(`\n${usage}`);
  process.exitCode = 1;
}
