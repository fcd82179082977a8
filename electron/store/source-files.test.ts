import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const size = 1_000_000;
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remessa-source-'));
  path = join(folder, 'ação 🎬.mp4');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => writeFile(path, Buffer.alloc(size, 'abcdefg')));

/** Changes one byte and restores the file's time, as some programs do. */
async function changeAt(position: number): Promise<void> {
  const { atime, mtime } = await stat(path);
  const file = await open(path, 'r+');
  await file.write(Buffer.from('#'), 0, 1, position);
  await file.close();
  await utimes(path, atime, mtime);
}

describe('the fingerprint', () => {
  it('is the same for the same content, wherever it stands', async () => {
    const before = await sourceFiles.fingerprint(path);
    const moved = join(folder, 'moved.mp4');
    await rename(path, moved);
    expect(await sourceFiles.fingerprint(moved)).toEqual(before);
  });

  it.each([
    ['start', 0],
    ['middle', size / 2],
    ['end', size - 1],
  ])('changes with a byte at the %s, also when the time does not', async (_where, position) => {
    const before = await sourceFiles.fingerprint(path);
    await changeAt(position);
    expect((await sourceFiles.fingerprint(path)).sample).not.toBe(before.sample);
  });

  it('changes with the size, and works for a file smaller than a block and for an empty one', async () => {
    const samples = new Set<string>();
    for (const text of ['', 'a', 'ab']) {
      await writeFile(path, text);
      const { size: found, sample } = await sourceFiles.fingerprint(path);
      expect(found).toBe(text.length);
      samples.add(sample);
    }
    expect(samples.size).toBe(3);
  });
});

describe('reading', () => {
  it('fills the memory from the position', async () => {
    await writeFile(path, 'abcdefghij');
    const into = new Uint8Array(4);
    const file = await sourceFiles.open(path);
    await file.read(3, into);
    await file.close();
    expect(Buffer.from(into).toString()).toBe('defg');
  });

  it('past the end is a file that changed', async () => {
    await writeFile(path, 'abc');
    const file = await sourceFiles.open(path);
    await expect(file.read(1, new Uint8Array(4))).rejects.toMatchObject({ code: 'source-changed' });
    await file.close();
  });

  it('gives the head of a file that is shorter than asked for', async () => {
    await writeFile(path, 'abc');
    expect(Buffer.from(await sourceFiles.head(path, 64)).toString()).toBe('abc');
  });
});

describe('what is not a file to be sent', () => {
  it('is a folder, refused by every look', async () => {
    const inside = join(folder, 'folder.mp4');
    await mkdir(inside, { recursive: true });
    await expect(sourceFiles.stat(inside)).rejects.toMatchObject({ code: 'not-a-video' });
    await expect(sourceFiles.fingerprint(inside)).rejects.toMatchObject({ code: 'not-a-video' });
    await expect(sourceFiles.head(inside, 4)).rejects.toMatchObject({ code: 'not-a-video' });
  });

  it.skipIf(process.platform === 'win32')('is a pipe, which would wait for ever', async () => {
    const pipe = join(folder, 'pipe.mp4');
    execFileSync('mkfifo', [pipe]);
    await expect(sourceFiles.fingerprint(pipe)).rejects.toMatchObject({ code: 'not-a-video' });
    await expect(sourceFiles.stat(pipe)).rejects.toMatchObject({ code: 'not-a-video' });
  });

  it('is one that is gone, or was under a file', async () => {
    for (const gone of [join(folder, 'none.mp4'), join(path, 'below.mp4')]) {
      await expect(sourceFiles.resolve(gone)).rejects.toMatchObject({ code: 'source-missing' });
      await expect(sourceFiles.stat(gone)).rejects.toMatchObject({ code: 'source-missing' });
      await expect(sourceFiles.open(gone)).rejects.toMatchObject({ code: 'source-missing' });
    }
  });

  it('is a name that no system takes', async () => {
    await expect(sourceFiles.stat(`${'a'.repeat(5000)}.mp4`)).rejects.toMatchObject({ code: 'source-unreadable' });
  });
});

describe('the name under which a file is known', () => {
  it('is the same through a link', async () => {
    const link = join(folder, 'link.mp4');
    await symlink(path, link).catch(() => undefined);
    expect(await sourceFiles.resolve(link)).toBe(await sourceFiles.resolve(path));
  });
});
