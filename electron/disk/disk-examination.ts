import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Check, Examination, Finding, Upkeep } from '../upkeep/ports.ts';
import { MiB } from '../uploads/part-plan.ts';
import type { ObjectDescription, ObjectStorage, RequestBody } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { translated } from './disk-errors.ts';
import { makeFolder, withFile } from './durable-files.ts';
import { roomOf, usedBytes } from './find-room.ts';
import { pathOfKey } from './key-path.ts';
import { examineAddress, publicAddress } from './public-address.ts';
import { type Disk, mustBeMounted } from './volume.ts';
import { checksumOfRange, writePieces } from './write-body.ts';

const probeBytes = 64 * 1024;
const partBytes = MiB;
/** Where the range begins that is read by itself, and its bytes. */
const range = { start: 1_000, size: 2_000 };
const speedBytes = 16 * MiB;
/** Less free room than this is worth a warning. */
const littleBytes = 10e9;

/** What the checks have put there, for those that follow and for the cleaning up. */
interface Probe {
  readonly key: string;
  readonly bytes: Buffer;
  /** Something may lie there. */
  isUsed: boolean;
  /** Of the upload in parts; null: none is open. */
  uploadId: string | null;
}

interface Scene {
  readonly disk: Disk;
  readonly storage: ObjectStorage;
  readonly upkeep: Upkeep;
  readonly probe: Probe;
}

/** The configuration check of a disk. Everything is tried the way uploads do it. */
export function diskExamination(disk: Disk, storage: ObjectStorage, upkeep: Upkeep): Examination {
  const key = `videos/.remessa-check-${randomUUID()}.mp4`;
  const scene: Scene = { disk, storage, upkeep, probe: { key, bytes: randomBytes(probeBytes), isUsed: false, uploadId: null } };
  const check = (name: Check['name'], needs: Check['needs'], run: (scene: Scene, signal: AbortSignal) => Promise<Finding>) => ({
    name,
    needs,
    // Nobody gives a person permissions for a folder one by one.
    permission: null,
    run: (signal: AbortSignal): Promise<Finding> => translated(signal, () => run(scene, signal)),
  });
  return {
    checks: [
      check('settings', [], settings),
      check('folder', ['settings'], folder),
      check('space', ['folder'], space),
      check('put', ['folder'], put),
      check('get', ['put'], get),
      check('range', ['put'], part),
      check('multipart', ['folder'], multipart),
      check('checksum', ['put'], checksum),
      check('conditional', ['put'], conditional),
      check('public-url', ['put'], address),
      check('file-size', ['folder'], fileSize),
      check('speed', ['put'], speed),
      check('delete', ['put'], remove),
    ],
    cleanUp: (signal) => translated(signal, () => cleanUp(scene, signal)),
  };
}

async function cleanUp(scene: Scene, signal: AbortSignal): Promise<void> {
  const { storage, upkeep, probe } = scene;
  // A folder that nothing was put into is not to be touched: it may not even be ours.
  if (!probe.isUsed) return;
  if (probe.uploadId !== null) await storage.abortMultipartUpload(probe.key, probe.uploadId, signal);
  await rm(speedFile(scene), { force: true });
  await upkeep.deleteObject(probe.key, signal);
  probe.uploadId = null;
  probe.isUsed = false;
}

const passed: Finding = { state: 'passed' };

async function settings({ disk: { address: given } }: Scene): Promise<Finding> {
  const isComplete = isAbsolute(given.folder) && given.volumeId !== null;
  return isComplete ? passed : { state: 'failed', problem: 'incomplete' };
}

async function folder({ disk }: Scene): Promise<Finding> {
  await mustBeMounted(disk);
  return passed;
}

async function space({ disk }: Scene, signal: AbortSignal): Promise<Finding> {
  const { freeBytes } = await roomOf(disk);
  const { quotaBytes } = disk.address;
  const used = quotaBytes === null ? null : await usedBytes(disk, signal);
  const facts = { freeBytes, ...(quotaBytes === null || used === null ? {} : { quotaBytes, usedBytes: used }) };
  if (quotaBytes !== null && used !== null && used >= quotaBytes) return { state: 'warned', problem: 'over-quota', facts };
  return freeBytes < littleBytes ? { state: 'warned', problem: 'space-low', facts } : { state: 'passed', facts };
}

async function put(scene: Scene, signal: AbortSignal): Promise<Finding> {
  const { key, bytes } = scene.probe;
  scene.probe.isUsed = true;
  await scene.storage.putObject(describe(key, bytes.length), { body: bodyOf(bytes), signal, mustBeNew: true });
  return passed;
}

