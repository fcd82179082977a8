import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from './disk-errors.ts';

/** Folders that cannot be flushed: Windows, and drivers of network and foreign file systems, which flush by themselves. */
const noFlush = new Set(['EISDIR', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EBADF', 'EPERM', 'EACCES']);

/** Makes the names in a folder durable: without it a power cut may take a rename back (rename(2), fsync(2)). */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!noFlush.has(systemCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a small file so that after a crash or a power cut it is the old one or the new one. It is made in `workshop`, a
 * folder of the same volume that is tidied by somebody. Both folders have to be there: where a disk is not mounted,
 * nothing is made.
 */
export async function writeDurably(path: string, content: string, workshop: string = dirname(path)): Promise<void> {
  // Two processes may do it at once: each with a name of its own.
  const temporary = join(workshop, `${randomBytes(8).toString('hex')}.new`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(dirname(path));
}

/** One folder in one that is there; nothing happens when it exists. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    throw error;
  }
  await flushFolder(dirname(path));
}

/**
 * A folder with everything above it; those that were not there are added to `made`. Node's own way (`recursive`) says of a
 * disk that is read-only that there is no such folder.
 */
export async function makeFolders(path: string, made: string[] = []): Promise<void> {
  try {
    await mkdir(path);
    made.push(path);
  } catch (error) {
    // A file may have the name: what comes next says so.
    if (systemCode(error) === 'EEXIST') return;
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolders(dirname(path), made);
    await makeFolders(path, made);
  }
}

/**
 * Waits for a flush or a reading that cannot be stopped, but not beyond the signal. What goes on then changes nothing:
 * it neither reads a body nor writes what was not written before.
 */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const give = (): void => reject(signal.reason as Error);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true, signal: done.signal });
  });
  // Either may fail when nobody waits for it any more.
  work.catch(() => undefined);
  aborted.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    done.abort();
  }
}

/** Closes the file in any case; after an interruption without waiting for a flush that still has it. */
export async function withFile<T>(
  path: string,
  flags: 'r' | 'r+' | 'wx',
  signal: AbortSignal,
  work: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await open(path, flags);
  try {
    return await work(file);
  } finally {
    const closed = file.close();
    closed.catch(() => undefined);
    if (!signal.aborted) await closed;
  }
}
