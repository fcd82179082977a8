import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MiB } from '../electron/uploads/part-plan.ts';
import { chooseContenders } from './contenders.ts';
import { median } from './figures.ts';
import type { Measured } from './job.ts';
import { openJudge } from './judge.ts';
import type { Options, Runtime } from './options.ts';
import { type Workshop, makeFile } from './programs.ts';
import { makeLanes, runRounds } from './rounds.ts';
import { runtimeTitles, runtimesOf } from './runtimes.ts';
import { say } from './say.ts';
import { startSink } from './target.ts';

/** GiB of the two files. */
const sizes = [1, 20] as const;

export interface MemoryFigure {
  readonly runtime: Runtime;
  readonly title: string;
  /** The engine's peak above the bare process, MiB, by GiB of the file. */
  readonly aboveBare: ReadonlyArray<{ readonly sizeGiB: number; readonly MiB: number }>;
}

const peak = (runs: readonly Measured[]): number => median(runs.map(({ peakRssMiB }) => peakRssMiB));

/** Whether the engine's memory depends on the file's size: files of holes, over http, one upload each. */
export async function compareMemory(options: Options, { folder, programs }: Workshop): Promise<readonly MemoryFigure[]> {
  const { contenders } = chooseContenders({ ...options, endpoint: null, only: ['engine'] });
  const open = await startSink(programs.sink, { scheme: 'http', kind: options.server, folder });
  const judge = openJudge(open);
  const figures = new Map<Runtime, Array<{ sizeGiB: number; MiB: number }>>();
  try {
    for (const sizeGiB of sizes) {
      say(`\nMemory with ${sizeGiB} GiB of holes`);
      const file = await makeFile(join(folder, `holes-${sizeGiB}.mp4`), sizeGiB * 1024, true);
      const lanes = makeLanes(contenders, runtimesOf({ ...options, profileFolder: null }, programs.client), false);
      const size = sizeGiB * 1024 * MiB;
      await runRounds({ options: { ...options, runs: 1 }, programs, open, judge, file, size, folder }, lanes, say);
      await rm(file);
      for (const { runtime, contender, runs } of lanes) {
        if (runtime === null || contender.kind === 'bare' || runs.length === 0) continue;
        const bare = lanes.find((lane) => lane.runtime === runtime && lane.contender.kind === 'bare')?.runs ?? [];
        const known = figures.get(runtime.name) ?? [];
        figures.set(runtime.name, [...known, { sizeGiB, MiB: peak(runs) - peak(bare) }]);
      }
    }
  } finally {
    judge.close();
    open.stop();
  }
  const titles = runtimeTitles();
  return [...figures].map(([runtime, aboveBare]) => ({ runtime, title: titles[runtime], aboveBare }));
}
