import { mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn } from '../../tests/support/disk-stage.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { placeFile } from './place-file.ts';
import type { Staging } from './staging.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** The mount point, and a folder of an upload in it. */
let root: string;
let staging: Staging;
beforeEach(async () => {
  folder = await temporaryFolder();
  root = join(folder.path, 'disk');
  staging = await stagingIn('one', 'its bytes');
});
afterEach(() => folder.remove());

async function stagingIn(uploadId: string, bytes: string): Promise<Staging> {
  const home = join(root, '.uploads', uploadId);
  await mkdir(home, { recursive: true });
  const data = join(home, 'data.part');
  await writeFile(data, bytes);
  const path = (name: string): string => join(home, name);
  return { uploadId, kind: 'parts', folder: home, data, parts: path('parts'), sealed: path('sealed'), note: path('note') };
}

const place = (key: string, mustBeNew = true, from = staging): Promise<void> =>
  placeFile(from, async () => ({ path: join(root, key), folder: root }), mustBeNew);
const visible = (): Promise<readonly string[]> => filesIn(root, (name) => name !== '.uploads');

describe('bringing bytes to their place', () => {
  it('makes the folders on the way', async () => {
    await place('a/b/c.mp4');
    expect(await readFile(join(root, 'a/b/c.mp4'), 'utf8')).toBe('its bytes');
    expect(await visible()).toEqual(['a/b/c.mp4']);
  });

  it('keeps the bytes in the upload’s folder as a proof of what was done', async () => {
    await place('c.mp4');
    expect(await readdir(staging.folder)).toContain('data.part');
    await place('d.mp4', false);
    expect(await readdir(staging.folder)).toContain('data.part');
  });

  it('lets one of many that come at once win, and none that is asked to be new replace anything', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, (_, n) => stagingIn(`many-${n}`, `bytes ${n}`)));
    const ends = await Promise.allSettled(many.map((one) => place('a/b.mp4', true, one)));
    const winners = ends.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
    expect(winners).toHaveLength(1);
    expect(await readFile(join(root, 'a/b.mp4'), 'utf8')).toBe(`bytes ${winners[0]}`);
    const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as { code: string }).code] : []));
    expect(new Set(reasons)).toEqual(new Set(['object-exists']));
  });

  it('survives that the folder vanishes under it, as when its last object is deleted', async () => {
    let looks = 0;
    const find = async () => {
      looks += 1;
      // The one that is taken for there is not there any more.
      return { path: join(root, 'a/b.mp4'), folder: looks === 1 ? join(root, 'a') : root };
    };
    await placeFile(staging, find, true);
    expect(looks).toBe(2);
    expect(await visible()).toEqual(['a/b.mp4']);
  });

  it('leaves no folders behind that it made in vain, and others as they are', async () => {
    await mkdir(join(root, 'a/empty'), { recursive: true });
    await mkdir(join(root, 'a/x.mp4'));
    await expect(place('a/x.mp4', false)).rejects.toMatchObject({ code: 'invalid-key' });
    await expect(place('a/x.mp4', true)).rejects.toMatchObject({ code: 'invalid-key' });
    await rm(staging.data);
    await expect(place('new/deep/x.mp4')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await visible()).toEqual(['a/empty/', 'a/x.mp4/']);
  });

  it('does not take a file, or a link that leads nowhere, for a folder', async () => {
    await writeFile(join(root, 'file'), 'x');
    await symlink(join(folder.path, 'none'), join(root, 'link'));
    for (const name of ['file', 'link']) {
      await expect(place(`${name}/x.mp4`)).rejects.toMatchObject({ code: 'invalid-key' });
    }
    expect(await readdir(folder.path)).toEqual(['disk']);
  });

  it('makes nothing in the mount point of a volume that went away in between', async () => {
    await rm(root, { recursive: true });
    await mkdir(root);
    for (const mustBeNew of [true, false]) {
      await expect(place('a/b/c.mp4', mustBeNew)).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(place('c.mp4', mustBeNew)).rejects.toMatchObject({ code: 'ENOENT' });
    }
    expect(await readdir(root)).toEqual([]);
  });
});
