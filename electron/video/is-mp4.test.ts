import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { refuseContent } from './is-mp4.ts';

/** An `ftyp` box with this size, type and brand, and room behind it. */
function head(size: number, type: string, brand: string): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32BE(size, 0);
  bytes.write(type + brand, 4, 'latin1');
  return bytes;
}

describe('what is an MP4', () => {
  it.each(['isom', 'iso2', 'mp41', 'mp42', 'avc1', 'M4V ', 'dash', 'XAVC'])('brand %s is', (brand) => {
    expect(refuseContent(head(32, 'ftyp', brand))).toBeNull();
  });

  it('a real one is, also as a view into a larger memory', async () => {
    const video = await readFile(new URL('../../tests/support/sample.mp4', import.meta.url));
    expect(refuseContent(video.subarray(0, 64))).toBeNull();
    expect(refuseContent(Buffer.concat([Buffer.alloc(7), video.subarray(0, 64)]).subarray(7))).toBeNull();
  });

  it.each(['qt  ', 'heic', 'avif', 'M4A ', 'mif1'])('brand %s is not', (brand) => {
    expect(refuseContent(head(32, 'ftyp', brand))).toBe('not-a-video');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['fifteen bytes', head(32, 'ftyp', 'isom').subarray(0, 15)],
    ['zeros', Buffer.alloc(64)],
    ['text', Buffer.from('<!doctype html><html>'.padEnd(64))],
    ['a box of another type', head(32, 'moov', 'isom')],
    ['a box too small to be one', head(8, 'ftyp', 'isom')],
    ['a box of an impossible size', head(0xffff_fff0, 'ftyp', 'isom')],
    ['a box of an odd size', head(33, 'ftyp', 'isom')],
    ['a Matroska file', Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(60)])],
  ])('%s is not', (_what, bytes) => {
    expect(refuseContent(bytes)).toBe('not-a-video');
  });
});
