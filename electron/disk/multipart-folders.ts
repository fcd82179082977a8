import { appendFile, open, readFile, stat } from 'node:fs/promises';
import type { ObjectStorage, PartRequest, StoredPart } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { beginObject } from './begin-object.ts';
import { isAbsent, translated } from './disk-errors.ts';
import { flushFolder } from './durable-files.ts';
import { finishObject, settle } from './finish-object.ts';
import { type WrittenPart, goneLine, mentionsPart, partLine, readPartLines } from './part-lines.ts';
import {
  type Staging,
  type UploadNote,
  readNote,
  removeStaging,
  stagingOf,
  stagingsOfKey,
  touchedAt,
} from './staging.ts';
import { type Disk, mustBeMounted } from './volume.ts';
import { writeProved } from './write-body.ts';

type MultipartFolders = Pick<
  ObjectStorage,
  | 'createMultipartUpload'
  | 'uploadPart'
  | 'listParts'
  | 'completeMultipartUpload'
  | 'abortMultipartUpload'
  | 'listUnfinished'
>;

/** Multipart uploads to a disk: all parts of one are written into one file, each at its offset. */
export function multipartFolders(disk: Disk): MultipartFolders {
  return {
    createMultipartUpload: (object, signal) =>
      translated(signal, async () => {
        await mustBeMounted(disk);
        const { uploadId } = await beginObject(disk, object, 'parts', signal);
        return { uploadId, expiresAt: null, hasChecksum: true };
      }),

    uploadPart: (request) => translated(request.signal, () => uploadPart(disk, request)),

    listParts: (key, uploadId, signal) =>
      translated(signal, async () => {
        const { staging } = await mustBeOpen(disk, key, uploadId);
        return [...(await partsOf(staging)).values()].map(asStored).sort((a, b) => a.partNumber - b.partNumber);
      }),

    completeMultipartUpload: (request) => translated(request.signal, () => complete(disk, request)),

    abortMultipartUpload: (_key, uploadId, signal) =>
      translated(signal, async () => {
        await mustBeMounted(disk);
        const staging = stagingOf(disk, uploadId);
        // Nothing to drop where a crash came behind the placing: the object is there, and HEAD says so.
        if (staging === null || (await settle(disk, staging)) !== null) return;
        await removeStaging(staging);
        await flushFolder(disk.uploads).catch((error: unknown) => {
          if (!isAbsent(error)) throw error;
        });
      }),

    listUnfinished: (key, signal) =>
      translated(signal, async () => {
        await mustBeMounted(disk);
        const found: Array<{ uploadId: string; initiatedAt: number | null }> = [];
        for (const staging of await stagingsOfKey(disk, key)) {
          if (staging.kind !== 'parts' || (await settle(disk, staging)) !== null) continue;
          const note = await readNote(staging);
          // Without a note it is one whose beginning was cut off, and its name begins like one of this key.
          if (note !== null && note.key !== key) continue;
          const { uploadId } = staging;
          found.push({ uploadId, initiatedAt: note?.initiatedAt ?? (await touchedAt(staging)) });
        }
        return found;
      }),
  };
}

/** Rejects with `upload-expired` where there is no such upload, or its object is there already. */
async function mustBeOpen(
  disk: Disk,
  key: string,
  uploadId: string,
): Promise<{ readonly staging: Staging; readonly note: UploadNote | null }> {
  await mustBeMounted(disk);
  const staging = stagingOf(disk, uploadId);
  if (staging === null || (await touchedAt(staging)) === null || (await settle(disk, staging)) !== null) {
    await mustBeMounted(disk);
    throw new UploadError('upload-expired');
  }
  const note = await readNote(staging);
  if (note !== null && note.key !== key) throw new UploadError('upload-expired');
  return { staging, note };
}

