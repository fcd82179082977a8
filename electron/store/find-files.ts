import type { Dirent } from 'node:fs';
import { readFile, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundPath } from '../uploads/ports.ts';

/** Folders inside each other: more of them is a circle, or nothing that people keep videos in. */
const deepest = 64;

export async function findPath(given: string): Promise<FoundPath> {
  const path = await realpath(given);
  const facts = await stat(path);
  const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
  // OneDrive, iCloud and others leave a file of full size that takes no room until somebody reads it.
  return { path, kind, isPlaceholder: kind === 'file' && facts.size > 0 && facts.blocks === 0 };
}

/** See SourceFiles.walk. */
export async function walkFolder(folder: string, options: { readonly followsLinks: boolean }): Promise<readonly string[]> {
  const found: string[] = [];
  await walkInto(folder, { ...options, found, seen: new Set([folder]), depth: 0 });
  return found;
}

interface Walk {
  readonly followsLinks: boolean;
  readonly found: string[];
  /** Real paths of the folders that were gone into: a link back to one of them leads in a circle. */
  readonly seen: Set<string>;
  readonly depth: number;
}

async function walkInto(folder: string, walk: Walk): Promise<void> {
  if (walk.depth > deepest) return;
  // A folder that may not be read has nothing for us.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => new Array<Dirent>());
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  for (const entry of visible.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))) {
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await linkKind(path, walk) : kindOf(entry);
    if (kind === 'file') walk.found.push(path);
    if (kind === 'folder') await walkInto(path, { ...walk, depth: walk.depth + 1 });
  }
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory'>): 'file' | 'folder' | null {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : null;
}

async function linkKind(path: string, { followsLinks, seen }: Walk): Promise<'file' | 'folder' | null> {
  if (!followsLinks) return null;
  try {
    const target = await realpath(path);
    const kind = kindOf(await stat(target));
    if (kind !== 'folder') return kind;
    if (seen.has(target)) return null;
    seen.add(target);
    return kind;
  } catch {
    // It leads nowhere.
    return null;
  }
}

/** Of the access modes of open(2), those that write. */
const writeOnly = 0o1;
const readWrite = 0o2;
const accessMode = 0o3;

/**
 * Linux tells which files are open and how (proc(5), /proc/pid/fd and fdinfo), of the processes of the same person.
 * Elsewhere nobody does without asking all programs: there the ten seconds in which nothing moves have to do.
 */
export async function openForWriting(paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (process.platform !== 'linux' || paths.length === 0) return new Set();
  const wanted = new Set(paths);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const open = await Promise.all(pids.map((pid) => writtenBy(pid, wanted)));
  return new Set(open.flat());
}

async function writtenBy(pid: string, wanted: ReadonlySet<string>): Promise<readonly string[]> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const written: string[] = [];
  for (const name of names) {
    const path = await readlink(`/proc/${pid}/fd/${name}`).catch(() => '');
    if (wanted.has(path) && (await isForWriting(pid, name))) written.push(path);
  }
  return written;
}

async function isForWriting(pid: string, name: string): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/fdinfo/${name}`, 'utf8').catch(() => '');
  const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(text)?.[1] ?? '0', 8);
  return (flags & accessMode) === writeOnly || (flags & accessMode) === readWrite;
}
