import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { walkFiles } from './walk-files.ts';

const files = ['b.mp4', 'a/1.mp4', 'a-b.mp4', 'a/é.mp4', 'a/10.mp4', 'a/deep/x.mp4', 'a.mp4', '.hidden.mp4', 'a/.hidden/x.mp4', '.remessa/x.mp4'];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  for (const file of files) {
    await mkdir(dirname(join(folder.path, file)), { recursive: true });
    await writeFile(join(folder.path, file), file);
  }
  await symlink('/etc', join(folder.path, 'etc'));
  await symlink(join(folder.path, 'b.mp4'), join(folder.path, 'c.mp4'));
});
afterAll(() => folder.remove());

async function keys(prefix: string, isHiddenToo = false): Promise<readonly string[]> {
  const found: string[] = [];
  const { signal } = new AbortController();
  for await (const { key, size } of walkFiles(folder.path, { prefix, isHiddenToo, signal })) {
    expect(size).toBe(Buffer.byteLength(key));
    found.push(key);
  }
  return found;
}

describe('the files of a destination', () => {
  it('come in the order of their keys’ bytes, as in a bucket, without what is hidden, ours or a link', async () => {
    const all = await keys('');
    expect(all).toEqual(['a-b.mp4', 'a.mp4', 'a/1.mp4', 'a/10.mp4', 'a/deep/x.mp4', 'a/é.mp4', 'b.mp4']);
    expect(all).toEqual(all.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });

  it.each([
    ['a/', ['a/1.mp4', 'a/10.mp4', 'a/deep/x.mp4', 'a/é.mp4']],
    ['a/1', ['a/1.mp4', 'a/10.mp4']],
    ['a/de', ['a/deep/x.mp4']],
    ['a', ['a-b.mp4', 'a.mp4', 'a/1.mp4', 'a/10.mp4', 'a/deep/x.mp4', 'a/é.mp4']],
    ['z', []],
  ])('below %s are those that begin so', async (prefix, expected) => {
    expect(await keys(prefix)).toEqual(expected);
  });

  it('that are hidden take room all the same, but for our own', async () => {
    const all = await keys('', true);
    expect(all).toContain('.hidden.mp4');
    expect(all).toContain('a/.hidden/x.mp4');
    expect(all.some((key) => key.startsWith('.remessa'))).toBe(false);
  });

  it('end with the signal', async () => {
    const reason = new Error('enough');
    const walk = walkFiles(folder.path, { prefix: '', isHiddenToo: false, signal: AbortSignal.abort(reason) });
    await expect(walk.next()).rejects.toBe(reason);
  });
});
