import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn } from '../../tests/support/disk-stage.ts';
import { type Volume, mountVolume, whyNoVolume } from '../../tests/support/loop-volume.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { directDigests } from '../digest/file-digests.ts';
import { claimFolder, testDisk } from './open-disk.ts';

const world = { digests: directDigests(), appVersion: '0.0.0-test' };
let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  scratch = await temporaryFolder();
});
let volume: Volume | null = null;
afterEach(async () => {
  await volume?.end();
  volume = null;
  await scratch.remove();
});

const addressOf = (folder: string, volumeId: string | null = null) => ({ folder, volumeId, quotaBytes: null, publicBaseUrl: null });
const tried = async (folder: string, volumeId: string | null = null) => {
  const { steps, ...report } = await testDisk(addressOf(folder, volumeId), world);
  return { ...report, steps: steps.map(({ step, state, error }) => `${step}: ${error?.code ?? state}`) };
};
/** By convention the user that owns nothing. */
const nobody = 65_534;
const passed = ['reach: passed', 'write: passed', 'read: passed', 'delete: passed'];

describe('claiming a folder', () => {
  it('makes it, with everything above it, and names its volume', async () => {
    const folder = join(scratch.path, 'a/b/videos');
    const { volumeId } = await claimFolder(folder);
    const marker: unknown = JSON.parse(await readFile(join(folder, '.remessa/destination.json'), 'utf8'));
    expect(marker).toEqual({ kind: 'remessa-destination', schemaVersion: 1, volumeId });
    expect(await filesIn(folder)).toEqual(['.remessa/destination.json', '.remessa/objects/', '.remessa/uploads/']);
  });

  it('again, from another computer or twice at once, gives the same name', async () => {
    const folder = join(scratch.path, 'videos');
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimFolder(folder)));
    const ids = new Set([...claims, await claimFolder(folder)].map(({ volumeId }) => volumeId));
    expect(ids.size).toBe(1);
    expect((await readdir(join(folder, '.remessa'))).sort()).toEqual(['destination.json', 'objects', 'uploads']);
  });

  it.each(['', 'no json', '{"kind":"something else"}', '{"kind":"remessa-destination","schemaVersion":1,"volumeId":""}'])(
    'with a marker that says %j replaces it',
    async (text) => {
      await mkdir(join(scratch.path, '.remessa'));
      await writeFile(join(scratch.path, '.remessa/destination.json'), text);
      const { volumeId } = await claimFolder(scratch.path);
      expect(await claimFolder(scratch.path)).toEqual({ volumeId });
    },
  );

  it('that is a file, or is in one, is refused', async () => {
    const file = join(scratch.path, 'file');
    await writeFile(file, 'x');
    await expect(claimFolder(file)).rejects.toMatchObject({ code: 'disk-missing' });
    await expect(claimFolder(join(file, 'videos'))).rejects.toMatchObject({ code: 'disk-missing' });
  });

  const noVolume = whyNoVolume('ext4');
  if (noVolume !== null) process.stdout.write(`claiming a read-only and a full disk is not tested: ${noVolume}\n`);
  it.skipIf(noVolume !== null)('on a read-only or a full disk is refused with that reason', async () => {
    volume = await mountVolume('ext4', 64);
    const folder = join(volume.path, 'videos');
    await volume.setReadOnly(true);
    await expect(claimFolder(folder)).rejects.toMatchObject({ code: 'disk-read-only' });
    expect((await tried(volume.path)).steps).toEqual(['reach: passed', 'write: disk-read-only', 'read: skipped', 'delete: skipped']);
    expect((await tried(folder)).steps[0]).toBe('reach: disk-read-only');
    await volume.setReadOnly(false);
    await volume.fill();
    await expect(claimFolder(folder)).rejects.toMatchObject({ code: 'disk-full' });
  });
});

describe('trying a folder', () => {
  it('that is there passes and leaves it as it was', async () => {
    await writeFile(join(scratch.path, 'theirs.mp4'), 'theirs');
    expect(await tried(scratch.path)).toEqual({ passed: true, steps: passed, endpoint: scratch.path, clockBehindMs: null, region: null });
    expect(await filesIn(scratch.path)).toEqual(['theirs.mp4']);
  });

  it('that is not there yet makes it, and takes it away again', async () => {
    expect((await tried(join(scratch.path, 'a/b/videos'))).steps).toEqual(passed);
    expect(await readdir(scratch.path)).toEqual([]);
    await mkdir(join(scratch.path, 'a'));
    expect((await tried(join(scratch.path, 'a/b'))).steps).toEqual(passed);
    expect(await filesIn(scratch.path)).toEqual(['a/']);
  });

  it('that was claimed passes, and keeps what is ours in it', async () => {
    const { volumeId } = await claimFolder(scratch.path);
    expect((await tried(scratch.path, volumeId)).steps).toEqual(passed);
    // Before it is saved anew, its form does not know the name.
    expect((await tried(scratch.path)).steps).toEqual(passed);
    expect(await claimFolder(scratch.path)).toEqual({ volumeId });
  });

  it('whose disk is not there, or is another one, makes nothing', async () => {
    const folder = join(scratch.path, 'videos');
    const { volumeId } = await claimFolder(folder);
    await rm(folder, { recursive: true });
    const missing = ['reach: disk-missing', 'write: skipped', 'read: skipped', 'delete: skipped'];
    expect((await tried(folder, volumeId)).steps).toEqual(missing);
    expect(await readdir(scratch.path)).toEqual([]);
    await claimFolder(folder);
    expect((await tried(folder, volumeId)).steps).toEqual(missing);
  });

  it('that is a file is refused', async () => {
    await writeFile(join(scratch.path, 'file'), 'x');
    expect((await tried(join(scratch.path, 'file'))).steps[0]).toBe('reach: disk-missing');
  });

  it.skipIf(process.platform === 'win32')('that may not be written to says so', async () => {
    // Root may write everywhere: somebody else tries.
    const isRoot = process.getuid?.() === 0;
    await chmod(scratch.path, isRoot ? 0o755 : 0o500);
    if (isRoot) process.seteuid?.(nobody);
    try {
      expect((await tried(scratch.path)).steps.slice(0, 2)).toEqual(['reach: passed', 'write: disk-read-only']);
      await expect(claimFolder(scratch.path)).rejects.toMatchObject({ code: 'disk-read-only' });
      await expect(claimFolder(join(scratch.path, 'videos'))).rejects.toMatchObject({ code: 'disk-read-only' });
    } finally {
      if (isRoot) process.seteuid?.(0);
      await chmod(scratch.path, 0o700);
    }
  });
});
