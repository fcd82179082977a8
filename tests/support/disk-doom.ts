import { appendFileSync, promises, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

/** A change of the disk. `tear` does half of it, where there are halves. */
export type OnChange = (name: string, tear: (() => void) | null) => void;

/**
 * Puts a watch between this process and everything that Node changes below a folder, before it happens: what a process
 * finds that starts after one was killed there is what a real disk would hold.
 */
export function watchChanges(folder: string, onChange: OnChange): void {
  const isInside = (path: unknown): path is string =>
    typeof path === 'string' && (resolve(path) + sep).startsWith(resolve(folder) + sep);
  const { appendFile, open } = promises;
  const plain = ['rename', 'link', 'mkdir', 'rmdir', 'rm'] as const;
  for (const name of plain) {
    const original = promises[name] as (...args: readonly unknown[]) => Promise<unknown>;
    Object.assign(promises, {
      [name]: async (...args: readonly unknown[]) => {
        if (isInside(args.at(name === 'rename' || name === 'link' ? 1 : 0))) onChange(name, null);
        return original(...args);
      },
    });
  }
  promises.appendFile = async (path, data, options) => {
    const text = String(data);
    if (isInside(path)) onChange('append', () => appendFileSync(path, text.slice(0, Math.floor(text.length / 2))));
    return appendFile(path, data, options);
  };
  promises.open = async (path, flags, mode) => {
    if (isInside(path) && flags !== 'r') onChange(`open ${String(flags)}`, null);
    const file = await open(path, flags, mode);
    if (isInside(path)) watchHandle(file, onChange);
    return file;
  };
  // `import { rename } from 'node:fs/promises'` sees it too.
  syncBuiltinESMExports();
}

function watchHandle(file: FileHandle, onChange: OnChange): void {
  for (const name of ['sync', 'datasync', 'truncate', 'utimes', 'writeFile', 'write'] as const) {
    const original = (file[name] as (...args: readonly unknown[]) => Promise<unknown>).bind(file);
    Object.assign(file, {
      [name]: async (...args: readonly unknown[]) => {
        onChange(name, tearOf(file.fd, name, args));
        return original(...args);
      },
    });
  }
}

function tearOf(fd: number, name: string, args: readonly unknown[]): (() => void) | null {
  const [data, offset, length, position] = args as [string | Uint8Array, number, number, number];
  if (name === 'writeFile') return () => void writeSync(fd, String(data).slice(0, Math.floor(String(data).length / 2)));
  if (name !== 'write' || typeof data === 'string') return null;
  return () => void writeSync(fd, data, offset, Math.floor(length / 2), position);
}
