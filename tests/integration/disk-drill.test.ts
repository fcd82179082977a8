import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { bundleForNode } from '../support/bundle-node.ts';
import { diskDrill } from '../support/disk-drill.ts';
import { type Volume, mountVolume, possibleVolumes } from '../support/loop-volume.ts';
import { temporaryFolder } from '../support/sample-video.ts';

/** Of each drill; `all`: at every change of the disk, and once more with half of it done. That takes some minutes. */
const asked = process.env['REMESSA_DISK_KILLS'] ?? '8';
const kills = asked === 'all' ? 'all' : Number(asked);

let program: string;
let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  program = await bundleForNode(fileURLToPath(new URL('../support/disk-uploader-process.ts', import.meta.url)));
  scratch = await temporaryFolder();
});
afterAll(async () => {
  await rm(dirname(program), { recursive: true });
  await scratch.remove();
});

// With hard links, and without.
describe.each(['this computer', ...possibleVolumes(['exfat'])] as const)('killed at any moment, on %s', (kind) => {
  let volume: Volume | null = null;
  beforeAll(async () => {
    volume = kind === 'this computer' ? null : await mountVolume(kind, 400);
  });
  afterAll(() => volume?.end());

  it.each([
    ['in parts', 3 * MiB + 4321, false],
    ['in one piece', MiB - 10, false],
    ['in parts in the place of another', 3 * MiB + 4321, true],
    ['in one piece in the place of another', MiB - 10, true],
  ])('a video %s is whole or not there, and is there in the end', { timeout: 20 * 60_000 }, async (how, size, replaces) => {
    const home = join(scratch.path, `${kind}, ${how}`);
    await mkdir(home);
    const root = volume?.path ?? join(home, 'destinations');
    await mkdir(root, { recursive: true });
    const report = await diskDrill({ program, scratch: home, root, size, replaces, kills });
    process.stdout.write(`disk drill on ${kind}, ${how}: ${JSON.stringify(report)}\n`);
    expect(report.failures).toEqual([]);
    expect(report.kills).toBeGreaterThan(Math.min(report.places, 8) * 0.9);
  });
});
