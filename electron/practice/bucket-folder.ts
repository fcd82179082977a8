import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject, StoredPart, StoredUpload } from './stored.ts';

/**
 * Where things lie, and the one rule that makes SIGKILL harmless: data counts only once a JSON file names it, and
 * JSON files appear by rename. Whatever no JSON names is swept at the next start.
 *
 *   bucket-<name>/objects/<sha256 of key>.json    an object; names its data folder
 *   bucket-<name>/versions/<id>.json              an object that was replaced or deleted, where versions are kept
 *   bucket-<name>/data/<id>/upload.json           an unfinished upload; `<id>` is the upload id
 *   bucket-<name>/data/<id>/part-<number>.json    names one file of part data beside it
 *   bucket-<name>/incoming/                       bodies still on their way
 *
 * Nothing is fsynced: this is for trying and testing, and the page cache outlives the process, though not a power cut.
 */
export class BucketFolder {
  readonly #root: string;

  constructor(folder: string, bucket: string) {
    // The prefix keeps names such as "con" harmless on Windows.
    this.#root = join(folder, `bucket-${bucket}`);
  }

  get objects(): string {
    return join(this.#root, 'objects');
  }

  get data(): string {
    return join(this.#root, 'data');
  }

  get cors(): string {
    return join(this.#root, 'cors.json');
  }

  get lifecycle(): string {
    return join(this.#root, 'lifecycle.json');
  }

  get versions(): string {
    return join(this.#root, 'versions');
  }

  versionFile(dataId: string): string {
    return join(this.versions, `${dataId}.json`);
  }

  /** A key may be `..`, `con`, or 1,024 bytes of emoji; its hash is a file name everywhere. */
  objectFile(key: string): string {
    return join(this.objects, `${createHash('sha256').update(key).digest('hex')}.json`);
  }

  dataFile(dataId: string, file: string): string {
    return join(this.data, dataId, file);
  }

  uploadFile(uploadId: string): string {
    return this.dataFile(uploadId, 'upload.json');
  }

  partFile(uploadId: string, partNumber: number): string {
    return this.dataFile(uploadId, `part-${partNumber}.json`);
  }

  incomingFile(): string {
    return join(this.#root, 'incoming', randomName());
  }

  async prepare(): Promise<void> {
    await rm(join(this.#root, 'incoming'), { recursive: true, force: true });
    for (const folder of ['objects', 'versions', 'data', 'incoming']) await mkdir(join(this.#root, folder), { recursive: true });
  }

  async removeData(dataId: string): Promise<void> {
    // Windows holds files for a moment after they are closed (indexers, virus scanners).
    await rm(join(this.data, dataId), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

export function randomName(): string {
  return randomBytes(16).toString('hex');
}

export async function writeJson(path: string, value: StoredObject | StoredUpload | StoredPart | object): Promise<void> {
  const temporary = `${path}.${randomName()}.tmp`;
  await writeFile(temporary, JSON.stringify(value));
  await rename(temporary, path);
}

/** Undefined for a file that is not there or not whole; the caller sweeps it. */
export async function readJson<T extends object>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function listFolder(path: string): Promise<readonly string[]> {
  return await readdir(path);
}
