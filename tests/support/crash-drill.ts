import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { bundleForNode } from './bundle-node.ts';
import { makeVideo, sha256 } from './sample-video.ts';
import type { S3Target } from './s3-target.ts';
import { seededRandom } from './seeded-random.ts';
import type { UploaderJob } from './uploader-job.ts';

const uploader = fileURLToPath(new URL('./uploader-process.ts', import.meta.url));
const partsInParallel = 4;
const partSize = 5 * MiB;

export interface DrillOptions {
  readonly target: S3Target;
  /** Scratch space. */
  readonly folder: string;
  /** Kills that hit a running upload; some uploads take several, some none. */
  readonly kills: number;
  readonly seed: number;
  /** Bytes of the video. */
  readonly size: number;
}

export interface DrillReport {
  readonly runs: number;
  /** Kills that hit a running upload, not one that had just ended. */
  readonly kills: number;
  readonly wrongObjects: number;
  readonly lostUploads: number;
  /** Bytes that arrived in parts beyond the file and the parts in flight at each kill. */
  readonly resentBytes: number;
  readonly orphans: number;
}

/**
 * Starts the engine in a process of its own, kills it with SIGKILL at a moment that the seed decides, starts it again,
 * and looks at the bucket when it says that it is done; again and again.
 */
export async function crashDrill({ target, folder, kills, seed, size }: DrillOptions): Promise<DrillReport> {
  const random = seededRandom(seed);
  const program = await bundleForNode(uploader);
  const file = await makeVideo(join(folder, 'video_1.mp4'), size);
  const expected = await sha256(file);
  const report = { runs: 0, kills: 0, wrongObjects: 0, lostUploads: 0, resentBytes: 0, orphans: 0 };
  try {
    const usual = await timeOf(() => runOnce(program, jobFor(target, folder, file, 'measure')));
    await target.deleteObject('videos/video_1.mp4');
    while (report.kills < kills && report.runs < 2 * kills) {
      report.runs += 1;
      const job = jobFor(target, folder, file, `run-${report.runs}`);
      await mkdir(job.journalFolder, { recursive: true });
      const before = target.receivedPartBytes();
      // One to three kills; each somewhere between the start of the process and a little behind its usual end.
      const tries = 1 + Math.floor(random() * 3);
      let killed = 0;
      for (let n = 0; n < tries; n += 1) killed += Number(await killAt(program, job, random() * usual * 1.1));
      const code = await runOnce(program, job);
      report.kills += killed;
      if (code !== 0) report.lostUploads += 1;
      else if ((await target.objectSha256('videos/video_1.mp4')) !== expected) report.wrongObjects += 1;
      const allowed = size + killed * partsInParallel * partSize;
      report.resentBytes += Math.max(0, target.receivedPartBytes() - before - allowed);
      report.orphans += await target.unfinishedUploads();
      await target.deleteObject('videos/video_1.mp4');
      await rm(job.journalFolder, { recursive: true });
    }
    return report;
  } finally {
    await rm(dirname(program), { recursive: true, force: true });
  }
}

function jobFor(target: S3Target, folder: string, file: string, name: string): UploaderJob {
  return {
    ...target.open(),
    journalFolder: join(folder, name),
    file,
    logFile: join(folder, 'drill.log'),
    partsInParallel,
  };
}

/** Returns true when the kill hit a process that was still at work. */
async function killAt(program: string, job: UploaderJob, ms: number): Promise<boolean> {
  const child = start(program, job);
  const exited = once(child, 'exit');
  const ended = await Promise.race([exited.then(() => true), wait(ms).then(() => false)]);
  if (!ended) child.kill('SIGKILL');
  await exited;
  return !ended;
}

async function runOnce(program: string, job: UploaderJob): Promise<number> {
  const child = start(program, job);
  const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
  await once(child, 'exit');
  clearTimeout(limit);
  return child.exitCode ?? -1;
}

const start = (program: string, job: UploaderJob) =>
  spawn(process.execPath, [program, JSON.stringify(job)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** What the engine had to say in the drill, for a report of a failure. */
export const drillLog = (folder: string): Promise<string> =>
  readFile(join(folder, 'drill.log'), 'utf8').catch(() => '');
