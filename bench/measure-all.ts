import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MiB } from '../electron/uploads/part-plan.ts';
import { chooseContenders, yardstickOf } from './contenders.ts';
import { type Setting, summarize } from './figures.ts';
import { openJudge } from './judge.ts';
import { compareMemory } from './memory.ts';
import type { Options, Scheme } from './options.ts';
import { type Workshop, makeFile, openWorkshop } from './programs.ts';
import { describeRun, toMarkdown, writeDocs } from './report.ts';
import { type Lane, makeLanes, runRounds } from './rounds.ts';
import { runtimeTitles, runtimesOf } from './runtimes.ts';
import { say } from './say.ts';
import { namedTarget, startSink } from './target.ts';

/** The contenders against each other: what `npm run bench` does when nothing else is asked for. */
export async function measureAll(options: Options): Promise<void> {
  const workshop = await openWorkshop();
  const { contenders, absent } = chooseContenders(options);
  say(`Writing a file of ${options.sizeMiB} MiB…`);
  const file = await makeFile(join(workshop.folder, 'bench.mp4'), options.sizeMiB, options.isSparse);
  const settings: Setting[] = [];
  const raw: unknown[] = [];
  for (const scheme of options.schemes) {
    const lanes = makeLanes(contenders, runtimesOf(options, workshop.programs.client), options.endpoint !== null);
    say(`\n${scheme}`);
    await measureOver(scheme, { options, workshop, file }, lanes);
    settings.push(...settingsOf(scheme, lanes, options));
    raw.push(
      ...lanes.map(({ runtime, contender, runs, failure }) => {
        const { name, title } = contender;
        return { scheme, runtime: runtime?.name, name, title, runs, failure };
      }),
    );
  }
  const memory = options.comparesMemory ? await compareMemory(options, workshop) : null;
  const about = describeRun(options);
  process.stdout.write(`\n${about}\n\n${toMarkdown(settings, memory)}\n`);
  if (absent.length > 0) process.stdout.write(`Not installed here, so not measured: ${absent.join(', ')}.\n`);
  if (options.jsonFile !== null) {
    await writeFile(options.jsonFile, JSON.stringify({ about, options, settings, memory, raw, absent }, null, 2));
  }
  if (options.writesDocs) await writeDocs(settings, memory, options);
  if (settings.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
}

async function measureOver(
  scheme: Scheme,
  { options, workshop, file }: { options: Options; workshop: Workshop; file: string },
  lanes: readonly Lane[],
): Promise<void> {
  const { folder, programs } = workshop;
  const open =
    options.endpoint === null
      ? await startSink(programs.sink, { scheme, kind: options.server, folder })
      : namedTarget(options.endpoint);
  const judge = openJudge(open);
  try {
    await runRounds({ options, programs, open, judge, file, size: options.sizeMiB * MiB, folder }, lanes, say);
  } finally {
    judge.close();
    open.stop();
  }
}

/** Peers stand beside each runtime: they are the same program whatever we run in. */
function settingsOf(scheme: Scheme, lanes: readonly Lane[], options: Options): readonly Setting[] {
  const titles = runtimeTitles();
  return (['node', 'electron'] as const)
    .filter((name) => lanes.some(({ runtime }) => runtime?.name === name))
    .map((name) => {
      const some = lanes.filter(({ runtime }) => runtime === null || runtime.name === name);
      const place = { title: `${titles[name]}, ${scheme}`, scheme, yardstick: yardstickOf(options) };
      return summarize(place, some, options.sizeMiB * MiB);
    });
}
