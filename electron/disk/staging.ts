import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ObjectDescription } from '../uploads/ports.ts';
import { isAbsent } from './disk-errors.ts';
import { keyHash } from './disk-key.ts';
import { flushFolder, makeFolder, writeDurably } from './durable-files.ts';
import { factsSchema, type ObjectFacts, readJson } from './sidecar.ts';
import type { Disk } from './volume.ts';

/**
 * What is not finished lies in a folder of its own:
 *
 *   upload.json   what it is to become
 *   data.part     its bytes, each part at its offset; becomes the object by a link or a rename, never by a copy
 *   parts         the list of the parts in it (part-lines.ts)
 *   sealed.json   it is whole: the facts of the object that it is about to become
 *
 * `parts`: of the engine's multipart uploads, which are listed and continued. `whole`: of objects that are written in one
 * go; after a crash they are of no use.
 */
export type StagingKind = 'parts' | 'whole';

/**
 * The key's hash leads, and in one piece that of the upload's token follows: so what a crash has left is found by its name,
 * also where it came before the note.
 */
const idForm = /^[0-9a-f]{16}-(?:(p)|w-[0-9a-f]{16})-[0-9a-f-]{36}$/;
const hashLength = 16;

const idStart = ({ key, uploadToken }: Pick<ObjectDescription, 'key' | 'uploadToken'>, kind: StagingKind): string =>
  kind === 'parts' ? `${shortHash(key)}-p-` : `${shortHash(key)}-w-${shortHash(uploadToken)}-`;

const shortHash = (text: string): string => keyHash(text).slice(0, hashLength);

const noteSchema = z.object({
  kind: z.literal('remessa-upload'),
  schemaVersion: z.literal(1),
  key: z.string(),
  size: z.int().nonnegative(),
  contentType: z.string(),
  uploadToken: z.string(),
  originalName: z.string(),
  appVersion: z.string(),
  /** Epoch milliseconds, this computer's clock. */
  initiatedAt: z.number(),
});
export type UploadNote = z.infer<typeof noteSchema>;

/** The files of one upload. */
export interface Staging {
  readonly uploadId: string;
  readonly kind: StagingKind;
  readonly folder: string;
  readonly data: string;
  readonly parts: string;
  readonly sealed: string;
  readonly note: string;
}

/** Null for what is no id of ours: it names no folder then, whatever it contains. */
export function stagingOf({ uploads }: Disk, uploadId: string): Staging | null {
  const form = idForm.exec(uploadId);
  if (form === null) return null;
  const folder = join(uploads, uploadId);
  return {
    uploadId,
    kind: form[1] === 'p' ? 'parts' : 'whole',
    folder,
    data: join(folder, 'data.part'),
    parts: join(folder, 'parts'),
    sealed: join(folder, 'sealed.json'),
    note: join(folder, 'upload.json'),
  };
}

/** Makes the folder, durable before this settles; nothing of it stays when that fails. */
export async function beginStaging(disk: Disk, object: ObjectDescription, kind: StagingKind): Promise<Staging> {
  const staging = stagingOf(disk, idStart(object, kind) + randomUUID());
  if (staging === null) throw new Error('An id of ours has its form');
  const { key, size, contentType, uploadToken, originalName } = object;
  const note: UploadNote = {
    kind: 'remessa-upload',
    schemaVersion: 1,
    key,
    size,
    contentType,
    uploadToken,
    originalName,
    appVersion: disk.appVersion,
    initiatedAt: Date.now(),
  };
  await makeFolder(disk.uploads);
  await mkdir(staging.folder);
  try {
    await writeDurably(staging.note, `${JSON.stringify(note)}\n`);
    await (await open(staging.data, 'wx')).close();
    await flushFolder(staging.folder);
    await flushFolder(disk.uploads);
  } catch (error) {
    await removeStaging(staging).catch(() => undefined);
    throw error;
  }
  return staging;
}

/** The bytes first: what a crash leaves of a removal takes no room. */
export async function removeStaging({ data, folder }: Staging): Promise<void> {
  // Windows holds files for a moment after they are closed (indexers, virus scanners).
  const patiently = { force: true, maxRetries: 5, retryDelay: 50 };
  await rm(data, patiently);
  await rm(folder, { ...patiently, recursive: true });
}

/** All that lie there. */
export const stagingsIn = (disk: Disk): Promise<readonly Staging[]> => startingWith(disk, '');

/** Those of a key; its hash is cut short, so a note has the last word on whose they are. */
export const stagingsOfKey = (disk: Disk, key: string): Promise<readonly Staging[]> =>
  startingWith(disk, `${shortHash(key)}-`);

/** What an upload in one piece has left when it was cut off. */
export const leftOverOf = (disk: Disk, object: ObjectDescription): Promise<readonly Staging[]> =>
  startingWith(disk, idStart(object, 'whole'));

async function startingWith(disk: Disk, start: string): Promise<readonly Staging[]> {
  const names = await readdir(disk.uploads).catch((error: unknown) => {
    if (isAbsent(error)) return new Array<string>();
    throw error;
  });
  return names.flatMap((name) => (name.startsWith(start) ? (stagingOf(disk, name) ?? []) : []));
}

/** Null where a crash came before it was written, or in the middle of a removal. */
export async function readNote({ note }: Staging): Promise<UploadNote | null> {
  const parsed = noteSchema.safeParse(await readJson(note));
  return parsed.success ? parsed.data : null;
}

export const writeSealed = ({ sealed }: Staging, facts: ObjectFacts): Promise<void> =>
  writeDurably(sealed, `${JSON.stringify(facts)}\n`);

export async function readSealed({ sealed }: Staging): Promise<ObjectFacts | null> {
  const parsed = factsSchema.safeParse(await readJson(sealed));
  return parsed.success ? parsed.data : null;
}

/** When something was last done to it, epoch ms; null: it is gone. */
export async function touchedAt({ data, folder }: Staging): Promise<number | null> {
  for (const path of [data, folder]) {
    try {
      return (await stat(path)).mtimeMs;
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }
  return null;
}
