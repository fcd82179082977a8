import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contender, bare } from './contenders.ts';
import type { ClientReport, Job, Measured, Work } from './job.ts';
import type { Judge, PresignedUpload } from './judge.ts';
import { measurePeer } from './measure-peer.ts';
import type { Options, Runtime } from './options.ts';
import { runToEnd } from './processes.ts';
import type { OpenTarget } from './target.ts';

/** Where a contender's process runs: how to start it with the client program. */
export interface RuntimeCommand {
  readonly name: Runtime;
  readonly program: string;
  readonly args: readonly string[];
}

export interface Stage {
  readonly options: Options;
  readonly open: OpenTarget;
  readonly judge: Judge;
  readonly file: string;
  readonly size: number;
  readonly folder: string;
}

export interface Lane {
  readonly contender: Contender;
  /** Null for programs that bring their own. */
  readonly runtime: RuntimeCommand | null;
  readonly runs: Measured[];
  /** Why it could not be measured. */
  failure: string | null;
}

export function makeLanes(contenders: readonly Contender[], runtimes: readonly RuntimeCommand[]): readonly Lane[] {
  const lane = (contender: Contender, runtime: RuntimeCommand | null): Lane => ({
    contender,
    runtime,
    runs: [],
    failure: null,
  });
  const inProcess = contenders.filter(({ kind }) => kind !== 'peer');
  const peers = contenders.filter(({ kind }) => kind === 'peer');
  return [
    ...runtimes.flatMap((runtime) => [bare, ...inProcess].map((contender) => lane(contender, runtime))),
    ...peers.map((contender) => lane(contender, null)),
  ];
}

/** All contenders take turns, so that a slow minute of the machine hits each of them; each round begins with another. */
export async function runRounds(stage: Stage, lanes: readonly Lane[], say: (line: string) => void): Promise<void> {
  for (let round = 0; round < stage.options.runs; round += 1) {
    for (let n = 0; n < lanes.length; n += 1) {
      const lane = lanes[(n + round) % lanes.length];
      if (lane === undefined || lane.failure !== null) continue;
      const name = `${lane.runtime?.name ?? 'own program'}, ${lane.contender.name}`;
      try {
        const measured = await runOnce(stage, lane);
        lane.runs.push(measured);
        const rate = (stage.size / 1024 / 1024 / measured.seconds).toFixed(0);
        say(`${round + 1}/${stage.options.runs}  ${name}: ${lane.contender.kind === 'bare' ? '–' : `${rate} MiB/s`}`);
      } catch (error) {
        lane.failure = error instanceof Error ? error.message : String(error);
        say(`${round + 1}/${stage.options.runs}  ${name}: failed: ${lane.failure}`);
      }
    }
  }
}

async function runOnce(stage: Stage, { contender, runtime }: Lane): Promise<Measured> {
  const folder = await mkdtemp(join(stage.folder, 'run-'));
  const key = `bench/${contender.name}-${Date.now()}.mp4`;
  try {
    if (contender.kind === 'peer') {
      const { open, file, options } = stage;
      const job = { file, key, target: open.target, caFile: open.caFile, connections: options.connections, folder };
      const measured = await measurePeer(contender.peer, job);
      await stage.judge.checkAndDelete(key, stage.size);
      return measured;
    }
    if (runtime === null) throw new Error('No runtime');
    const partCount = contender.kind === 'raw' ? Math.ceil(stage.size / contender.partSize) : 0;
    const presigned = partCount === 0 ? null : await stage.judge.presign(key, partCount);
    const report = await runClient(stage, runtime, folder, workOf(contender, { key, folder, presigned })).catch(
      async (error: unknown) => {
        await presigned?.abort();
        throw error;
      },
    );
    const made = presigned === null ? report.key : await presigned.complete();
    if (made !== null) await stage.judge.checkAndDelete(made, stage.size);
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function workOf(
  contender: Exclude<Contender, { kind: 'peer' }>,
  made: { readonly key: string; readonly folder: string; readonly presigned: PresignedUpload | null },
): Work {
  switch (contender.kind) {
    case 'engine':
      return { kind: 'engine', partSize: contender.partSize, journalFolder: join(made.folder, 'journal') };
    case 'lib-storage':
      return { kind: 'lib-storage', partSize: contender.partSize, key: made.key };
    case 'raw': {
      const { partSize, isHashed } = contender;
      return { kind: 'raw', partSize, isHashed, urls: made.presigned?.urls ?? [] };
    }
    case 'bare':
      return { kind: 'bare' };
    default:
      throw new Error('Unknown contender');
  }
}

async function runClient(stage: Stage, runtime: RuntimeCommand, folder: string, work: Work): Promise<ClientReport> {
  const jobFile = join(folder, 'job.json');
  const { file, open, options } = stage;
  const job: Job = {
    work,
    file,
    target: open.target,
    connections: options.connections,
    resultFile: join(folder, 'result.json'),
  };
  await writeFile(jobFile, JSON.stringify(job), { mode: 0o600 });
  // Trust is added, verification stays on.
  const trust = open.caFile === null ? {} : { NODE_EXTRA_CA_CERTS: open.caFile };
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const env = { ...inherited, ...trust, REMESSA_BENCH_JOB: jobFile };
  await runToEnd({ program: runtime.program, args: runtime.args, env });
  return JSON.parse(await readFile(job.resultFile, 'utf8')) as ClientReport;
}
