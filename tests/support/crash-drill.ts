import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Trouble, planRun, troubleName } from './drill-plan.ts';
import { DrillRun, type DrillScene, type RunFacts, jobFor, partSize, videoKey } from './drill-run.ts';
import { type Walk, walkFrom } from './journal-steps.ts';
import { makeVideo } from './sample-video.ts';
import type { S3Target } from './s3-target.ts';
import { seededRandom } from './seeded-random.ts';
import { bundleUploader, startUploader } from './uploader-child.ts';

export interface DrillOptions {
  readonly target: S3Target;
  /** Scratch space. */
  readonly folder: string;
  readonly runs: number;
  readonly seed: number;
  /** Bytes of the video. */
  readonly size: number;
  /** Told after each run. */
  readonly onRun?: (number: number, report: DrillReport) => void;
}

export interface DrillReport {
  readonly runs: number;
  /** Kills that hit a running upload, not one that had just ended. */
  readonly kills: number;
  readonly killsAtSteps: number;
  readonly killsAtRandom: number;
  /** Steps of the journal at which the process has died in a first start, of all that there are. */
  readonly stepsWalked: number;
  readonly steps: number;
  readonly networkCuts: number;
  readonly fullDisks: number;
  readonly fileChanges: number;
  readonly wrongObjects: number;
  readonly lostUploads: number;
  /** Parts that arrived beyond the file and those in flight at each trouble. */
  readonly resentParts: number;
  /** Unfinished uploads in the bucket after the end of an upload. */
  readonly orphans: number;
  /** A line for each run that went wrong, with all that happened in it. */
  readonly failures: readonly string[];
}

/**
 * Starts the engine in a process of its own and lets things happen to it: SIGKILL at every step of its journal and at
 * any other moment, no network, a full disk, a file that changes. Starts it again until it says that it is done, and
 * looks at the bucket.
 */
export async function crashDrill({ target, folder, runs, seed, size, onRun }: DrillOptions): Promise<DrillReport> {
  const random = seededRandom(seed);
  const program = await bundleUploader();
  try {
    const pristine = await makeVideo(join(folder, 'pristine.mp4'), size);
    const { walk, usualMs } = await measure({ target, folder, program, pristine });
    let report: DrillReport = { ...nothingYet, steps: walk.steps.length };
    for (let number = 0; number < runs; number += 1) {
      const troubles = planRun(number, walk, random);
      const facts = await new DrillRun({ target, folder, program, pristine, usualMs }, number).play(troubles);
      report = withRun(report, facts, troubles);
      onRun?.(number + 1, report);
    }
    return report;
  } finally {
    await rm(dirname(program), { recursive: true, force: true });
  }
}

const nothingYet: DrillReport = {
  runs: 0, kills: 0, killsAtSteps: 0, killsAtRandom: 0, stepsWalked: 0, steps: 0, networkCuts: 0, fullDisks: 0,
  fileChanges: 0, wrongObjects: 0, lostUploads: 0, resentParts: 0, orphans: 0, failures: [],
};

/** One upload that nobody disturbs: how long it takes, and every step of its journal. */
async function measure(scene: Omit<DrillScene, 'usualMs'>): Promise<{ readonly walk: Walk; readonly usualMs: number }> {
  const { target, folder, program, pristine } = scene;
  const home = join(folder, 'measure');
  await mkdir(home, { recursive: true });
  const stepsFile = join(home, 'steps');
  const file = join(home, 'video_1.mp4');
  await copyFile(pristine, file);
  const job = jobFor(scene, home, file);
  const from = performance.now();
  const ended = await startUploader(program, { ...job, stepsFile }).ended;
  if (ended !== 0) throw new Error(`An upload that nobody disturbs ends with ${ended}: ${await drillLog(folder)}`);
  const usualMs = performance.now() - from;
  await target.deleteObject(videoKey);
  return { walk: walkFrom((await readFile(stepsFile, 'utf8')).trim().split('\n')), usualMs };
}

function withRun(report: DrillReport, facts: RunFacts, troubles: readonly Trouble[]): DrillReport {
  const { kills, isWrong, isLost, orphans } = facts;
  const runs = report.runs + 1;
  const resentParts = Math.ceil(facts.resentBytes / partSize);
  const isBad = isWrong || isLost || resentParts > 0 || orphans > 0;
  const bad = Object.entries({ wrong: isWrong, lost: isLost, resent: resentParts > 0, orphan: orphans > 0 });
  const failure = `run ${runs}: ${bad.flatMap(([name, is]) => (is ? [name] : [])).join(', ')} (${troubles.map(troubleName).join('; ')})`;
  return {
    runs,
    kills: report.kills + kills.atStep + kills.atRandom,
    killsAtSteps: report.killsAtSteps + kills.atStep,
    killsAtRandom: report.killsAtRandom + kills.atRandom,
    stepsWalked: report.stepsWalked + Number(runs <= report.steps && kills.atStep > 0),
    steps: report.steps,
    networkCuts: report.networkCuts + facts.networkCuts,
    fullDisks: report.fullDisks + facts.fullDisks,
    fileChanges: report.fileChanges + facts.fileChanges,
    wrongObjects: report.wrongObjects + Number(isWrong),
    lostUploads: report.lostUploads + Number(isLost),
    resentParts: report.resentParts + resentParts,
    orphans: report.orphans + orphans,
    failures: isBad ? [...report.failures, failure] : report.failures,
  };
}

/** What the engine had to say in the drill, for a report of a failure. */
export const drillLog = (folder: string): Promise<string> =>
  readFile(join(folder, 'drill.log'), 'utf8').catch(() => '');
