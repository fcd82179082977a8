import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contender, bare } from './contenders.ts';
import { type ClientReport, type Job, type Measured, type Work, usualSettleMs } from './job.ts';
import type { Judge } from './judge.ts';
import { measurePeer } from './measure-peer.ts';
import type { Options } from './options.ts';
import { runToEnd } from './processes.ts';
import type { Programs } from './programs.ts';
import type { RuntimeCommand } from './runtimes.ts';
import type { OpenTarget } from './target.ts';
import { type Trace, waitForAge, watchWithRival } from './wan/spectator.ts';

export interface Stage {
  readonly options: Options;
  readonly programs: Programs;
  readonly open: OpenTarget;
  readonly judge: Judge;
  readonly file: string;
  readonly size: number;
  readonly folder: string;
}

/** One upload. */
export interface Run extends Measured {
  /** Null where nobody else was on the link. */
  readonly trace: Trace | null;
}

export interface Lane {
  readonly contender: Contender;
  /** Null for programs that bring their own. */
  readonly runtime: RuntimeCommand | null;
  readonly runs: Run[];
  /** Why it could not be measured. */
  failure: string | null;
}

export function makeLanes(
  contenders: readonly Contender[],
  runtimes: readonly RuntimeCommand[],
  isLink: boolean,
): readonly Lane[] {
  const inProcess = contenders.filter(({ kind }) => kind !== 'peer');
  const peers = contenders.filter(({ kind }) => kind === 'peer');
  // Over a link nobody asks about memory.
  const first = isLink ? [] : [bare];
  return [
    ...runtimes.flatMap((runtime) => [...first, ...inProcess].map((contender) => newLane(contender, runtime))),
    ...peers.map((contender) => newLane(contender, null)),
  ];
}

function newLane(contender: Contender, runtime: RuntimeCommand | null): Lane {
  return { contender, runtime, runs: [], failure: null };
}

/** All contenders take turns, so that a slow minute of the machine hits each of them; each round begins with another. */
export async function runRounds(stage: Stage, lanes: readonly Lane[], say: (line: string) => void): Promise<void> {
  for (let round = 0; round < stage.options.runs; round += 1) {
    for (let n = 0; n < lanes.length; n += 1) {
      const lane = lanes[(n + round) % lanes.length];
      if (lane === undefined || lane.failure !== null) continue;
      const name = `${lane.runtime?.name ?? 'own program'}, ${lane.contender.name}`;
      try {
        const run = await runWatched(stage, lane);
        lane.runs.push(run);
        const rate = (stage.size / 1024 / 1024 / run.seconds).toFixed(1);
        say(`${round + 1}/${stage.options.runs}  ${name}: ${lane.contender.kind === 'bare' ? '–' : `${rate} MiB/s`}`);
      } catch (error) {
        lane.failure = error instanceof Error ? error.message : String(error);
        say(`${round + 1}/${stage.options.runs}  ${name}: failed: ${lane.failure}`);
      }
    }
  }
}

async function runWatched(stage: Stage, lane: Lane): Promise<Run> {
  const { options, open, programs } = stage;
  if (options.beginAt !== null) await waitForAge(open.target, options.beginAt);
  if (options.rival === null) return { ...(await runOnce(stage, lane)), trace: null };
  const spectator = await watchWithRival(open.target, options.rival, programs.rival);
  const measured = await runOnce(stage, lane);
  return { ...measured, trace: await spectator.end() };
}

async function runOnce(stage: Stage, { contender, runtime }: Lane): Promise<Measured> {
  const folder = await mkdtemp(join(stage.folder, 'run-'));
  const key = `bench/${contender.name}-${Date.now()}.mp4`;
  const { open, file, size, judge } = stage;
  try {
    if (contender.kind === 'peer') {
      const { peer, connections } = contender;
      const measured = await measurePeer(peer, { file, key, target: open.target, caFile: open.caFile, connections, folder });
      await judge.checkAndDelete(key, size);
      return measured;
    }
    if (runtime === null) throw new Error('No runtime');
    if (contender.kind === 'raw') return await runRaw(stage, { contender, runtime }, { folder, key });
    const report = await runClient(stage, runtime, folder, workOf(contender, { key, folder }));
    if (report.key !== null) await judge.checkAndDelete(report.key, size);
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Create, signatures and Complete are somebody else's here. */
async function runRaw(
  stage: Stage,
  lane: { readonly contender: Extract<Contender, { kind: 'raw' }>; readonly runtime: RuntimeCommand },
  { folder, key }: { readonly folder: string; readonly key: string },
): Promise<Measured> {
  const { partSize, connections, isHashed } = lane.contender;
  const presigned = await stage.judge.presign(key, Math.ceil(stage.size / partSize));
  const work: Work = { kind: 'raw', partSize, connections, isHashed, urls: presigned.urls };
  const report = await runClient(stage, lane.runtime, folder, work).catch(async (error: unknown) => {
    await presigned.abort();
    throw error;
  });
  await stage.judge.checkAndDelete(await presigned.complete(), stage.size);
  return report;
}

function workOf(
  contender: Exclude<Contender, { kind: 'peer' | 'raw' }>,
  made: { readonly key: string; readonly folder: string },
): Work {
  switch (contender.kind) {
    case 'engine':
      return { kind: 'engine', wish: contender.wish, journalFolder: join(made.folder, 'journal') };
    case 'lib-storage': {
      const { partSize, connections } = contender;
      return { kind: 'lib-storage', partSize, connections, key: made.key };
    }
    case 'bare':
      return { kind: 'bare' };
    default:
      throw new Error('Unknown contender');
  }
}

async function runClient(stage: Stage, runtime: RuntimeCommand, folder: string, work: Work): Promise<ClientReport> {
  const jobFile = join(folder, 'job.json');
  const { file, open } = stage;
  const resultFile = join(folder, 'result.json');
  const job: Job = { work, file, target: open.target, settleMs: usualSettleMs, resultFile };
  await writeFile(jobFile, JSON.stringify(job), { mode: 0o600 });
  // Trust is added, verification stays on.
  const trust = open.caFile === null ? {} : { NODE_EXTRA_CA_CERTS: open.caFile };
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const env = { ...inherited, ...trust, REMESSA_BENCH_JOB: jobFile };
  await runToEnd({ program: runtime.program, args: runtime.args, env });
  return JSON.parse(await readFile(job.resultFile, 'utf8')) as ClientReport;
}
