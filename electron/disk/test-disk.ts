import { randomBytes, randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import type { TestReport, TestStep } from '../../shared/replies.ts';
import type { Upkeep } from '../upkeep/ports.ts';
import type { ObjectStorage } from '../uploads/ports.ts';
import { UploadError, toAppError } from '../uploads/upload-error.ts';
import { bodyOf } from './disk-examination.ts';
import { isAbsent, toDiskError } from './disk-errors.ts';
import { makeFolders } from './durable-files.ts';
import { lstatIfThere } from './key-path.ts';
import { removeEmptyFolders } from './place-file.ts';
import { type Disk, mustBeMounted } from './volume.ts';

const probeBytes = 64 * 1024;
/** Longest that trying may take, milliseconds; a stick that nobody has used for a while wakes up slowly. */
const patienceMs = 20_000;

/**
 * Proves that an upload to the folder would work: it is there or can be made, takes a file, gives it back as it was, and
 * lets go of it. The folder need not have been claimed, and is as it was afterwards; one that did not exist does not.
 */
export async function tryDisk(disk: Disk, storage: ObjectStorage, upkeep: Upkeep): Promise<TestReport> {
  const signal = AbortSignal.timeout(patienceMs);
  const key = `videos/.remessa-test-${randomUUID()}.mp4`;
  const bytes = randomBytes(probeBytes);
  const object = { key, size: probeBytes, contentType: 'video/mp4', uploadToken: randomUUID(), originalName: 'test.mp4' };
  const hadRoom = (await lstatIfThere(disk.room).catch(() => null)) !== null;
  const made: string[] = [];
  const tries: ReadonlyArray<readonly [TestStep['step'], () => Promise<void>]> = [
    ['reach', () => reach(disk, made)],
    ['write', async () => void (await storage.putObject(object, { body: bodyOf(bytes), signal, mustBeNew: true }))],
    ['read', () => compare(upkeep, key, bytes, signal)],
    ['delete', () => remove(storage, upkeep, key, signal)],
  ];
  const steps: TestStep[] = [];
  for (const [step, attempt] of tries) {
    const isReached = steps.every(({ state }) => state === 'passed');
    const error = isReached ? await outcomeOf(attempt, signal) : null;
    const state = !isReached ? 'skipped' : error === null ? 'passed' : 'failed';
    steps.push({ step, state, error: error === null ? null : toAppError(error) });
  }
  await tidy(disk, { hadRoom, made, key, upkeep });
  const passed = steps.every(({ state }) => state === 'passed');
  return { passed, steps, endpoint: disk.address.folder, clockBehindMs: null, region: null };
}

async function outcomeOf(attempt: () => Promise<void>, signal: AbortSignal): Promise<UploadError | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    return signal.aborted ? new UploadError('timeout') : toDiskError(error);
  }
}

/** A folder that was claimed is not made anew: its disk is not there. */
async function reach(disk: Disk, made: string[]): Promise<void> {
  const { folder, volumeId } = disk.address;
  if (volumeId !== null) return mustBeMounted(disk);
  try {
    if (!(await stat(folder)).isDirectory()) throw new UploadError('disk-missing');
  } catch (error) {
    if (!isAbsent(error)) throw error;
    await makeFolders(folder, made);
  }
}

async function compare(upkeep: Upkeep, key: string, bytes: Buffer, signal: AbortSignal): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const piece of (await upkeep.read(key, signal)).pieces) chunks.push(piece);
  if (!Buffer.concat(chunks).equals(bytes)) throw new UploadError('object-mismatch');
}

async function remove(storage: ObjectStorage, upkeep: Upkeep, key: string, signal: AbortSignal): Promise<void> {
  await upkeep.deleteObject(key, signal);
  if ((await storage.headObject(key, signal)) !== null) throw new UploadError('delete-unconfirmed');
}

/** With time of its own: when the test ran out of it, nothing must stay all the same. */
async function tidy(
  { address, room }: Disk,
  left: { readonly hadRoom: boolean; readonly made: readonly string[]; readonly key: string; readonly upkeep: Upkeep },
): Promise<void> {
  const isThere = (await lstatIfThere(room).catch(() => null)) !== null;
  if (isThere) await left.upkeep.deleteObject(left.key, AbortSignal.timeout(patienceMs)).catch(() => undefined);
  // A room that was not there before has only what the test put there.
  if (!left.hadRoom && address.volumeId === null) await rm(room, { recursive: true, force: true }).catch(() => undefined);
  await removeEmptyFolders(left.made);
}
