import { type FileHandle, constants, chmod, copyFile, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { MiB } from '../uploads/part-plan.ts';
import type { FileDigests, HeldFile, HoldingFolder } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { checksumOfFile } from '../uploads/whole-checksum.ts';
import { flushFolder } from './atomic-file.ts';

/** Bytes that must be left on the disk beside a copy. */
const reserveBytes = 1024 ** 3;
/** Bytes that are copied at a time, and after which they are flushed: whoever wants it to end does not wait long. */
const pieceBytes = 4 * MiB;
const flushEvery = 64 * MiB;
const copyName = /^([0-9a-f-]{36})\.mp4$/;
const halfName = /^[0-9a-f-]{36}\.mp4\.part$/;

interface HoldingWorld {
  readonly digests: FileDigests;
  /** Rejects where there is none. */
  readonly trash: (path: string) => Promise<void>;
}

/**
 * Copies in one folder, each under the id of its upload. A copy is made under another name, flushed, compared with the
 * file and then renamed: it is there as a whole or not at all. On file systems that can, it takes no room (reflink).
 */
export function openHoldingFolder(folder: string, { digests, trash }: HoldingWorld): HoldingFolder {
  const pathOf = (id: string): string => join(folder, `${id}.mp4`);
  return {
    keep: (id, path, signal) =>
      guarded(async () => {
        const before = await ofSource(() => stat(path));
        await makeFolder(folder);
        const { bavail, bsize } = await statfs(folder);
        if (bavail * bsize < before.size + reserveBytes) throw new UploadError('disk-full');
        const half = `${pathOf(id)}.part`;
        try {
          await copyFlushed(path, half, signal);
          await compare(digests, { path, copy: half, before }, signal);
          await rename(half, pathOf(id));
          await flushFolder(folder);
        } catch (error) {
          await rm(half, { force: true }).catch(() => undefined);
          throw error;
        }
        return heldAt(pathOf(id));
      }),
    discard: (id) => guarded(() => rm(pathOf(id), { force: true })),
    putAside: (id) => trash(pathOf(id)).catch(() => undefined),
    held: () =>
      guarded(async () => {
        const names = await readdir(folder).catch(() => new Array<string>());
        for (const name of names) if (halfName.test(name)) await rm(join(folder, name), { force: true });
        const ids = names.flatMap((name) => copyName.exec(name)?.[1] ?? []);
        return Promise.all(ids.map(async (id) => ({ id, ...(await heldAt(pathOf(id))) })));
      }),
  };
}

/** Node makes the folders above, too, and says of a disk that is read-only that there is no such folder. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new UploadError('disk-read-only', { cause: error }) : error;
  }
}

async function copyFlushed(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const isShared = await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE).then(
    () => true,
    () => false,
  );
  // A film that may only be read would make a copy that may only be read, and not even flushed.
  if (isShared) await chmod(to, 0o600);
  const copy = await open(to, isShared ? 'r+' : 'w', 0o600);
  try {
    if (!isShared) await copyPieces(from, copy, signal);
    await copy.sync();
  } finally {
    await copy.close();
  }
}

async function copyPieces(from: string, copy: FileHandle, signal: AbortSignal): Promise<void> {
  const source = await ofSource(() => open(from, 'r'));
  const piece = Buffer.allocUnsafe(pieceBytes);
  try {
    for (let [done, flushed] = [0, 0]; ; ) {
      signal.throwIfAborted();
      const position = done;
      const { bytesRead } = await ofSource(() => source.read(piece, 0, piece.length, position));
      if (bytesRead === 0) return;
      await writeFully(copy, piece.subarray(0, bytesRead), position);
      done += bytesRead;
      if (done - flushed < flushEvery) continue;
      await copy.datasync();
      flushed = done;
    }
  } finally {
    await source.close();
  }
}

/** A disk that has room for half of a piece takes that half without complaint. */
async function writeFully(copy: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await copy.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}

/** What was read of the file may not be what it is now: the copy has to be the file, and the file has to stand still. */
async function compare(
  digests: FileDigests,
  files: {
    readonly path: string;
    readonly copy: string;
    readonly before: { readonly size: number; readonly mtimeMs: number };
  },
  signal: AbortSignal,
): Promise<void> {
  const { path, copy, before } = files;
  const { size } = before;
  const [original, copied] = [
    await checksumOfFile(digests, { path, size }, signal),
    await checksumOfFile(digests, { path: copy, size }, signal),
  ];
  const after = await ofSource(() => stat(path));
  const stoodStill = after.size === size && after.mtimeMs === before.mtimeMs;
  if (original !== copied || !stoodStill || (await stat(copy)).size !== size) throw new UploadError('source-changed');
}

async function heldAt(path: string): Promise<HeldFile> {
  return { path, mtimeMs: (await stat(path)).mtimeMs };
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** The video's own troubles, which are not those of the disk that it is copied to. */
async function ofSource<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UploadError(codeOf(error) === 'ENOENT' ? 'source-missing' : 'source-unreadable', { cause: error });
  }
}

/** The system's errors in the engine's words. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UploadError) throw error;
    const code = codeOf(error);
    // An interruption: its own reason.
    if (typeof code !== 'string') throw error;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new UploadError('disk-full', { cause: error });
    if (code === 'EFBIG') throw new UploadError('disk-file-limit', { cause: error });
    if (code === 'ENOENT') throw new UploadError('source-missing', { cause: error });
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') throw new UploadError('disk-read-only', { cause: error });
    throw new UploadError('source-unreadable', { cause: error });
  }
}
