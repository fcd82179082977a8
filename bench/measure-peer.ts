import { readFile, readdir } from 'node:fs/promises';
import type { Measured } from './job.ts';
import { highWaterMark } from './measure.ts';
import type { Peer, PeerJob } from './peers.ts';
import { runToEnd } from './processes.ts';

const MiB = 1024 * 1024;
const memoryTickMs = 50;

/** Runs another program and says what it cost, its own start included: nobody gets a transfer without it. */
export async function measurePeer(peer: Peer, job: PeerJob): Promise<Measured> {
  const { args, env } = await peer.command(job);
  const { PATH, HOME, LANG } = process.env;
  let peak = 0;
  let timer: NodeJS.Timeout | undefined;
  const began = performance.now();
  const command = {
    program: 'bash',
    // `time` counts the command with everything that it starts.
    args: ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bench', ...args],
    env: { PATH, HOME, LANG, ...env },
  };
  const said = await runToEnd(command, (pid) => {
    timer = setInterval(() => void peakOfFamily(pid).then((bytes) => (peak = Math.max(peak, bytes))), memoryTickMs);
  }).finally(() => clearInterval(timer));
  const seconds = (performance.now() - began) / 1000;
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(said) ?? [];
  return { seconds, cpuSeconds: Number(user) + Number(system), peakRssMiB: peak / MiB, loopDelayMs: null };
}

/** Sum of the peaks of a process and its descendants. */
async function peakOfFamily(pid: number): Promise<number> {
  try {
    const own = highWaterMark(await readFile(`/proc/${pid}/status`, 'utf8'));
    const threads = await readdir(`/proc/${pid}/task`);
    let sum = own;
    for (const thread of threads) {
      const children = await readFile(`/proc/${pid}/task/${thread}/children`, 'utf8');
      for (const child of children.split(' ').filter((text) => text !== '')) sum += await peakOfFamily(Number(child));
    }
    return sum;
  } catch {
    // It has ended between two looks.
    return 0;
  }
}
