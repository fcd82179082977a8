import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { ErrorCode } from '../../shared/errors.ts';
import { keyFromTemplate, slugOf } from '../../shared/key-template.ts';
import { keyProblem, uniqueKey, videoIdFromName } from '../../shared/object-key.ts';
import { compareContent } from '../uploads/compare-content.ts';
import { type MappedName, inspectSource } from '../uploads/intake.ts';
import type { Clock, FileDigests, ObjectStorage, SourceFiles } from '../uploads/ports.ts';
import { asUploadError, toAppError } from '../uploads/upload-error.ts';
import type { MigrationSource, SourceVideo } from './migration-source.ts';

export interface FolderWorld {
  readonly files: SourceFiles;
  readonly digests: FileDigests;
  readonly clock: Clock;
  readonly refuseContent: (head: Uint8Array) => ErrorCode | null;
  /** A list of ids; answers null for what it does not know. */
  readonly nameInMap: (path: string) => MappedName | null;
  readonly keyTemplate: string;
  readonly followsLinks: boolean;
}

/** Names that are looked at. What else lies in a folder is nobody's video. */
const videoName = /\.(mp4|m4v|mov)$/i;

/**
 * A folder of videos. Keys are the same at every run, so that a second one finds what the first has sent: where a name
 * holds no id, the name itself stands for it; dates and ULIDs of the template are made of the file's own time and path;
 * and where two files want the same key, the folder they lie in tells them apart.
 */
export function folderSource(folder: string, storage: ObjectStorage, world: FolderWorld): MigrationSource {
  return {
    name: folderName(folder),
    find: async (signal) => {
      const paths = (await world.files.walk(folder, world)).filter((path) => videoName.test(path));
      return { total: paths.length, videos: videosOf(world, { folder, paths, signal }) };
    },
    compare: async (video, at, signal) => {
      const file = { path: pathBelow(folder, video.path), size: video.size };
      const context = { storage, digests: world.digests, clock: world.clock, signal, onRetrying: () => undefined };
      const { result } = await compareContent(context, file, at);
      return result === 'unknown' ? 'unsure' : result;
    },
  };
}

/** The last part of a path. */
export const folderName = (folder: string): string => folder.split(/[/\\]/).findLast((segment) => segment !== '') ?? folder;

/** Where a row's file is. */
export const pathBelow = (folder: string, path: string): string => `${folder.replace(/[/\\]+$/, '')}/${path}`;

interface Found {
  readonly folder: string;
  readonly paths: readonly string[];
  readonly signal: AbortSignal;
}

async function* videosOf(world: FolderWorld, { folder, paths, signal }: Found): AsyncGenerator<SourceVideo> {
  const taken = new Set<string>();
  for (const path of paths) {
    signal.throwIfAborted();
    const relative = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
    yield await lookAt(world, { path, relative, taken });
  }
}

interface Seen {
  readonly path: string;
  readonly relative: string;
  readonly taken: Set<string>;
}

async function lookAt(world: FolderWorld, { path, relative, taken }: Seen): Promise<SourceVideo> {
  const fileName = relative.split('/').at(-1) ?? relative;
  const mapped = world.nameInMap(path);
  const id = mapped?.id ?? videoIdFromName(fileName) ?? slugOf(fileName);
  try {
    const { size, mtimeMs } = await inspectSource(world, path);
    const templated = (withId: string): string => {
      const parts = { id: withId, fileName, addedAt: mtimeMs, ulid: steadyUlid(mtimeMs, relative) };
      return keyFromTemplate(world.keyTemplate, parts);
    };
    const wanted = mapped?.key ?? templated(id);
    const isTaken = (key: string): boolean => taken.has(key);
    const key = isTaken(wanted) ? uniqueKey(templated(slugOf(relative.replaceAll('/', '-'))), isTaken) : wanted;
    if (keyProblem(key) !== null) return { path: relative, id, key, size, error: { code: 'invalid-key' } };
    taken.add(key);
    return { path: relative, id, key, size, error: null };
  } catch (thrown) {
    return { path: relative, id, key: '', size: 0, error: toAppError(asUploadError(thrown)) };
  }
}

/** A ULID is a time and 80 random bits; here the bits are those of a hash. */
function steadyUlid(mtimeMs: number, path: string): string {
  const hash = createHash('sha256').update(path).digest();
  let n = 0;
  return ulid(Math.max(0, Math.floor(mtimeMs)), () => (hash[(n += 1) % hash.length] ?? 0) / 256);
}