async function uploadPart(disk: Disk, request: PartRequest): Promise<{ readonly etag: string }> {
  const { key, uploadId, partNumber, offset, body, signal } = request;
  const { staging, note } = await mustBeOpen(disk, key, uploadId);
  // Half made, or half removed.
  if (note === null || !(await hasOwnBytes(staging))) throw new UploadError('upload-expired');
  if (offset + body.size > note.size) throw new UploadError('invalid-request');
  await forget(staging, partNumber);
  const crc64nvme = await writeProved(disk.digests, staging.data, { position: offset, body, signal });
  signal.throwIfAborted();
  const part = { partNumber, offset, size: body.size, crc64nvme };
  await appendFile(staging.parts, partLine(part));
  return { etag: etagOf(part) };
}

/** False where the bytes are an object's as well: whoever wrote on would write into that. */
async function hasOwnBytes({ data }: Staging): Promise<boolean> {
  try {
    return (await stat(data)).nlink <= 1;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** A part that is sent again is in no list while its bytes are written over, whatever happens meanwhile. */
async function forget(staging: Staging, partNumber: number): Promise<void> {
  if (!mentionsPart(await linesOf(staging), partNumber)) return;
  const file = await open(staging.parts, 'a');
  try {
    await file.writeFile(goneLine(partNumber));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function linesOf({ parts }: Staging): Promise<string> {
  try {
    return await readFile(parts, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return '';
    throw error;
  }
}

/** Those whose bytes are there: a power cut may leave a line, and take the end of the file. */
async function partsOf(staging: Staging): Promise<ReadonlyMap<number, WrittenPart>> {
  const parts = new Map(readPartLines(await linesOf(staging)));
  const size = await stat(staging.data).then(
    (data) => data.size,
    (error: unknown) => {
      if (isAbsent(error)) return 0;
      throw error;
    },
  );
  for (const [n, part] of parts) if (part.offset + part.size > size) parts.delete(n);
  return parts;
}

/** Its checksum in the form of an ETag. */
const etagOf = ({ crc64nvme }: Pick<WrittenPart, 'crc64nvme'>): string => Buffer.from(crc64nvme, 'base64').toString('hex');

const asStored = (part: WrittenPart): StoredPart => ({
  partNumber: part.partNumber,
  size: part.size,
  etag: etagOf(part),
  crc64nvme: part.crc64nvme,
});

async function complete(
  disk: Disk,
  request: Parameters<ObjectStorage['completeMultipartUpload']>[0],
): Promise<{ readonly etag: string }> {
  const { key, uploadId, parts, mustBeNew, signal } = request;
  await mustBeMounted(disk);
  const staging = stagingOf(disk, uploadId);
  // Asked again after a crash, or after an answer that was lost.
  const done = staging === null ? null : await settle(disk, staging);
  if (done !== null) return { etag: done.etag };
  const { staging: own, note } = await mustBeOpen(disk, key, uploadId);
  if (note === null) throw new UploadError('upload-expired');
  const pieces = inOrder(await partsOf(own), parts, note.size);
  const crc64nvme = await disk.digests.combineCrc64(pieces);
  if (request.crc64nvme !== null && request.crc64nvme !== crc64nvme) {
    throw new UploadError('object-mismatch', { serverCode: 'BadDigest' });
  }
  const { etag } = await finishObject(disk, own, { note, crc64nvme, mustBeNew, signal });
  return { etag };
}

/** The parts that make up the object, without a gap. Rejects with `object-mismatch` (InvalidPart). */
function inOrder(
  written: ReadonlyMap<number, WrittenPart>,
  asked: readonly StoredPart[],
  size: number,
): readonly WrittenPart[] {
  let offset = 0;
  const parts: WrittenPart[] = [];
  for (const { partNumber, etag } of asked) {
    const part = written.get(partNumber);
    if (part === undefined || etagOf(part) !== etag || part.offset !== offset) throw invalidPart();
    offset += part.size;
    parts.push(part);
  }
  if (offset !== size) throw invalidPart();
  return parts;
}

const invalidPart = (): UploadError => new UploadError('object-mismatch', { serverCode: 'InvalidPart' });
