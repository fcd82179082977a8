import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, link, mkdir, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { findPath, openForWriting, walkFolder } from './find-files.ts';

const isWindows = process.platform === 'win32';
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const at = (...names: readonly string[]): string => join(folder.path, ...names);
async function write(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), name);
  }
}
const walk = async (followsLinks = false): Promise<readonly string[]> =>
  (await walkFolder(folder.path, { followsLinks })).map((path) => relative(folder.path, path).replaceAll('\\', '/'));

describe('what a path is', () => {
  it('a file, a folder, or something else, under its real name', async () => {
    await write('videos/a.mp4');
    await symlink(at('videos'), at('link'), 'junction');
    expect(await findPath(at('videos/a.mp4'))).toEqual({ path: at('videos/a.mp4'), kind: 'file', isPlaceholder: false });
    expect(await findPath(at('link'))).toMatchObject({ path: at('videos'), kind: 'folder' });
    expect(await findPath(at('link/a.mp4'))).toMatchObject({ path: at('videos/a.mp4') });
    await expect(findPath(at('none.mp4'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.skipIf(isWindows)('a pipe is neither', async () => {
    await once(spawn('mkfifo', [at('pipe.mp4')]), 'exit');
    expect(await findPath(at('pipe.mp4'))).toMatchObject({ kind: 'other' });
  });

  it('a file of full size that takes no room lies in a cloud; an empty one does not', async () => {
    await write('empty.mp4', 'cloud.mp4');
    await truncate(at('empty.mp4'), 0);
    expect(await findPath(at('empty.mp4'))).toMatchObject({ isPlaceholder: false });
    // What a cloud service leaves behind, and what a file system makes of a file without content, look the same.
    await truncate(at('cloud.mp4'), 0);
    await truncate(at('cloud.mp4'), 100_000);
    expect(await findPath(at('cloud.mp4'))).toMatchObject({ isPlaceholder: true });
  });
});

describe('the files below a folder', () => {
  it('come in the order in which people count, without what is hidden', async () => {
    await write('video 10.mp4', 'video 2.mp4', 'Aula 1.mp4', 'ação.mp4', 'b/x.mp4', '.hidden.mp4', '.cache/y.mp4', 'b/.z.mp4');
    expect(await walk()).toEqual(['ação.mp4', 'Aula 1.mp4', 'b/x.mp4', 'video 2.mp4', 'video 10.mp4']);
  });

  it('are none in an empty folder, one that is not there, or a file', async () => {
    await write('a.mp4');
    for (const none of ['none', 'a.mp4']) expect(await walkFolder(at(none), { followsLinks: true })).toEqual([]);
    await rm(at('a.mp4'));
    expect(await walk()).toEqual([]);
  });

  it.skipIf(isWindows)('leave out what may not be read', async () => {
    await write('locked/a.mp4', 'open/b.mp4');
    await chmod(at('locked'), 0);
    const isRoot = process.getuid?.() === 0;
    await chmod(folder.path, 0o755);
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await walk()).toEqual(['open/b.mp4']);
    } finally {
      if (isRoot) process.seteuid?.(0);
      await chmod(at('locked'), 0o700);
    }
  });

  it('are found behind links only when asked for', async () => {
    const other = await temporaryFolder();
    await writeFile(join(other.path, 'far.mp4'), 'x');
    await write('near.mp4');
    await symlink(other.path, at('elsewhere'), 'junction');
    await symlink(join(other.path, 'none'), at('nowhere'), 'junction');
    expect(await walk(false)).toEqual(['near.mp4']);
    expect(await walk(true)).toEqual(['elsewhere/far.mp4', 'near.mp4']);
    await other.remove();
  });

  it('are found once, however many links lead in a circle or to the same folder', async () => {
    await write('a/1.mp4', 'a/b/2.mp4');
    await symlink(at('.'), at('a/b/top'), 'junction');
    await symlink(at('a'), at('a/b/up'), 'junction');
    await symlink(at('a/b'), at('again'), 'junction');
    await symlink(at('self'), at('self'), 'junction');
    expect(await walk(true)).toEqual(['a/1.mp4', 'a/b/2.mp4']);
  });

  it('also when the walk begins at a link', async () => {
    await write('real/1.mp4');
    await symlink(at('real'), at('start'), 'junction');
    await symlink(at('real'), at('real/back'), 'junction');
    const found = await walkFolder(at('start'), { followsLinks: true });
    expect(found).toEqual([join(at('start'), '1.mp4')]);
  });

  it('of five thousand are there within a second', { timeout: 30_000 }, async () => {
    await mkdir(at('many'));
    await writeFile(at('many/video_0.mp4'), 'x');
    for (let n = 1; n < 5000; n += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, m) => link(at('many/video_0.mp4'), at(`many/video_${n + m}.mp4`))));
    }
    const begun = performance.now();
    expect(await walk()).toHaveLength(5001);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe('files that another program writes', () => {
  /** Opens the file and holds it until it is killed. */
  async function hold(path: string, flags: string): Promise<() => Promise<void>> {
    const script = `require('node:fs').openSync(process.argv[1], process.argv[2]); console.log('open'); setInterval(() => 0, 1000)`;
    const child = spawn(process.execPath, ['-e', script, path, flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
  }

  if (process.platform !== 'linux') process.stdout.write('who has a file open is not tested: only Linux tells\n');
  it.skipIf(process.platform !== 'linux').each([['a'], ['r+'], ['w']])('by opening it with %s are found, as long as it is open', async (flags) => {
    await write('a.mp4', 'b.mp4');
    const paths = [at('a.mp4'), at('b.mp4')];
    const release = await hold(at('a.mp4'), flags);
    expect(await openForWriting(paths)).toEqual(new Set([at('a.mp4')]));
    await release();
    expect(await openForWriting(paths)).toEqual(new Set());
  });

  it.skipIf(process.platform !== 'linux')('are not those that it reads, nor those nobody asks about', async () => {
    await write('a.mp4', 'b.mp4');
    const releases = [await hold(at('a.mp4'), 'r'), await hold(at('b.mp4'), 'a')];
    expect(await openForWriting([at('a.mp4')])).toEqual(new Set());
    expect(await openForWriting([])).toEqual(new Set());
    for (const release of releases) await release();
    // Our own as well.
    const own = await open(at('a.mp4'), 'r+');
    expect(await openForWriting([at('a.mp4')])).toEqual(new Set([at('a.mp4')]));
    await own.close();
  });
});
