import { readFile, writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Measured } from './job.ts';

const MiB = 1024 * 1024;
/** How often the event loop is looked at, milliseconds. */
const loopTickMs = 5;
/** How often memory is looked at where the system keeps no peak, milliseconds. */
const memoryTickMs = 25;

/** Runs the work and says what it cost this process. */
export async function measure<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly measured: Measured }> {
  const memory = await watchMemory();
  const loop = monitorEventLoopDelay({ resolution: loopTickMs });
  loop.enable();
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  loop.disable();
  return {
    result,
    measured: {
      seconds,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      peakRssMiB: (await memory.peak()) / MiB,
      // The histogram holds the time between two looks: what is above the wanted time is delay.
      loopDelayMs: Math.max(0, loop.percentile(99) / 1e6 - loopTickMs),
    },
  };
}

/** The peak from now on: Linux keeps one per process and can be told to begin anew; elsewhere it is sampled. */
async function watchMemory(): Promise<{ readonly peak: () => Promise<number> }> {
  try {
    await writeFile('/proc/self/clear_refs', '5');
    return { peak: async () => highWaterMark(await readFile('/proc/self/status', 'utf8')) };
  } catch {
    return sampleMemory();
  }
}

function sampleMemory(): { readonly peak: () => Promise<number> } {
  let peak = 0;
  const look = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, memoryTickMs);
  return {
    peak: async () => {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

/** Bytes, from the text of /proc/<pid>/status. */
export const highWaterMark = (status: string): number => Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
