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
 * and where several files want the same key, each of them gets one of the folders that it lies in.
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
  const names = paths.map((path) => nameOf(world, folder, path));
  // What the names alone make of the keys: files and their times have not been looked at yet.
  const wanted = names.map((name) => name.mapped?.key ?? keyOf(world, name, { withId: name.id, mtimeMs: 0 }));
  const isTwice = countsOf(wanted);
  for (const [n, name] of names.entries()) {
    signal.throwIfAborted();
    yield await lookAt(world, name, { taken, isShared: isTwice(wanted[n] ?? '') });
  }
}

function countsOf(keys: readonly string[]): (key: string) => boolean {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (key) => (counts.get(key) ?? 0) > 1;
}

/** What is known of a file by its name. */
interface Named {
  readonly path: string;
  /** Below the folder, with slashes. */
  readonly relative: string;
  readonly fileName: string;
  readonly mapped: MappedName | null;
  readonly id: string;
}

function nameOf(world: FolderWorld, folder: string, path: string): Named {
  const relative = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
  const fileName = relative.split('/').at(-1) ?? relative;
  const mapped = world.nameInMap(path);
  return { path, relative, fileName, mapped, id: mapped?.id ?? videoIdFromName(fileName) ?? slugOf(fileName) };
}

interface Among {
  readonly taken: Set<string>;
  /** Others want the same key by their names. */
  readonly isShared: boolean;
}

async function lookAt(world: FolderWorld, name: Named, { taken, isShared }: Among): Promise<SourceVideo> {
  const { path, relative, mapped, id } = name;
  try {
    const { size, mtimeMs } = await inspectSource(world, path);
    const isTaken = (key: string): boolean => taken.has(key);
    // All of them, and not all but the first: which is the first changes with every file that is added.
    const withId = isShared ? slugOf(relative.replaceAll('/', '-')) : id;
    const key = mapped?.key ?? uniqueKey(keyOf(world, name, { withId, mtimeMs }), isTaken);
    const found = { path: relative, id, key, size };
    if (keyProblem(key) !== null) return { ...found, error: { code: 'invalid-key' } };
    // A list that gives two videos one key is a mistake, and which of them is meant nobody here knows.
    if (isTaken(key) || (isShared && mapped !== null && mapped.key !== null)) return { ...found, error: { code: 'key-taken' } };
    taken.add(key);
    return { ...found, error: null };
  } catch (thrown) {
    return { path: relative, id, key: '', size: 0, error: toAppError(asUploadError(thrown)) };
  }
}

function keyOf(
  { keyTemplate }: FolderWorld,
  { fileName, relative }: Named,
  { withId, mtimeMs }: { readonly withId: string; readonly mtimeMs: number },
): string {
  return keyFromTemplate(keyTemplate, { id: withId, fileName, addedAt: mtimeMs, ulid: steadyUlid(mtimeMs, relative) });
}

/** A ULID is a time and 80 random bits; here the bits are those of a hash. */
function steadyUlid(mtimeMs: number, path: string): string {
  const hash = createHash('sha256').update(path).digest();
  let n = 0;
  return ulid(Math.max(0, Math.floor(mtimeMs)), () => (hash[(n += 1) % hash.length] ?? 0) / 256);
}
