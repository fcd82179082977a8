import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ListedObject, ReadObject, UnfinishedFound, Upkeep } from '../upkeep/ports.ts';
import type { ObjectDescription, ObjectStorage } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { beginObject } from './begin-object.ts';
import { toDiskError, translated } from './disk-errors.ts';
import { diskExamination } from './disk-examination.ts';
import { flushFolder, withFile } from './durable-files.ts';
import { dropUnlessPlaced, finishObject, settle } from './finish-object.ts';
import { lstatIfThere, pathOfKey } from './key-path.ts';
import { removeEmptyFolders } from './place-file.ts';
import { removeFacts } from './sidecar.ts';
import { readNote, removeStaging, stagingsIn, touchedAt } from './staging.ts';
import { lookAtFile, typeOf } from './stored-files.ts';
import { type Disk, mustBeMounted } from './volume.ts';
import { walkFiles } from './walk-files.ts';
import { checksumOfRange, writePieces } from './write-body.ts';

/** Bytes that are read at a time. */
const pieceBytes = 256 * 1024;
/** Something that was touched so lately may be under way, milliseconds. */
const underWayMs = 60 * 60_000;

/** What is done to a folder besides uploading to it. */
export function diskUpkeep(disk: Disk, storage: ObjectStorage): Upkeep {
  const upkeep: Upkeep = {
    examination: () => diskExamination(disk, storage, upkeep),
    cors: null,
    lifecycle: null,
    unfinished: (prefix, signal) => translated(signal, () => unfinishedIn(disk, prefix, signal)),
    deleteObject: (key, signal) => translated(signal, () => deleteObject(disk, key)),
    list: (prefix, signal) => listed(disk, prefix, signal),
    read: (key, signal) => translated(signal, () => readObject(disk, key, signal)),
    write: (object, content) => translated(content.signal, () => writeObject(disk, object, content)),
  };
  return upkeep;
}

/** Asking removes what a crash left half made, once nobody can be at it any more. */
async function unfinishedIn(disk: Disk, prefix: string, signal: AbortSignal): Promise<readonly UnfinishedFound[]> {
  await mustBeMounted(disk);
  const found: UnfinishedFound[] = [];
  for (const staging of await stagingsIn(disk)) {
    signal.throwIfAborted();
    if ((await settle(disk, staging)) !== null) continue;
    const note = await readNote(staging);
    const isOld = Date.now() - ((await touchedAt(staging)) ?? Infinity) > underWayMs;
    if (note === null && isOld) await removeStaging(staging);
    if (note === null || !note.key.startsWith(prefix)) continue;
    // One that goes in one piece cannot be continued: it is a leftover, or it is just being written.
    if (staging.kind === 'whole' && !isOld) continue;
    found.push({ key: note.key, uploadId: staging.uploadId, initiatedAt: note.initiatedAt });
  }
  return found;
}

async function deleteObject(disk: Disk, key: string): Promise<'erased'> {
  await mustBeMounted(disk);
  const { path, folder } = await pathOfKey(disk, key);
  const facts = await lstatIfThere(path);
  if (facts?.isDirectory() === true) throw new UploadError('invalid-key');
  if (facts !== null) {
    await rm(path, { force: true });
    await flushFolder(folder);
  }
  await removeFacts(disk, key);
  await removeEmptyParents(disk, key);
  return 'erased';
}

/** Up to the folder itself, which stays. */
async function removeEmptyParents(disk: Disk, key: string): Promise<void> {
  const parents: string[] = [];
  const names = key.split('/').slice(0, -1);
  for (let depth = 1; depth <= names.length; depth += 1) {
    // Through `pathOfKey`: a folder behind a link that leads out is none of ours.
    parents.push((await pathOfKey(disk, names.slice(0, depth).join('/'))).path);
  }
  await removeEmptyFolders(parents);
  const top = parents[0];
  if (top !== undefined) await flushFolder(dirname(top));
}

async function* listed(disk: Disk, prefix: string, signal: AbortSignal): AsyncGenerator<ListedObject> {
  try {
    await mustBeMounted(disk);
    for await (const { key, size, mtimeMs } of walkFiles(disk.address.folder, { prefix, isHiddenToo: false, signal })) {
      yield { key, size, modifiedAt: mtimeMs };
    }
    // A folder that went away in between has no end that means anything.
    await mustBeMounted(disk);
  } catch (error) {
    throw signal.aborted ? signal.reason : toDiskError(error);
  }
}

async function readObject(disk: Disk, key: string, signal: AbortSignal): Promise<ReadObject> {
  const file = await lookAtFile(disk, key);
  if (file === null) throw new UploadError('object-missing');
  const { size, path, facts } = file;
  return { size, contentType: facts?.contentType ?? typeOf(key), pieces: piecesOf(path, size, signal) };
}

async function* piecesOf(path: string, size: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    // Opened by whoever reads: nobody else would close it.
    const file = await open(path, 'r');
    try {
      for (let done = 0; done < size; ) {
        signal.throwIfAborted();
        const wanted = Math.min(pieceBytes, size - done);
        const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, done);
        if (bytesRead === 0) throw new UploadError('source-changed');
        yield buffer.subarray(0, bytesRead);
        done += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : toDiskError(error);
  }
}

async function writeObject(
  disk: Disk,
  object: ObjectDescription,
  { pieces, mustBeNew, signal, onSent }: Parameters<Upkeep['write']>[1],
): Promise<void> {
  await mustBeMounted(disk);
  const { size } = object;
  const staging = await beginObject(disk, object, 'whole', signal);
  try {
    const writing = { position: 0, size, signal, onWritten: onSent };
    await withFile(staging.data, 'r+', signal, (file) => writePieces(file, pieces, writing));
    const crc64nvme = await checksumOfRange(disk.digests, { path: staging.data, start: 0, size }, signal);
    const note = await readNote(staging);
    if (note === null) throw new UploadError('disk-missing');
    await finishObject(disk, staging, { note, crc64nvme, mustBeNew, signal });
  } catch (error) {
    await dropUnlessPlaced(disk, staging).catch(() => undefined);
    throw error;
  }
}
