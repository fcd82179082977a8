import { constants, copyFile, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileDigests, HeldFile, HoldingFolder } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { checksumOfFile } from '../uploads/whole-checksum.ts';
import { flushFolder } from './atomic-file.ts';

/** Bytes that must be left on the disk beside a copy. */
const reserveBytes = 1024 ** 3;
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
        const { size } = await stat(path);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const { bavail, bsize } = await statfs(folder);
        if (bavail * bsize < size + reserveBytes) throw new UploadError('disk-full');
        const half = `${pathOf(id)}.part`;
        try {
          await copyFlushed(path, half);
          signal.throwIfAborted();
          await compare(digests, { path, copy: half, size }, signal);
          await rename(half, pathOf(id));
          await flushFolder(folder);
        } catch (error) {
          await rm(half, { force: true });
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

async function copyFlushed(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  const copy = await open(to, 'r+');
  try {
    await copy.sync();
  } finally {
    await copy.close();
  }
}

/** What was read of the file may not be what it is now: the copy has to be the file, and the file has to stand still. */
async function compare(
  digests: FileDigests,
  { path, copy, size }: { readonly path: string; readonly copy: string; readonly size: number },
  signal: AbortSignal,
): Promise<void> {
  const [original, copied] = [
    await checksumOfFile(digests, { path, size }, signal),
    await checksumOfFile(digests, { path: copy, size }, signal),
  ];
  if (original !== copied || (await stat(copy)).size !== size) throw new UploadError('source-changed');
}

async function heldAt(path: string): Promise<HeldFile> {
  return { path, mtimeMs: (await stat(path)).mtimeMs };
}

/** The system's errors in the engine's words. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UploadError) throw error;
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new UploadError('disk-full', { cause: error });
    if (code === 'ENOENT') throw new UploadError('source-missing', { cause: error });
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') throw new UploadError('disk-read-only', { cause: error });
    throw new UploadError('source-unreadable', { cause: error });
  }
}
