import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { appendFile, chmod, open, readFile, readdir, rm, stat, statfs, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Volume, mountVolume, whyNoVolume } from '../../tests/support/loop-volume.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { directDigests } from '../digest/file-digests.ts';
import type { FileDigests, HoldingFolder } from '../uploads/ports.ts';
import { openHoldingFolder } from './holding-folder.ts';

const MiB = 1024 * 1024;
const patient = new AbortController().signal;
const bytes = randomBytes(9 * MiB + 7);
let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
let source: string;
let folder: string;
let trashed: string[];
let holding: HoldingFolder;
const trash = async (path: string): Promise<void> => void trashed.push(path);
beforeEach(async () => {
  scratch = await temporaryFolder();
  source = join(scratch.path, 'video.mp4');
  folder = join(scratch.path, 'videos', 'kept');
  trashed = [];
  holding = openHoldingFolder(folder, { digests: directDigests(), trash });
  await writeFile(source, bytes);
});
afterEach(() => scratch.remove());

const names = (): Promise<readonly string[]> => readdir(folder).catch(() => []);

/** Checksums before the first of which something happens: the copy has been made by then, and not been compared. */
function digestsAfter(happening: () => Promise<void>): FileDigests {
  let isOver = false;
  const digests = directDigests();
  return {
    ...digests,
    digest: async (...question) => {
      if (!isOver) await happening();
      isOver = true;
      return digests.digest(...question);
    },
  };
}

