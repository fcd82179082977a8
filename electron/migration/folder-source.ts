import { keyProblem, uniqueKey, videoIdFromName } from '../../shared/object-key.ts';
import { slugOf } from '../../shared/key-template.ts';
import { type MappedName, inspectSource } from '../uploads/intake.ts';
import { compareContent } from '../uploads/compare-content.ts';
import type { ErrorCode } from '../../shared/errors.ts';
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
  /** The template's key for a file with this id. */
  readonly keyWithId: (fileName: string, id: string) => string;
  readonly followsLinks: boolean;
}

/** Names that are looked at. What else lies in a folder is nobody's video. */
const videoName = /\.(mp4|m4v|mov)$/i;

/**
 * A folder of videos. Keys are the same at every run, so that a second one finds what the first has sent: where a name
 * holds no id, the name itself stands for it, and where two want the same key, the folder they lie in tells them apart.
 */
export function folderSource(folder: string, storage: ObjectStorage, world: FolderWorld): MigrationSource & {
  readonly absolute: (path: string) => string;
} {
  const absolute = (path: string): string => `${folder.replace(/[/\\]+$/, '')}/${path}`;
  return {
    name: folder.split(/[/\\]/).findLast((segment) => segment !== '') ?? folder,
    absolute,
    videos: (signal) => videosIn(folder, world, signal),
    compare: async (video, at, signal) => {
      const file = { path: absolute(video.path), size: video.size };
      const context = { storage, digests: world.digests, clock: world.clock, signal, onRetrying: () => undefined };
      const { result } = await compareContent(context, file, at);
      return result === 'unknown' ? 'unsure' : result;
    },
  };
}

async function* videosIn(folder: string, world: FolderWorld, signal: AbortSignal): AsyncGenerator<SourceVideo> {
  const taken = new Set<string>();
  for (const path of await world.files.walk(folder, world)) {
    signal.throwIfAborted();
    const relative = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '');
    if (!videoName.test(relative)) continue;
    yield await lookAt(world, { path, relative, taken });
  }
}

async function lookAt(
  world: FolderWorld,
  { path, relative, taken }: { readonly path: string; readonly relative: string; readonly taken: Set<string> },
): Promise<SourceVideo> {
  const fileName = relative.split('/').at(-1) ?? relative;
  const mapped = world.nameInMap(path);
  const id = mapped?.id ?? videoIdFromName(fileName) ?? slugOf(fileName);
  const wanted = mapped?.key ?? world.keyWithId(fileName, id);
  const key = taken.has(wanted) ? uniqueKey(world.keyWithId(fileName, slugOf(relative)), (other) => taken.has(other)) : wanted;
  const found = { path: relative, id, key };
  try {
    const { size } = await inspectSource(world, path);
    if (keyProblem(key) !== null) return { ...found, size, error: { code: 'invalid-key' } };
    taken.add(key);
    return { ...found, size, error: null };
  } catch (thrown) {
    return { ...found, size: 0, error: toAppError(asUploadError(thrown)) };
  }
}
