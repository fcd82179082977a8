import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { directDigests } from '../../electron/digest/file-digests.ts';
import { claimFolder, openDisk } from '../../electron/disk/open-disk.ts';
import type { ObjectStorage } from '../../electron/uploads/ports.ts';
import { filesIn } from './disk-stage.ts';
import type { DiskUploaderJob } from './disk-uploader-process.ts';
import { makeVideo, sha256 } from './sample-video.ts';
import { seededRandom } from './seeded-random.ts';

const patienceMs = 60_000;
const key = 'videos/video_1.mp4';
const patient = new AbortController().signal;
const filmedAt = new Date('2026-01-02T03:04:05Z');
const oldToken = 'token-of-the-old-one';

export interface DiskDrillOptions {
  /** The bundled disk-uploader-process. */
  readonly program: string;
  /** For videos and journals. */
  readonly scratch: string;
  /** Where the destinations' folders are made: the file system under test. */
  readonly root: string;
  /** Bytes of the video. */
  readonly size: number;
  /** Another object of the same size stands under the key. */
  readonly replaces: boolean;
  /** Kills, spread evenly over the walk; `all` of them. */
  readonly kills: number | 'all';
}

export interface DiskDrillReport {
  readonly places: number;
  readonly kills: number;
  /** A line for each thing that was not as it has to be. */
  readonly failures: readonly string[];
}

type Doom = NonNullable<DiskUploaderJob['diesAt']>;

/**
 * Kills an upload to a disk at the changes that it makes there, before each or with half of it done, and once more while
 * it mends what the first death left. After each death the disk has to be sound, and in the end the video has to be there.
 */
export async function diskDrill(options: DiskDrillOptions): Promise<DiskDrillReport> {
  const scene = await setScene(options);
  const dooms = await measure(scene);
  const random = seededRandom(20_261_122);
  const failures: string[] = [];
  let kills = 0;
  for (const [n, doom] of chosen(dooms, options.kills, random).entries()) {
    const job = await beginRun(scene, `run-${n}`);
    const second = { number: 1 + Math.floor(random() * 20), isTorn: random() < 0.5 };
    const note = (what: string | null): void => {
      if (what !== null) failures.push(`${what} (killed at ${JSON.stringify(doom)}, then at ${JSON.stringify(second)})`);
    };
    for (const diesAt of [doom, second]) {
      if ((await run(options.program, { ...job, diesAt })) !== 'killed') break;
      kills += 1;
      note(await unsound(scene, job));
    }
    const code = await run(options.program, job);
    note(code === 0 ? await undone(scene, job) : `ended with ${code}`);
    await rm(job.address.folder, { recursive: true });
  }
  return { places: dooms.length, kills, failures };
}

interface Scene {
  readonly options: DiskDrillOptions;
  readonly file: string;
  readonly hash: string;
  /** What stands under the key before; null: nothing. */
  readonly old: { readonly file: string; readonly hash: string } | null;
}

async function setScene(options: DiskDrillOptions): Promise<Scene> {
  const { scratch, size, replaces } = options;
  const file = await makeVideo(join(scratch, 'video_1.mp4'), size);
  // Finished long ago: nobody waits for whether more is coming.
  await utimes(file, filmedAt, filmedAt);
  const old = replaces ? await makeVideo(join(scratch, 'old.mp4'), size) : null;
  return { options, file, hash: await sha256(file), old: old === null ? null : { file: old, hash: await sha256(old) } };
}

async function beginRun({ options, file, old }: Scene, name: string): Promise<DiskUploaderJob> {
  const folder = join(options.root, name);
  const journalFolder = join(options.scratch, `${name}-journal`);
  await mkdir(journalFolder, { recursive: true });
  const { volumeId } = await claimFolder(folder);
  const job = { address: { folder, volumeId, quotaBytes: null, publicBaseUrl: null }, journalFolder, file, replaces: old !== null };
  if (old !== null) {
    const bytes = await readFile(old.file);
    const body = { size: bytes.length, sha256: null, crc64nvme: null, pieces: async function* pieces() { yield bytes; } };
    const object = { key, size: bytes.length, contentType: 'video/mp4', uploadToken: oldToken, originalName: 'old.mp4' };
    await storageOf(job).putObject(object, { body, signal: patient, mustBeNew: true });
  }
  return job;
}

