import { setTimeout as wait } from 'node:timers/promises';
import type { Target } from '../job.ts';
import type { MeterSample } from '../meter.ts';
import { startWitness } from '../processes.ts';
import { readMeter, resetMeter } from '../target.ts';
import type { RivalJob, RivalReport } from './rival.ts';
import type { RivalWish } from './rival-wish.ts';

/** One upload with somebody else on the link, second by second. */
export interface Trace {
  /** What arrived at the server, by this computer's clock. */
  readonly samples: readonly MeterSample[];
  readonly wish: RivalWish;
  readonly rival: RivalReport;
}

const lookMs = 100;

/** Lets the rival begin with the first byte of the upload, and tells in the end what happened. */
export async function watchWithRival(
  target: Target,
  wish: RivalWish,
  program: string,
): Promise<{ readonly end: () => Promise<Trace> }> {
  await resetMeter(target);
  const stop = new AbortController();
  const { hostname, port } = new URL(target.endpoint);
  const job: RivalJob = { ...wish, host: hostname, port: Number(port) + 1 };
  const witness = (async () => {
    while ((await readMeter(target)).firstByteAt === null) await wait(lookMs, undefined, { signal: stop.signal });
    return startWitness(program, [JSON.stringify(job)]);
  })();
  witness.catch(() => undefined);
  return {
    end: async () => {
      stop.abort();
      const asked = Date.now();
      const { samples, now } = await readMeter(target);
      // Half of the round trip lies between the server's look at its clock and ours.
      const ahead = now - (asked + Date.now()) / 2;
      const rival = JSON.parse(await (await witness).report()) as RivalReport;
      const ownClock = samples.map(([at, uploaded, taken]): MeterSample => [at - ahead, uploaded, taken]);
      return { samples: ownClock, wish, rival };
    },
  };
}

/** Links that change do it by their own clock; an upload that is to see all of it begins at a given second. */
export async function waitForAge(target: Target, seconds: number): Promise<void> {
  const { ageMs } = await readMeter(target);
  if (ageMs > seconds * 1000) throw new Error(`The server is ${(ageMs / 1000).toFixed(0)} s old already`);
  await wait(seconds * 1000 - ageMs);
}
