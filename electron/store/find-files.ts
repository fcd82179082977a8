import type { Dirent } from 'node:fs';
import { readFile, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundPath } from '../uploads/ports.ts';

/** Folders inside each other: more of them is nothing that people keep videos in. */
const deepest = 64;
/** `video 2` before `video 10`. Made once: made for each comparison it takes 25 times as long. */
const byName = new Intl.Collator(undefined, { numeric: true });

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
  // A folder that may not be read has nothing for us.
  const real = await realpath(folder).catch(() => null);
  if (real !== null) await walkInto({ path: folder, real }, { ...options, found, seen: new Set(), depth: 0 });
  return found;
}

interface Walk {
  readonly followsLinks: boolean;
  readonly found: string[];
  /** Real paths of the folders that were gone into: a link to one of them leads in a circle, or to what is known. */
  readonly seen: Set<string>;
  readonly depth: number;
}

/** A folder as it was come to, and without links. */
interface Folder {
  readonly path: string;
  readonly real: string;
}

async function walkInto({ path: folder, real }: Folder, walk: Walk): Promise<void> {
  if (walk.depth > deepest || walk.seen.has(real)) return;
  walk.seen.add(real);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => new Array<Dirent>());
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  for (const entry of visible.toSorted((a, b) => byName.compare(a.name, b.name))) {
    const path = join(folder, entry.name);
    const target = entry.isSymbolicLink()
      ? await targetOf(path, walk)
      : { kind: kindOf(entry), real: join(real, entry.name) };
    if (target?.kind === 'file') walk.found.push(path);
    if (target?.kind === 'folder') await walkInto({ path, real: target.real }, { ...walk, depth: walk.depth + 1 });
  }
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory'>): 'file' | 'folder' | null {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : null;
}

/** What a link leads to; null where links are not followed. */
async function targetOf(
  path: string,
  { followsLinks }: Walk,
): Promise<{ readonly kind: 'file' | 'folder' | null; readonly real: string } | null> {
  if (!followsLinks) return null;
  try {
    const real = await realpath(path);
    return { kind: kindOf(await stat(real)), real };
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
  // Where it is not mounted, the ten seconds have to do as well.
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
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
