import { describe, expect, it } from 'vitest';
import { MiB } from '../uploads/part-plan.ts';
import { factsOf, fatLimit, refuseSize } from './find-room.ts';

const GiB = 1024 * MiB;
const fat = 0x4d44;
const ext4 = 0xef53;

function refusal(freeBytes: number, size: number, isFat = false): string {
  try {
    refuseSize({ freeBytes, isFat }, size);
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the format of a disk', () => {
  it('is told by Linux, and by no other system in these numbers', () => {
    const told = (type: number, platform: NodeJS.Platform) => factsOf({ bavail: 3, bsize: 4096, type }, platform);
    expect(told(fat, 'linux')).toEqual({ freeBytes: 12_288, isFat: true, isFuse: false });
    expect(told(ext4, 'linux')).toMatchObject({ isFat: false, isFuse: false });
    expect(told(0x65735546, 'linux')).toMatchObject({ isFat: false, isFuse: true });
    for (const platform of ['darwin', 'win32'] as const) expect(told(fat, platform)).toMatchObject({ isFat: false });
  });

  it.each([
    [4 * GiB - 1, 'none'],
    [4 * GiB, 'disk-file-limit'],
  ])('FAT32 and a file of %i bytes: %s', (size, expected) => {
    expect(refusal(100 * GiB, size, true)).toBe(expected);
    expect(refusal(100 * GiB, size, false)).toBe('none');
    expect(fatLimit).toBe(0xffff_ffff);
  });
});

describe('the room on a disk', () => {
  it.each([
    [164 * MiB, 100 * MiB, 'none'],
    [164 * MiB - 1, 100 * MiB, 'disk-full'],
    [64 * MiB, 0, 'none'],
    [0, 0, 'disk-full'],
  ])('of %i bytes for %i: %s', (freeBytes, size, expected) => {
    expect(refusal(freeBytes, size)).toBe(expected);
  });

  it('does not matter where the format refuses: room can be made', () => {
    expect(refusal(0, 4 * GiB, true)).toBe('disk-file-limit');
  });
});
