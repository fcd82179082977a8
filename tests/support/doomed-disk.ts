import { appendFileSync, promises, truncateSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

/** What stands between a program and its disk. A method that throws makes the disk refuse. */
export interface DiskWatch {
  /** Before a write under the folder; `tear` leaves half of what was to be written, as a crash or a full disk does. */
  readonly onWrite: (kind: 'rename' | 'append' | 'remove', tear: () => void) => void;
  /** After a look at the size and time of the file. */
  readonly onLook: () => void;
}

/**
 * Puts a watch between this process and Node's file functions: the journal under test is the real one, and what it
 * finds on its disk after a death in the middle of a write is what a disk would hold.
 */
export function watchDisk(folder: string, file: string, watch: DiskWatch): void {
  const { rename, appendFile, rm, stat } = promises;
  const isInside = (path: unknown): path is string =>
    typeof path === 'string' && resolve(path).startsWith(resolve(folder) + sep);
  promises.rename = async (from, to) => {
    if (isInside(from)) watch.onWrite('rename', () => truncateSync(from, Math.floor(statSync(from).size / 2)));
    return rename(from, to);
  };
  promises.appendFile = async (path, data, options) => {
    if (isInside(path)) {
      const text = String(data);
      watch.onWrite('append', () => appendFileSync(path, text.slice(0, Math.floor(text.length / 2))));
    }
    return appendFile(path, data, options);
  };
  promises.rm = async (path, options) => {
    if (isInside(path)) watch.onWrite('remove', () => undefined);
    return rm(path, options);
  };
  promises.stat = (async (path: string) => {
    const facts = await stat(path);
    if (path === file) watch.onLook();
    return facts;
  }) as typeof stat;
  // `import { rename } from 'node:fs/promises'` sees it too.
  syncBuiltinESMExports();
}
