import { createHash } from 'node:crypto';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import type { Fingerprint, OpenSource, SourceFiles } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { findPath, openForWriting, walkFolder } from './find-files.ts';

/** Bytes of each block that the fingerprint looks at, and how many of them are spread over the file. */
const sampleBytes = 64 * 1024;
const sampleBlocks = 5;

/** The files on this computer, through Node. */
export const sourceFiles: SourceFiles = {
  resolve: (path) => guarded(() => realpath(path)),
  find: (path) => guarded(() => findPath(path)),
  walk: (folder, options) => guarded(() => walkFolder(folder, options)),
  openForWriting: (paths) => guarded(() => openForWriting(paths)),
  stat: (path) => guarded(() => statFile(path)),
  fingerprint: (path) => guarded(() => withFile(path, fingerprintOf)),
  head: (path, length) =>
    guarded(() =>
      withFile(path, async (file) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
        return buffer.subarray(0, bytesRead);
      }),
    ),
  open: (path) => guarded(() => openSource(path)),
};

async function statFile(path: string): ReturnType<SourceFiles['stat']> {
  const facts = await stat(path);
  if (!facts.isFile()) throw new UploadError('not-a-video');
  return { size: facts.size, mtimeMs: facts.mtimeMs, changedAt: facts.ctimeMs };
}

async function openSource(path: string): Promise<OpenSource> {
  // The engine has just looked at it: a file, and the same one as before.
  const file = await open(path, 'r');
  return {
    read: (position, into) => guarded(() => readFully(file, position, into)),
    close: () => file.close(),
  };
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  // A folder opens on Linux and a pipe would wait for ever: look before opening.
  await statFile(path);
  const file = await open(path, 'r');
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function fingerprintOf(file: FileHandle): Promise<Fingerprint> {
  const { size, mtimeMs } = await file.stat();
  const hash = createHash('sha256').update(String(size));
  const block = Buffer.alloc(sampleBytes);
  for (let n = 0; n < sampleBlocks; n += 1) {
    const position = Math.floor((Math.max(0, size - sampleBytes) * n) / (sampleBlocks - 1));
    const { bytesRead } = await file.read(block, 0, sampleBytes, position);
    hash.update(block.subarray(0, bytesRead));
  }
  return { size, mtimeMs, sample: hash.digest('hex') };
}

async function readFully(file: FileHandle, position: number, into: Uint8Array): Promise<void> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await file.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) throw new UploadError('source-changed');
    filled += bytesRead;
  }
}

/** The system's errors in the engine's words. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UploadError) throw error;
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    const isGone = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV' || code === 'ENXIO' || code === 'ESTALE';
    throw new UploadError(isGone ? 'source-missing' : 'source-unreadable', { cause: error });
  }
}
