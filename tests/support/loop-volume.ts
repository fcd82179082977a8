import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, rm, truncate, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const MiB = 1024 * 1024;
/** Longest that one command may take, milliseconds. */
const patienceMs = 30_000;
const run = promisify(execFile);

/**
 * File systems that differ where it matters: ext4 is what most disks have; btrfs copies by reference and keeps its folders
 * apart; xfs allocates late; exFAT, by its driver in user space, has no hard links and coarse times; `ext2` has blocks so
 * small that no file in it can have 17 GiB.
 */
export const fileSystems = ['ext4', 'btrfs', 'xfs', 'exfat', 'ext2'] as const;
export type FileSystem = (typeof fileSystems)[number];

interface Recipe {
  readonly make: readonly [string, ...string[]];
  /** Another program than mount(8), for a file system in user space; it wants a block device. */
  readonly driver?: string;
}

const recipes: Record<FileSystem, Recipe> = {
  ext4: { make: ['mkfs.ext4', '-q', '-F', '-m', '0'] },
  btrfs: { make: ['mkfs.btrfs', '-q', '-f'] },
  xfs: { make: ['mkfs.xfs', '-q', '-f'] },
  exfat: { make: ['mkfs.exfat'], driver: 'mount.exfat-fuse' },
  ext2: { make: ['mkfs.ext2', '-q', '-F', '-m', '0', '-b', '1024', '-N', '64', '-E', 'lazy_itable_init=1'] },
};

/** A small volume of its own in a file: it can be filled up, taken away and brought back like a stick. */
export interface Volume {
  /** Where it is mounted. */
  readonly path: string;
  readonly kind: FileSystem;
  /** As `mount -o remount,ro` does: refused while a file is open for writing, so tried until it works. */
  readonly setReadOnly: (isReadOnly: boolean) => Promise<void>;
  /** Unmounts it at once, whoever is at it (umount -l): what is open goes on, the mount point is an empty folder. */
  readonly takeAway: () => Promise<void>;
  readonly bringBack: () => Promise<void>;
  /** Takes all its room but so many bytes; the function gives it back. */
  readonly fill: (butBytes?: number) => Promise<() => Promise<void>>;
  readonly end: () => Promise<void>;
}

const mounted = new Set<string>();
// Whatever ends us: nothing stays mounted.
process.once('exit', () => {
  for (const path of mounted) {
    try {
      execFileSync('umount', ['-l', path], { stdio: 'ignore', timeout: patienceMs });
    } catch {
      // It is gone already.
    }
  }
});

const programIn = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(':').concat('/usr/sbin', '/sbin').some((folder) => existsSync(join(folder, name)));

/** Why such a volume cannot be had here; null: it can. */
export function whyNoVolume(kind: FileSystem): string | null {
  if (process.platform !== 'linux') return 'volumes in files are mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root mounts volumes';
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices';
  const { make, driver } = recipes[kind];
  const missing = [make[0], driver].find((program) => program !== undefined && !programIn(program));
  return missing === undefined ? null : `${missing} is not installed`;
}

/** The kinds that can be had; what cannot is said, once. */
export function possibleVolumes(wanted: readonly FileSystem[]): readonly FileSystem[] {
  return wanted.filter((kind) => {
    const reason = whyNoVolume(kind);
    if (reason !== null) process.stdout.write(`not tested on ${kind}: ${reason}\n`);
    return reason === null;
  });
}

/** `size`: MiB; the file that holds it takes only what is written. */
export async function mountVolume(kind: FileSystem, size: number): Promise<Volume> {
  const home = await mkdtemp(join(tmpdir(), `remessa-${kind}-`));
  const image = join(home, 'image');
  const path = join(home, 'volume');
  const { make, driver } = recipes[kind];
  await (await open(image, 'w')).close();
  await truncate(image, size * MiB);
  await sh(make[0], ...make.slice(1), image);
  await mkdir(path);
  let device: string | null = null;
  const bringBack = async (): Promise<void> => {
    if (driver === undefined) await sh('mount', '-o', 'loop', image, path);
    else {
      device = (await sh('losetup', '--find', '--show', image)).trim();
      await startDriver(driver, device, path);
    }
    mounted.add(path);
  };
  const takeAway = async (): Promise<void> => {
    if (!mounted.delete(path)) return;
    await sh('umount', '-l', path);
    if (device !== null) await retried(() => sh('losetup', '-d', device ?? ''));
    device = null;
  };
  await bringBack();
  return {
    path,
    kind,
    setReadOnly: (isReadOnly) => retried(() => sh('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path)),
    takeAway,
    bringBack,
    fill: (butBytes = 0) => fill(join(path, '.ballast'), butBytes),
    end: async () => {
      await takeAway();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function fill(path: string, butBytes: number): Promise<() => Promise<void>> {
  const file = await open(path, 'w');
  try {
    for (const piece of [MiB, 4096, 512]) await writeUntilFull(file, Buffer.alloc(piece, 7));
    if (butBytes > 0) await file.truncate((await file.stat()).size - butBytes);
    await file.sync().catch(() => undefined);
  } finally {
    await file.close();
  }
  return async () => {
    await unlink(path);
    // Some tell of their room only when it is really free.
    await sh('sync', '-f', dirname(path));
  };
}

async function writeUntilFull(file: FileHandle, piece: Uint8Array): Promise<void> {
  try {
    for (;;) {
      for (let flushed = 0; flushed < 8; flushed += 1) await file.appendFile(piece);
      // Some find out later that there is no room.
      await file.sync();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };

async function sh(program: string, ...args: readonly string[]): Promise<string> {
  return (await run(program, args, { timeout: patienceMs, env })).stdout;
}

/** It goes on behind our back and would keep a pipe to us open, so it gets none. */
async function startDriver(driver: string, device: string, path: string): Promise<void> {
  const child = spawn(driver, [device, path], { stdio: 'ignore', timeout: patienceMs, env });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${driver} ended with ${code}`);
}

async function retried(work: () => Promise<unknown>): Promise<void> {
  for (let left = 100; ; left -= 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await wait(30);
    }
  }
}
