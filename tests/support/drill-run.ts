import { copyFile, mkdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { changeFile } from './change-file.ts';
import type { FileChange, Trouble } from './drill-plan.ts';
import { sha256 } from './sample-video.ts';
import type { S3Target } from './s3-target.ts';
import { type Ended, runFor, startUploader } from './uploader-child.ts';
import { type UploaderJob, exitCodes } from './uploader-job.ts';

export const partSize = 5 * 1024 * 1024;
export const partsInParallel = 4;
/** The drill is about order, not about patience. */
const haste = 5;
/** A whole second: it can be given back to the file exactly. */
const filmedAt = new Date('2026-01-02T03:04:05Z');

export interface DrillScene {
  readonly target: S3Target;
  readonly folder: string;
  readonly program: string;
  /** The video as it was; each run begins with a copy of it. */
  readonly pristine: string;
  /** Milliseconds that an undisturbed upload takes, with the start of its process. */
  readonly usualMs: number;
}

/** What happened in a run, and what came of it. */
export interface RunFacts {
  kills: { atStep: number; atRandom: number };
  networkCuts: number;
  fullDisks: number;
  fileChanges: number;
  isLost: boolean;
  isWrong: boolean;
  /** Bytes that arrived in parts beyond the file and the parts that were in flight at each trouble. */
  resentBytes: number;
  orphans: number;
}

/** One video, from the drop to the end, through everything that was planned for it. */
export class DrillRun {
  readonly #scene: DrillScene;
  readonly #file: string;
  readonly #facts: RunFacts = {
    kills: { atStep: 0, atRandom: 0 }, networkCuts: 0, fullDisks: 0, fileChanges: 0,
    isLost: false, isWrong: false, resentBytes: 0, orphans: 0,
  };
  #job: UploaderJob;
  /** What may stand in the bucket, by SHA-256: only ever a version that the file had as a whole. */
  #versions: readonly string[] = [];
  /** Bytes that may arrive without anything having been sent in vain. */
  #allowance = 0;

  constructor(scene: DrillScene, number: number) {
    this.#scene = scene;
    const home = join(scene.folder, `run-${number}`);
    this.#file = join(home, 'video_1.mp4');
    this.#job = jobFor(scene, home, this.#file);
  }

  async play(troubles: readonly Trouble[]): Promise<RunFacts> {
    const { target, pristine } = this.#scene;
    await mkdir(this.#job.journalFolder, { recursive: true });
    await this.#restoreFile();
    this.#versions = [await sha256(pristine)];
    this.#allowance = await sizeOf(this.#file);
    const before = target.receivedPartBytes();
    for (const trouble of troubles) {
      // Nothing can happen any more to an upload that is through.
      if ((await this.#play(trouble)) === exitCodes.completed) break;
    }
    const code = await startUploader(this.#scene.program, this.#job).ended;
    const object = await objectOf(target);
    this.#facts.isLost = code !== exitCodes.completed || object === null;
    if (object !== null && !this.#versions.includes(object)) this.#facts.isWrong = true;
    this.#facts.resentBytes = Math.max(0, target.receivedPartBytes() - before - this.#allowance);
    this.#facts.orphans = await target.unfinishedUploads();
    await this.#tidy();
    return this.#facts;
  }

  async #play(trouble: Trouble): Promise<Ended> {
    const { program, usualMs, target } = this.#scene;
    if (trouble.kind === 'file-changed') return this.#changeFile(trouble);
    if (trouble.kind === 'die-at-step') {
      const ended = await startUploader(program, { ...this.#job, diesAt: trouble.step }).ended;
      return this.#countKill('atStep', ended);
    }
    if (trouble.kind === 'disk-full') {
      const { fromWrite, ms } = trouble;
      const ended = await startUploader(program, { ...this.#job, fullDisk: { fromWrite, ms } }).ended;
      this.#facts.fullDisks += 1;
      // Every write that fails takes the parts in flight with it, and the disk stays full for more than one of them.
      this.#inFlight(1 + Math.ceil((ms * haste) / 5_000));
      return ended;
    }
    const uploader = startUploader(program, this.#job);
    await runFor(uploader, trouble.at * usualMs);
    if (trouble.kind === 'die-at-random') {
      uploader.kill();
      return this.#countKill('atRandom', await uploader.ended);
    }
    await target.proxy.offline(true);
    await wait(trouble.ms);
    await target.proxy.offline(false);
    this.#facts.networkCuts += 1;
    this.#inFlight(1);
    return uploader.ended;
  }

  #countKill(kind: keyof RunFacts['kills'], ended: Ended): Ended {
    if (ended === 'killed') {
      this.#facts.kills[kind] += 1;
      this.#inFlight(1);
    }
    return ended;
  }

  #inFlight(times: number): void {
    this.#allowance += times * partsInParallel * partSize;
  }

  /** The upload has to stop, unless it was through; then either content may come, and never a mixture. */
  async #changeFile(change: FileChange): Promise<Ended> {
    const { target } = this.#scene;
    const [old = ''] = this.#versions;
    const code = await this.#runAndChange(change);
    this.#facts.fileChanges += 1;
    this.#inFlight(1);
    const changed = await sha256(this.#file);
    const object = await objectOf(target);
    this.#versions = [old, changed];
    if (object !== null && !this.#versions.includes(object)) this.#facts.isWrong = true;
    if (code !== exitCodes.sourceChanged) return code;
    this.#versions = [change.remedy === 'restore' ? old : changed];
    if (change.remedy === 'restore') await this.#restoreFile();
    else this.#allowance += await sizeOf(this.#file);
    this.#job = { ...this.#job, onStopped: change.remedy === 'restore' ? 'retry' : 'restart' };
    return code;
  }

  async #runAndChange({ how, when, at, look }: FileChange): Promise<Ended> {
    const { program, usualMs } = this.#scene;
    const isReading = when === 'reading';
    if (when === 'away') changeFile(this.#file, how);
    const job = isReading ? { ...this.#job, changesFile: { afterLook: look, how } } : this.#job;
    const uploader = startUploader(program, job);
    if (when === 'running') {
      await runFor(uploader, at * usualMs);
      changeFile(this.#file, how);
    }
    return uploader.ended;
  }

  async #restoreFile(): Promise<void> {
    await copyFile(this.#scene.pristine, this.#file);
    await utimes(this.#file, filmedAt, filmedAt);
  }

  async #tidy(): Promise<void> {
    const { target } = this.#scene;
    await target.deleteObject(videoKey);
    await rm(dirname(this.#file), { recursive: true });
  }
}

export const videoKey = 'videos/video_1.mp4';

export function jobFor({ target, folder }: Pick<DrillScene, 'target' | 'folder'>, home: string, file: string): UploaderJob {
  const logFile = join(folder, 'drill.log');
  return { ...target.open(), journalFolder: join(home, 'journal'), file, logFile, partsInParallel, haste };
}

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;

/** Null where there is none. */
const objectOf = (target: S3Target): Promise<string | null> => target.objectSha256(videoKey).catch(() => null);