describe('a copy', () => {
  it('is the file, byte for byte, under the upload’s id, and the file stays', async () => {
    const id = randomUUID();
    const held = await holding.keep(id, source, patient);
    expect(held).toEqual({ path: join(folder, `${id}.mp4`), mtimeMs: (await stat(held.path)).mtimeMs });
    expect((await readFile(held.path)).equals(bytes)).toBe(true);
    expect((await readFile(source)).equals(bytes)).toBe(true);
    expect(await names()).toEqual([`${id}.mp4`]);
    expect(await holding.held()).toEqual([{ id, ...held }]);
  });

  it('of an empty file, and one that is made again, are whole', async () => {
    const id = randomUUID();
    await holding.keep(id, source, patient);
    await truncate(source, 0);
    const { path } = await holding.keep(id, source, patient);
    expect((await stat(path)).size).toBe(0);
  });

  it('goes when it is discarded, once and again, and is trashed when it may be the only one', async () => {
    const id = randomUUID();
    const { path } = await holding.keep(id, source, patient);
    await holding.putAside(id);
    expect(trashed).toEqual([path]);
    for (let n = 0; n < 2; n += 1) await holding.discard(id);
    expect(await holding.held()).toEqual([]);
    const without = openHoldingFolder(folder, { digests: directDigests(), trash: () => Promise.reject(new Error('no trash')) });
    await holding.keep(id, source, patient);
    await without.putAside(id);
    expect(await names()).toEqual([`${id}.mp4`]);
  });

  it.skipIf(process.platform === 'win32')('of a film that may only be read can be made, and removed', async () => {
    // Root may write everywhere: somebody else copies.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chmod(scratch.path, 0o777);
    await chmod(source, 0o444);
    if (isRoot) process.seteuid?.(65_534);
    try {
      const id = randomUUID();
      await holding.keep(id, source, patient);
      await holding.discard(id);
      expect(await names()).toEqual([]);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe('a file that does not stand still', () => {
  const { atime, mtime } = { atime: new Date(), mtime: new Date('2026-01-02T03:04:05Z') };
  const flip = async (position: number): Promise<void> => {
    const file = await open(source, 'r+');
    await file.write(Buffer.from([bytes[position]! ^ 1]), 0, 1, position);
    await file.close();
  };

  it.each([
    ['changes', () => flip(5 * MiB)],
    ['changes and has its time set back', async () => {
      await flip(5 * MiB);
      await utimes(source, atime, mtime);
    }],
    ['grows', () => appendFile(source, 'more')],
    ['gets shorter', () => truncate(source, MiB)],
  ])('because it %s has no copy, and nothing is left', async (_what, happening) => {
    await utimes(source, atime, mtime);
    holding = openHoldingFolder(folder, { digests: digestsAfter(happening), trash });
    await expect(holding.keep(randomUUID(), source, patient)).rejects.toMatchObject({ code: 'source-changed' });
    expect(await names()).toEqual([]);
  });

  it('because it is gone, or a folder, says so', async () => {
    await expect(holding.keep(randomUUID(), join(scratch.path, 'none.mp4'), patient)).rejects.toMatchObject({ code: 'source-missing' });
    await expect(holding.keep(randomUUID(), scratch.path, patient)).rejects.toMatchObject({ code: 'source-unreadable' });
    holding = openHoldingFolder(folder, { digests: digestsAfter(() => rm(source)), trash });
    await expect(holding.keep(randomUUID(), source, patient)).rejects.toMatchObject({ code: 'source-missing' });
    expect(await names()).toEqual([]);
  });

  it('and a copy that is not what was written is none', async () => {
    const id = randomUUID();
    const spoil = async (): Promise<void> => truncate(join(folder, `${id}.mp4.part`), MiB);
    holding = openHoldingFolder(folder, { digests: digestsAfter(spoil), trash });
    await expect(holding.keep(id, source, patient)).rejects.toMatchObject({ code: 'source-changed' });
    expect(await names()).toEqual([]);
  });
});

describe('an end', () => {
  it('comes within a second, however large the file, and leaves nothing', async () => {
    // So large that the whole of it takes longer; it takes no room itself.
    await truncate(source, 3 * 1024 * MiB);
    const controller = new AbortController();
    const keeping = holding.keep(randomUUID(), source, controller.signal);
    setTimeout(() => controller.abort(new Error('the app ends')), 50);
    const begun = performance.now();
    await expect(keeping).rejects.toThrow('the app ends');
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await names()).toEqual([]);
  });

  it('by a crash leaves half a copy, which is no copy and is tidied away by the next look', async () => {
    const [whole, half] = [randomUUID(), randomUUID()];
    await holding.keep(whole, source, patient);
    await writeFile(join(folder, `${half}.mp4.part`), 'half');
    await writeFile(join(folder, 'holiday.mp4'), 'somebody’s own');
    expect((await holding.held()).map(({ id }) => id)).toEqual([whole]);
    expect((await names()).toSorted()).toEqual([`${whole}.mp4`, 'holiday.mp4'].toSorted());
  });
});

describe('a disk', () => {
  const reason = whyNoVolume('ext4') ?? whyNoVolume('btrfs');
  if (reason !== null) process.stdout.write(`the holding folder is not tested on volumes of its own: ${reason}\n`);
  let volume: Volume | null = null;
  afterEach(async () => {
    await volume?.end();
    volume = null;
  });

  it.skipIf(reason !== null)('without a GiB beside the copy takes none', async () => {
    volume = await mountVolume('ext4', 1_000);
    holding = openHoldingFolder(volume.path, { digests: directDigests(), trash });
    await expect(holding.keep(randomUUID(), source, patient)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readdir(volume.path)).toEqual(['lost+found']);
  });

  it.skipIf(reason !== null)('that is read-only, or away, is not the video’s fault', async () => {
    volume = await mountVolume('ext4', 1_200);
    holding = openHoldingFolder(join(volume.path, 'kept'), { digests: directDigests(), trash });
    await volume.setReadOnly(true);
    await expect(holding.keep(randomUUID(), source, patient)).rejects.toMatchObject({ code: 'disk-read-only' });
    expect(await holding.held()).toEqual([]);
    await volume.setReadOnly(false);
    expect((await holding.keep(randomUUID(), source, patient)).path).toContain('kept');
  });

  it.skipIf(reason !== null)('that can shares the bytes with the file: the copy takes no room', async () => {
    volume = await mountVolume('btrfs', 1_400);
    const film = join(volume.path, 'film.mp4');
    await writeFile(film, randomBytes(100 * MiB));
    await chmod(film, 0o444);
    const used = async (): Promise<number> => {
      execFileSync('sync', ['-f', volume!.path]);
      const { blocks, bfree, bsize } = await statfs(volume!.path);
      return (blocks - bfree) * bsize;
    };
    const before = await used();
    holding = openHoldingFolder(join(volume.path, 'kept'), { digests: directDigests(), trash });
    const { path } = await holding.keep(randomUUID(), film, patient);
    expect((await readFile(path)).equals(await readFile(film))).toBe(true);
    expect((await used()) - before).toBeLessThan(10 * MiB);
  });
});
