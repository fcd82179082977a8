import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listFolder, readJson, type BucketFolder } from './bucket-folder.ts';
import type { StoredObject, StoredPart, StoredUpload } from './stored.ts';

export interface LoadedUpload {
  readonly upload: StoredUpload;
  readonly parts: Map<number, StoredPart>;
}

/** The whole index fits in memory: a practice bucket holds a person's experiments, not an archive. */
export interface LoadedBucket {
  readonly objects: Map<string, StoredObject>;
  readonly uploads: Map<string, LoadedUpload>;
  /** Objects that were replaced or deleted, where versions are kept. */
  readonly versions: StoredObject[];
}

/** Reads what an earlier run left, and sweeps what a killed run did not finish. */
export async function loadBucket(folder: BucketFolder): Promise<LoadedBucket> {
  await folder.prepare();
  const objects = new Map((await loadObjects(folder.objects)).map((object) => [object.key, object]));
  const versions = await loadObjects(folder.versions);
  const finished = new Set([...objects.values(), ...versions].map((object) => object.dataId));
  const uploads = new Map<string, LoadedUpload>();
  for (const dataId of await listFolder(folder.data)) {
    if (finished.has(dataId)) {
      // Killed between the manifest and this removal: the object is there, so the upload is over.
      await rm(folder.uploadFile(dataId), { force: true });
    } else {
      const upload = await loadUpload(folder, dataId);
      if (upload === undefined) await folder.removeData(dataId);
      else uploads.set(dataId, upload);
    }
  }
  return { objects, uploads, versions };
}

/** Besides manifests there can be temporary files of a write that did not get to its rename. */
async function loadObjects(folder: string): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for (const name of await listFolder(folder)) {
    const path = join(folder, name);
    const object = name.endsWith('.json') ? await readJson<StoredObject>(path) : undefined;
    if (object === undefined) await rm(path, { force: true });
    else objects.push(object);
  }
  return objects;
}

/** Undefined when no JSON says that this is an upload: then it is data whose manifest never came. */
async function loadUpload(folder: BucketFolder, uploadId: string): Promise<LoadedUpload | undefined> {
  const upload = await readJson<StoredUpload>(folder.uploadFile(uploadId));
  if (upload === undefined) return undefined;
  const parts = new Map<number, StoredPart>();
  const kept = new Set(['upload.json']);
  const names = await listFolder(join(folder.data, uploadId));
  for (const name of names.filter((each) => /^part-\d+\.json$/.test(each))) {
    const part = await readJson<StoredPart>(folder.dataFile(uploadId, name));
    if (part !== undefined) {
      parts.set(part.partNumber, part);
      kept.add(name).add(part.file);
    }
  }
  for (const name of names) if (!kept.has(name)) await rm(folder.dataFile(uploadId, name), { force: true });
  return { upload, parts };
}
