import { mkdir, rename, rm } from 'node:fs/promises';
import { BucketFolder, readJson, writeJson } from './bucket-folder.ts';
import type { CorsRule } from './cors-rules.ts';
import { DataLeases } from './data-leases.ts';
import { loadBucket, type LoadedBucket } from './load-bucket.ts';
import type { StoredObject, StoredPart, StoredUpload, UploadState } from './stored.ts';

export interface BucketUsage {
  readonly objects: number;
  readonly bytes: number;
  readonly unfinishedUploads: number;
  readonly unfinishedBytes: number;
}

/**
 * One bucket: the index in memory, the truth on disk. Every change is written first and shown afterwards, and all
 * changes go through `exclusive`, so a check and the commit that rests on it see the same bucket.
 */
export class BucketDisk {
  readonly name: string;
  readonly folder: BucketFolder;
  readonly #leases: DataLeases;
  readonly #contents: LoadedBucket;
  #cors: readonly CorsRule[];
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(name: string, folder: BucketFolder, contents: LoadedBucket, cors: readonly CorsRule[]) {
    this.name = name;
    this.folder = folder;
    this.#contents = contents;
    this.#cors = cors;
    this.#leases = new DataLeases((dataId) => folder.removeData(dataId));
  }

  static async open(parent: string, name: string): Promise<BucketDisk> {
    const folder = new BucketFolder(parent, name);
    const contents = await loadBucket(folder);
    const cors = await readJson<{ readonly rules: readonly CorsRule[] }>(folder.cors);
    return new BucketDisk(name, folder, contents, cors?.rules ?? []);
  }

  get objects(): ReadonlyMap<string, StoredObject> {
    return this.#contents.objects;
  }

  get uploads(): ReadonlyMap<string, UploadState> {
    return this.#contents.uploads;
  }

  get cors(): readonly CorsRule[] {
    return this.#cors;
  }

  /** One change at a time. The work inside is a few small file operations, never a body. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Keeps the data of an object while it is read. */
  lease(object: StoredObject): () => Promise<void> {
    return this.#leases.take(object.dataId);
  }

  /** The file of the body becomes the only segment of a new object. */
  async adoptBody(dataId: string, incoming: string): Promise<string> {
    await mkdir(this.folder.dataFile(dataId, '.'), { recursive: true });
    await rename(incoming, this.folder.dataFile(dataId, 'body'));
    return 'body';
  }

  async saveObject(object: StoredObject): Promise<void> {
    const before = this.#contents.objects.get(object.key);
    await writeJson(this.folder.objectFile(object.key), object);
    this.#contents.objects.set(object.key, object);
    if (before !== undefined && before.dataId !== object.dataId) await this.#leases.discard(before.dataId);
  }

  async removeObject(key: string): Promise<void> {
    const object = this.#contents.objects.get(key);
    if (object === undefined) return;
    await rm(this.folder.objectFile(key), { force: true });
    this.#contents.objects.delete(key);
    await this.#leases.discard(object.dataId);
  }

  async saveUpload(upload: StoredUpload): Promise<void> {
    await mkdir(this.folder.dataFile(upload.uploadId, '.'), { recursive: true });
    await writeJson(this.folder.uploadFile(upload.uploadId), upload);
    this.#contents.uploads.set(upload.uploadId, { upload, parts: new Map() });
  }

  /** A part sent again replaces the one before: its data goes only after the JSON names the new data. */
  async savePart(uploadId: string, part: StoredPart, incoming: string): Promise<void> {
    const parts = this.#contents.uploads.get(uploadId)?.parts;
    if (parts === undefined) throw new Error(`No upload ${uploadId}`);
    await rename(incoming, this.folder.dataFile(uploadId, part.file));
    await writeJson(this.folder.partFile(uploadId, part.partNumber), part);
    const before = parts.get(part.partNumber);
    parts.set(part.partNumber, part);
    if (before !== undefined) await rm(this.folder.dataFile(uploadId, before.file), { force: true });
  }

  /**
   * Complete: the manifest is the commit. Killed before it, the upload is as it was; killed after it, the object
   * is there and the rest is swept at the next start. Parts that are not in the list are dropped, as S3 does.
   */
  async completeUpload(object: StoredObject): Promise<void> {
    const uploadId = object.dataId;
    const parts = [...(this.#contents.uploads.get(uploadId)?.parts.values() ?? [])];
    await this.saveObject(object);
    this.#contents.uploads.delete(uploadId);
    await rm(this.folder.uploadFile(uploadId), { force: true });
    const used = new Set(object.segments.map((segment) => segment.file));
    for (const part of parts.filter((each) => !used.has(each.file))) {
      await rm(this.folder.dataFile(uploadId, part.file), { force: true });
    }
  }

  async removeUpload(uploadId: string): Promise<void> {
    await rm(this.folder.uploadFile(uploadId), { force: true });
    this.#contents.uploads.delete(uploadId);
    await this.#leases.discard(uploadId);
  }

  async expireUploads(initiatedBeforeMs: number): Promise<void> {
    const expired = [...this.uploads.values()].filter(({ upload }) => upload.initiatedMs < initiatedBeforeMs);
    for (const { upload } of expired) await this.removeUpload(upload.uploadId);
  }

  async saveCors(rules: readonly CorsRule[]): Promise<void> {
    if (rules.length === 0) await rm(this.folder.cors, { force: true });
    else await writeJson(this.folder.cors, { rules });
    this.#cors = rules;
  }

  usage(): BucketUsage {
    const objects = [...this.objects.values()];
    const parts = [...this.uploads.values()].flatMap((state) => [...state.parts.values()]);
    return {
      objects: objects.length,
      bytes: sumOfSizes(objects),
      unfinishedUploads: this.uploads.size,
      unfinishedBytes: sumOfSizes(parts),
    };
  }

  async empty(): Promise<void> {
    for (const key of this.objects.keys()) await this.removeObject(key);
    for (const uploadId of this.uploads.keys()) await this.removeUpload(uploadId);
  }
}

function sumOfSizes(items: readonly { readonly size: number }[]): number {
  return items.reduce((sum, item) => sum + item.size, 0);
}