async function get({ upkeep, probe: { key, bytes } }: Scene, signal: AbortSignal): Promise<Finding> {
  const chunks: Uint8Array[] = [];
  for await (const piece of (await upkeep.read(key, signal)).pieces) chunks.push(piece);
  return Buffer.concat(chunks).equals(bytes) ? passed : { state: 'failed', problem: 'wrong-content' };
}

async function part({ disk, probe: { key, bytes } }: Scene): Promise<Finding> {
  const { path } = await pathOfKey(disk, key);
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(range.size), 0, range.size, range.start);
    const isSame = buffer.subarray(0, bytesRead).equals(bytes.subarray(range.start, range.start + range.size));
    return isSame ? passed : { state: 'failed', problem: 'wrong-content' };
  } finally {
    await file.close();
  }
}

async function multipart(scene: Scene, signal: AbortSignal): Promise<Finding> {
  const { storage, probe: ours } = scene;
  const { key } = ours;
  ours.isUsed = true;
  const body = bodyOf(randomBytes(partBytes));
  const { uploadId } = await storage.createMultipartUpload(describe(key, partBytes), signal);
  ours.uploadId = uploadId;
  const { etag } = await storage.uploadPart({ key, uploadId, partNumber: 1, offset: 0, body, signal });
  const listed = await storage.listParts(key, uploadId, signal);
  if (!listed.some((one) => one.partNumber === 1 && one.etag === etag)) return { state: 'failed', problem: 'not-listed' };
  await storage.abortMultipartUpload(key, uploadId, signal);
  const left = await storage.listUnfinished(key, signal);
  if (left.some((one) => one.uploadId === uploadId)) return { state: 'failed', problem: 'still-there' };
  ours.uploadId = null;
  return passed;
}

async function checksum({ disk, storage, probe: { key, bytes } }: Scene, signal: AbortSignal): Promise<Finding> {
  const kept = (await storage.headObject(key, signal))?.crc64nvme ?? null;
  const { path } = await pathOfKey(disk, key);
  const found = await checksumOfRange(disk.digests, { path, start: 0, size: bytes.length }, signal);
  return kept === found ? passed : { state: 'failed', problem: 'no-checksum' };
}

async function conditional({ storage, probe: { key, bytes } }: Scene, signal: AbortSignal): Promise<Finding> {
  try {
    await storage.putObject(describe(key, bytes.length), { body: bodyOf(bytes), signal, mustBeNew: true });
  } catch (error) {
    if (error instanceof UploadError && error.code === 'object-exists') return passed;
    throw error;
  }
  return { state: 'failed', problem: 'overwrites' };
}

async function address({ disk, probe: { key, bytes } }: Scene, signal: AbortSignal): Promise<Finding> {
  const { publicBaseUrl } = disk.address;
  if (publicBaseUrl === null) return { state: 'skipped', problem: 'no-public-url' };
  return examineAddress(publicAddress(publicBaseUrl, key), bytes.subarray(0, 1_024), signal);
}

async function fileSize({ disk }: Scene): Promise<Finding> {
  return (await roomOf(disk)).isFat ? { state: 'warned', problem: 'small-files-only' } : passed;
}

async function speed(scene: Scene, signal: AbortSignal): Promise<Finding> {
  const path = speedFile(scene);
  await makeFolder(scene.disk.uploads);
  const begun = performance.now();
  try {
    await withFile(path, 'wx', signal, (file) => writePieces(file, noise(), { position: 0, size: speedBytes, signal }));
    const seconds = (performance.now() - begun) / 1000;
    return { state: 'passed', facts: { bytesPerSecond: Math.round(speedBytes / seconds) } };
  } finally {
    await rm(path, { force: true });
  }
}

/** A name that is no upload's. */
const speedFile = ({ disk, probe: { key } }: Scene): string => join(disk.uploads, `speed-${key.slice(-20)}`);

/** Some disks save themselves the writing of zeros. */
async function* noise(): AsyncGenerator<Uint8Array> {
  const piece = randomBytes(MiB);
  for (let done = 0; done < speedBytes; done += piece.length) yield piece;
}

async function remove({ storage, upkeep, probe: { key } }: Scene, signal: AbortSignal): Promise<Finding> {
  await upkeep.deleteObject(key, signal);
  return (await storage.headObject(key, signal)) === null ? passed : { state: 'failed', problem: 'still-there' };
}

const describe = (key: string, size: number): ObjectDescription => ({
  key,
  size,
  contentType: 'video/mp4',
  uploadToken: randomUUID(),
  originalName: 'check.mp4',
});

export const bodyOf = (bytes: Uint8Array): RequestBody => ({
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  crc64nvme: null,
  pieces: async function* pieces() {
    yield bytes;
  },
});
