import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { UploadError } from '../uploads/upload-error.ts';
import { isAbsent } from './disk-errors.ts';
import { unlessAborted, withFile } from './durable-files.ts';
import { pathOfKey, statObject } from './key-path.ts';
import { placeFile } from './place-file.ts';
import { type ObjectFacts, readFacts, writeFacts } from './sidecar.ts';
import { type Staging, type UploadNote, readNote, readSealed, removeStaging, stagingsOfKey, writeSealed } from './staging.ts';
import type { Disk } from './volume.ts';

/**
 * FAT keeps even seconds, network disks round to a second long after the file was closed: the time by which a file is
 * recognised is one that all of them keep. Milliseconds.
 */
const timeStep = 2_000;
/** Tries to give a file another time than the one that it replaces. */
const timeTries = 3;

export interface Finish {
  readonly note: UploadNote;
  /** Of the whole, proved by reading back. */
  readonly crc64nvme: string;
  readonly mustBeNew: boolean;
  readonly signal: AbortSignal;
}

/**
 * Makes an object of bytes that are whole. In this order, so that a crash can come at any moment: the bytes are flushed;
 * `sealed.json` says what they are; a link or a rename brings them to the key; the sidecar says it of the object; the
 * upload's folder goes. Between any two of them `settle` finds out how far it got. Rejects with `object-exists`.
 */
export async function finishObject(disk: Disk, staging: Staging, finish: Finish): Promise<ObjectFacts> {
  const { note, mustBeNew, signal } = finish;
  const { path } = await pathOfKey(disk, note.key);
  // Of the same size and time as the old one it would be taken for that, as long as the sidecar is the old one's.
  const old = await statObject(path);
  const facts = await withFile(staging.data, 'r+', signal, async (file) => {
    const mtimeMs = await settleFile(file, { size: note.size, unlike: old }, signal);
    return factsOf(staging, finish, mtimeMs);
  });
  await writeSealed(staging, facts);
  signal.throwIfAborted();
  await placeFile(staging, () => pathOfKey(disk, note.key), mustBeNew);
  await record(disk, staging, { key: note.key, facts });
  return facts;
}

/** The last two steps. Whoever looks at the object meanwhile may do them at the same time. */
async function record(
  disk: Disk,
  staging: Staging,
  { key, facts }: { readonly key: string; readonly facts: ObjectFacts },
): Promise<void> {
  try {
    await writeFacts(disk, key, facts, staging.folder);
  } catch (error) {
    // The folder is gone, since somebody else was through.
    if (!isAbsent(error) || (await readFacts(disk, key, facts)) === null) throw error;
  }
  await removeStaging(staging);
}

const factsOf = ({ uploadId }: Staging, { note, crc64nvme }: Finish, mtimeMs: number): ObjectFacts => ({
  size: note.size,
  mtimeMs,
  // The same content has the same one, as in a bucket.
  etag: Buffer.from(crc64nvme, 'base64').toString('hex'),
  crc64nvme,
  uploadToken: note.uploadToken,
  contentType: note.contentType,
  originalName: note.originalName,
  appVersion: note.appVersion,
  uploadId,
});

async function settleFile(
  file: FileHandle,
  { size, unlike }: { readonly size: number; readonly unlike: { readonly size: number; readonly mtimeMs: number } | null },
  signal: AbortSignal,
): Promise<number> {
  if ((await file.stat()).size !== size) await file.truncate(size);
  // So far back that whoever writes into it later leaves another one, however coarse.
  let at = Math.floor(Date.now() / timeStep) * timeStep - timeStep;
  for (let tries = 1; ; tries += 1) {
    // Where times cannot be set, the one that the file has must do.
    await file.utimes(at / 1000, at / 1000).catch(() => undefined);
    await unlessAborted(signal, file.sync());
    const found = await file.stat();
    if (found.size !== size) throw new UploadError('object-mismatch');
    if (unlike?.size !== size || unlike.mtimeMs !== found.mtimeMs || tries === timeTries) return found.mtimeMs;
    at = unlike.mtimeMs - timeStep;
  }
}

/**
 * The facts of an upload whose bytes stand under their key already: a crash came before its folder was removed. Null where
 * it was not placed, or something else stands there since.
 */
async function factsIfPlaced(disk: Disk, staging: Staging): Promise<ObjectFacts | null> {
  const facts = await readSealed(staging);
  const note = facts === null ? null : await readNote(staging);
  if (facts === null || note === null) return null;
  const { path } = await pathOfKey(disk, note.key);
  const [object, data, file] = [await identityOf(path), await identityOf(staging.data), await statObject(path)];
  // Where there are links, the two are one file. Where there are none, the bytes have left the upload's folder.
  const isOne = object !== null && (data === null || (data.ino === object.ino && data.dev === object.dev));
  return isOne && file?.size === facts.size && file.mtimeMs === facts.mtimeMs ? facts : null;
}

/** Completes what a crash cut off behind the placing. Null where there is nothing to complete. */
export async function settle(disk: Disk, staging: Staging): Promise<ObjectFacts | null> {
  const facts = await factsIfPlaced(disk, staging);
  if (facts === null) return null;
  const note = await readNote(staging);
  // Null: somebody else has just completed it.
  if (note !== null) await record(disk, staging, { key: note.key, facts });
  return facts;
}

/** After a failure: what was placed stays, so that the next look at the object finds what is known of it. */
export async function dropUnlessPlaced(disk: Disk, staging: Staging): Promise<void> {
  if ((await factsIfPlaced(disk, staging)) === null) await removeStaging(staging);
}

/**
 * What is known of the object that stands under a key. Looking also finishes what a crash has left of the upload that
 * brought it.
 */
export async function factsOfObject(
  disk: Disk,
  key: string,
  file: { readonly size: number; readonly mtimeMs: number },
): Promise<ObjectFacts | null> {
  const known = await readFacts(disk, key, file);
  for (const staging of await stagingsOfKey(disk, key)) {
    if (known?.uploadId === staging.uploadId) await removeStaging(staging).catch(() => undefined);
    if (known !== null) continue;
    const placed = await factsIfPlaced(disk, staging);
    // A disk that cannot be written to, or is full, leaves it as it is; what is known is known.
    if (placed !== null) await settle(disk, staging).catch(() => undefined);
    if (placed?.size === file.size && placed.mtimeMs === file.mtimeMs) return placed;
  }
  return known;
}

async function identityOf(path: string): Promise<BigIntStats | null> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
