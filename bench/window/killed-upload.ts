import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MiB } from '../../electron/uploads/part-plan.ts';
import type { Job } from '../job.ts';
import type { MeterReading } from '../meter.ts';
import { type Command, runToEnd, startVictim } from '../processes.ts';
import { type Workshop, makeFile } from '../programs.ts';
import { type RuntimeCommand, runtimeTitles } from '../runtimes.ts';
import { say } from '../say.ts';
import { type OpenTarget, readMeter, resetMeter, startSink } from '../target.ts';
import type { Budget } from './budget.ts';

const connections = 4;
const partMiB = 8;
const partsDone = 600;
const resumeLimitMs = 3000;
const leftoverMs = 1000;
const lookMs = 20;
const patienceMs = 120_000;

/** The engine as a process that is killed in the middle, and begins again where it was. */
export async function measureKilled(workshop: Workshop, runtimes: readonly RuntimeCommand[]): Promise<readonly Budget[]> {
  const { folder, programs } = workshop;
  const budgets: Budget[] = [];
  for (const runtime of runtimes) {
    const open = await startSink(programs.sink, { scheme: 'http', kind: 'checksums', folder });
    try {
      say(`Resume and kill, ${runtime.name}…`);
      budgets.push(await measureResume({ open, folder, runtime }));
      await resetMeter(open.target);
      budgets.push(await measureSentTwice({ open, folder, runtime }));
    } finally {
      open.stop();
    }
  }
  return budgets;
}

interface Place {
  readonly open: OpenTarget;
  readonly folder: string;
  readonly runtime: RuntimeCommand;
}

/** The state is a real one: an upload of 10 GiB of holes was killed after 600 parts. */
async function measureResume(place: Place): Promise<Budget> {
  const { target } = place.open;
  const file = await makeFile(join(place.folder, 'resume.mp4'), 10 * 1024, true);
  const command = await engineCommand(place, file, 'resume');
  const first = startVictim(command);
  await untilMeter(place.open, ({ uploadBytes }) => uploadBytes >= (partsDone + connections) * partMiB * MiB);
  await first.kill();
  // What the dead process had handed to the kernel still arrives.
  await wait(leftoverMs);
  await resetMeter(target);
  const began = Date.now();
  const second = startVictim(command);
  const { firstByteAt } = await untilMeter(place.open, (reading) => reading.firstByteAt !== null);
  await second.kill();
  await rm(file);
  return {
    what: `10 GiB with ${partsDone} parts done: start of the process to the first new byte at the server, ${place.runtime.name}`,
    value: (firstByteAt ?? Infinity) - began,
    unit: 'ms',
    limit: resumeLimitMs,
    detail: `${runtimeTitles()[place.runtime.name]}, engine without a window, after SIGKILL, one run`,
  };
}

async function measureSentTwice(place: Place): Promise<Budget> {
  const sizeMiB = 1024;
  const file = await makeFile(join(place.folder, 'half.mp4'), sizeMiB, true);
  const command = await engineCommand(place, file, 'half');
  const first = startVictim(command);
  await untilMeter(place.open, ({ uploadBytes }) => uploadBytes >= (sizeMiB / 2) * MiB);
  await first.kill();
  await runToEnd(command);
  const { uploadBytes } = await readMeter(place.open.target);
  await rm(file);
  return {
    what: `killed at 50 %: bytes sent, against the file, ${place.runtime.name}`,
    value: uploadBytes / (sizeMiB * MiB),
    unit: '×',
    // The file and what was on its way.
    limit: Number((1 + (connections * partMiB) / sizeMiB).toFixed(3)),
    detail: `${sizeMiB} MiB, ${connections} × ${partMiB} MiB, SIGKILL, all request bodies that the server saw`,
  };
}

async function engineCommand({ open, folder, runtime }: Place, file: string, name: string): Promise<Command> {
  const jobFile = join(folder, `${name}-${runtime.name}.json`);
  const job: Job = {
    work: {
      kind: 'engine',
      wish: { connections, partSize: partMiB * MiB, givesWay: false },
      journalFolder: join(folder, `${name}-${runtime.name}-journal`),
    },
    file,
    target: open.target,
    settleMs: 0,
    resultFile: join(folder, `${name}-${runtime.name}-result.json`),
  };
  await writeFile(jobFile, JSON.stringify(job), { mode: 0o600 });
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  return { program: runtime.program, args: runtime.args, env: { ...inherited, REMESSA_BENCH_JOB: jobFile } };
}

async function untilMeter({ target }: OpenTarget, isReached: (reading: MeterReading) => boolean): Promise<MeterReading> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const reading = await readMeter(target);
    if (isReached(reading)) return reading;
    if (Date.now() > deadline) throw new Error(`After ${patienceMs / 1000} s only ${reading.uploadBytes} bytes have arrived`);
    await wait(lookMs);
  }
}
