import { mkdir, rename, rm } from 'node:fs/promises';
import { BucketFolder, readJson, writeJson } from './bucket-folder.ts';
import type { CorsRule } from './cors-rules.ts';
import { DataLeases } from './data-leases.ts';
import { abortOf, type LifecycleRule } from './lifecycle-rules.ts';
import { loadBucket, type LoadedBucket } from './load-bucket.ts';
import type { StoredObject, StoredPart, StoredUpload, UploadState } from './stored.ts';

export interface BucketUsage {
  readonly objects: number;
  readonly bytes: number;
  readonly unfinishedUploads: number;
  readonly unfinishedBytes: number;
  /** Of objects that were replaced or deleted, where versions are kept. */
  readonly hiddenBytes: number;
}

/** What a bucket has besides its contents. */
interface BucketSettings {
  readonly cors: readonly CorsRule[];
  readonly lifecycle: readonly LifecycleRule[];
  /** Objects that are replaced or deleted stay, and are only hidden (S3 with versioning). */
  readonly keepsVersions: boolean;
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
  readonly #keepsVersions: boolean;
  #cors: readonly CorsRule[];
  #lifecycle: readonly LifecycleRule[];
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(name: string, folder: BucketFolder, contents: LoadedBucket, settings: BucketSettings) {
    this.name = name;
    this.folder = folder;
    this.#contents = contents;
    this.#cors = settings.cors;
    this.#lifecycle = settings.lifecycle;
    this.#keepsVersions = settings.keepsVersions;
    this.#leases = new DataLeases((dataId) => folder.removeData(dataId));
  }

  /** `lifecycle`: the rules of a new bucket; those that were put since then count more. */
  static async open(parent: string, name: string, fresh: Omit<BucketSettings, 'cors'>): Promise<BucketDisk> {
    const folder = new BucketFolder(parent, name);
    const contents = await loadBucket(folder);
    const cors = await readJson<{ readonly rules: readonly CorsRule[] }>(folder.cors);
    const lifecycle = await readJson<{ readonly rules: readonly LifecycleRule[] }>(folder.lifecycle);
    return new BucketDisk(name, folder, contents, {
      cors: cors?.rules ?? [],
      lifecycle: lifecycle?.rules ?? fresh.lifecycle,
      keepsVersions: fresh.keepsVersions,
    });
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

  get lifecycle(): readonly LifecycleRule[] {
    return this.#lifecycle;
  }

  /** Nothing to be seen under the key, though a version of it is kept. */
  isHidden(key: string): boolean {
    return !this.objects.has(key) && this.#contents.versions.some((version) => version.key === key);
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
    const isReplaced = before !== undefined && before.dataId !== object.dataId;
    if (isReplaced) await this.#keepVersion(before);
    await writeJson(this.folder.objectFile(object.key), object);
    this.#contents.objects.set(object.key, object);
    if (isReplaced) await this.#discard(before);
  }

  async removeObject(key: string): Promise<void> {
    const object = this.#contents.objects.get(key);
    if (object === undefined) return;
    await this.#keepVersion(object);
    await rm(this.folder.objectFile(key), { force: true });
    this.#contents.objects.delete(key);
    await this.#discard(object);
  }

  /** Before its key is given to another object, so that a kill in between loses nothing. */
  async #keepVersion(object: StoredObject): Promise<void> {
    if (!this.#keepsVersions) return;
    await writeJson(this.folder.versionFile(object.dataId), object);
    this.#contents.versions.push(object);
  }

  async #discard(object: StoredObject): Promise<void> {
    if (!this.#keepsVersions) await this.#leases.discard(object.dataId);
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

  /** What the bucket's rules say should be over by now. */
  async expireUploads(nowMs: number): Promise<void> {
    const isOver = (upload: StoredUpload): boolean => (abortOf(this.#lifecycle, upload)?.atMs ?? nowMs) < nowMs;
    const expired = [...this.uploads.values()].filter(({ upload }) => isOver(upload));
    for (const { upload } of expired) await this.removeUpload(upload.uploadId);
  }

  async saveCors(rules: readonly CorsRule[]): Promise<void> {
    if (rules.length === 0) await rm(this.folder.cors, { force: true });
    else await writeJson(this.folder.cors, { rules });
    this.#cors = rules;
  }

  /** None at all is a choice as well: it is kept, and the bucket does not go back to what it began with. */
  async saveLifecycle(rules: readonly LifecycleRule[]): Promise<void> {
    await writeJson(this.folder.lifecycle, { rules });
    this.#lifecycle = rules;
  }

  usage(): BucketUsage {
    const objects = [...this.objects.values()];
    const parts = [...this.uploads.values()].flatMap((state) => [...state.parts.values()]);
    return {
      objects: objects.length,
      bytes: sumOfSizes(objects),
      unfinishedUploads: this.uploads.size,
      unfinishedBytes: sumOfSizes(parts),
      hiddenBytes: sumOfSizes(this.#contents.versions),
    };
  }

  async empty(): Promise<void> {
    for (const key of this.objects.keys()) await this.removeObject(key);
    for (const uploadId of this.uploads.keys()) await this.removeUpload(uploadId);
    for (const { dataId } of this.#contents.versions.splice(0)) {
      await rm(this.folder.versionFile(dataId), { force: true });
      await this.#leases.discard(dataId);
    }
  }
}

function sumOfSizes(items: readonly { readonly size: number }[]): number {
  return items.reduce((sum, item) => sum + item.size, 0);
}