const storageOf = ({ address }: Pick<DiskUploaderJob, 'address'>): ObjectStorage =>
  openDisk(address, { digests: directDigests(), appVersion: '0.0.0-test' }).storage;

/** `killed`, or the code of its exit. */
async function run(program: string, job: DiskUploaderJob): Promise<number | 'killed'> {
  const child = spawn(process.execPath, [program, JSON.stringify(job)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const limit = setTimeout(() => child.kill('SIGTERM'), patienceMs);
  await once(child, 'exit');
  clearTimeout(limit);
  return child.signalCode === 'SIGKILL' ? 'killed' : (child.exitCode ?? -1);
}

/** Every change that an undisturbed upload makes, as the places to die at. */
async function measure(scene: Scene): Promise<readonly Doom[]> {
  const job = await beginRun(scene, 'measured');
  const stepsFile = join(scene.options.scratch, 'steps');
  const code = await run(scene.options.program, { ...job, stepsFile });
  const problem = code === 0 ? await undone(scene, job) : `ended with ${code}`;
  if (problem !== null) throw new Error(`An upload that nobody disturbs: ${problem}`);
  const steps = (await readFile(stepsFile, 'utf8')).trim().split('\n');
  await rm(job.address.folder, { recursive: true });
  return steps.flatMap((step, index) => {
    const whole = { number: index + 1, isTorn: false };
    return step.endsWith(' torn') ? [whole, { ...whole, isTorn: true }] : [whole];
  });
}

/** Chance decides which of the neighbours. */
function chosen(dooms: readonly Doom[], kills: number | 'all', random: () => number): readonly Doom[] {
  if (kills === 'all') return dooms;
  const count = Math.min(kills, dooms.length);
  return Array.from({ length: count }, (_, n) => dooms[Math.floor(((n + random()) * dooms.length) / count)] ?? whole);
}
const whole: Doom = { number: 1, isTorn: false };

/** A whole video or none, and nothing vouches for what is not so; null: it is sound. */
async function unsound({ hash, old }: Scene, job: DiskUploaderJob): Promise<string | null> {
  const path = join(job.address.folder, key);
  const visible = await filesIn(job.address.folder, (name) => name !== '.remessa');
  const others = visible.filter((file) => file !== key && file !== 'videos/');
  if (others.length > 0) return `beside it: ${others.join(', ')}`;
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return old === null ? null : 'the old one is gone';
  const found = await sha256(path);
  if (found !== hash && found !== old?.hash) return 'neither the old nor the new one';
  const told = await storageOf(job).headObject(key, patient);
  if (told === null) return 'not found';
  const isOld = found === old?.hash;
  if (told.uploadToken !== null && isOld !== (told.uploadToken === oldToken)) return 'taken for the other one';
  return isOld && told.uploadToken === null ? 'the old one is not known any more' : null;
}

/** The video is there, once and with nothing beside it; null: so it is. */
async function undone({ hash }: Scene, job: DiskUploaderJob): Promise<string | null> {
  const { folder } = job.address;
  const visible = await filesIn(folder, (name) => name !== '.remessa');
  if (visible.join() !== key) return `there is ${visible.join(', ')}`;
  if ((await sha256(join(folder, key))) !== hash) return 'another video';
  const told = await storageOf(job).headObject(key, patient);
  if (told === null || told.uploadToken === null || told.uploadToken === oldToken) return 'not known';
  if (told.crc64nvme === null) return 'without a checksum';
  const ours = (await filesIn(join(folder, '.remessa'))).join();
  return /^destination\.json,objects\/[0-9a-f]{2}\/[0-9a-f]{64}\.json,uploads\/$/.test(ours) ? null : `left: ${ours}`;
}
