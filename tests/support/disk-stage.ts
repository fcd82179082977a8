import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { directDigests } from '../../electron/digest/file-digests.ts';
import type { DiskAddress } from '../../electron/disk/disk-address.ts';
import { claimFolder, openDisk } from '../../electron/disk/open-disk.ts';
import type { Upkeep } from '../../electron/upkeep/ports.ts';
import type { ObjectStorage, PartRequest, RequestBody } from '../../electron/uploads/ports.ts';
import type { UploadQueue } from '../../electron/uploads/upload-queue.ts';
import { type EngineOptions, addFile, isStatus, startEngine, until } from './engine.ts';
import { crc64 } from './received-body.ts';
import { makeVideo, sha256, temporaryFolder } from './sample-video.ts';

const appVersion = '0.0.0-test';
const filmedAt = new Date('2026-01-02T03:04:05Z');

/** A folder that was claimed, videos, and engines that send them there: what a test of the disk plays with. */
export interface DiskStage {
  /** Changes hold from the next use on. */
  address: DiskAddress;
  readonly scratch: string;
  readonly storage: ObjectStorage;
  readonly upkeep: Upkeep;
  /** Numbers of the parts that were handed over, in order, the ones that failed too. */
  readonly sentParts: number[];
  /** Waited for before each part. */
  beforePart: (request: PartRequest) => Promise<void>;
  readonly video: (name: string, size: number) => Promise<string>;
  readonly engine: (journal: string, more?: Partial<EngineOptions>) => Promise<UploadQueue>;
  readonly sendAndCheck: (queue: UploadQueue, path: string) => ReturnType<typeof until>;
  readonly objectPath: (key: string) => string;
  /** What anybody sees who opens the folder, hidden files too, but for our own folder and what mkfs(8) has put there. */
  readonly visible: () => Promise<readonly string[]>;
  /** What is not finished. */
  readonly staged: () => Promise<readonly string[]>;
  readonly end: () => Promise<void>;
}

export async function setDiskStage(folder: string): Promise<DiskStage> {
  const scratch = await temporaryFolder();
  const engines: UploadQueue[] = [];
  const { volumeId } = await claimFolder(folder);
  const open = (digests = directDigests()) => openDisk(stage.address, { digests, appVersion });
  const stage: DiskStage = {
    address: { folder, volumeId, quotaBytes: null, publicBaseUrl: null },
    scratch: scratch.path,
    get storage() {
      return open().storage;
    },
    get upkeep() {
      return open().upkeep;
    },
    sentParts: [],
    beforePart: async () => undefined,
    video: async (name, size) => {
      const path = await makeVideo(join(scratch.path, name), size);
      // Finished long ago: nobody waits for whether more is coming.
      await utimes(path, filmedAt, filmedAt);
      return path;
    },
    engine: async (journal, more = {}) => {
      const { queue } = startEngine({
        journalFolder: join(scratch.path, 'journals', journal),
        destinations: (digests) => ({
          storageFor: async () => watched(stage, open(digests).storage),
          rulesOf: () => ({ prefix: '', isLocal: true }),
        }),
        ...more,
      });
      engines.push(queue);
      await queue.start();
      return queue;
    },
    sendAndCheck: async (queue, path) => {
      const id = await addFile(queue, path);
      const upload = await until(queue, id, isStatus('completed', 'failed'));
      if (upload.status !== 'completed') throw new Error(`Not completed: ${JSON.stringify(upload)}`);
      if ((await sha256(stage.objectPath(upload.key))) !== (await sha256(path))) throw new Error('Another object');
      return upload;
    },
    objectPath: (key) => join(folder, ...key.split('/')),
    visible: () => filesIn(folder, (name) => name !== '.remessa' && name !== 'lost+found'),
    staged: () => readdir(join(folder, '.remessa', 'uploads')),
    end: async () => {
      await Promise.all(engines.map((queue) => queue.stop()));
      await scratch.remove();
    },
  };
  await mkdir(join(scratch.path, 'journals'), { recursive: true });
  return stage;
}

function watched(stage: DiskStage, storage: ObjectStorage): ObjectStorage {
  return {
    ...storage,
    uploadPart: async (request) => {
      stage.sentParts.push(request.partNumber);
      await stage.beforePart(request);
      return storage.uploadPart(request);
    },
  };
}

/** Relative paths of the files below a folder, sorted; a folder with nothing in it ends in a slash. */
export async function filesIn(folder: string, isWanted: (topName: string) => boolean = () => true): Promise<readonly string[]> {
  const found: string[] = [];
  const into = async (path: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true });
    if (entries.length === 0 && path !== folder) found.push(`${relative(folder, path)}/`);
    for (const entry of entries) {
      if (path === folder && !isWanted(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) await into(inner);
      else found.push(relative(folder, inner));
    }
  };
  await into(folder);
  return found.sort();
}

/** Waits like a disk that does nothing any more. */
export const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));

/** Bytes as a request sends them; `claims` says something else of them than is so. */
export function bodyOf(bytes: Uint8Array, claims: Partial<RequestBody> = {}): RequestBody {
  return {
    size: bytes.length,
    sha256: null,
    crc64nvme: crc64(bytes),
    pieces: async function* pieces() {
      for (let done = 0; done < bytes.length; done += 64 * 1024) yield bytes.subarray(done, done + 64 * 1024);
    },
    ...claims,
  };
}
