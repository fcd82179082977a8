import type { ErrorCode } from '../../shared/errors.ts';

/** Brands of the same box format that are pictures, sound or QuickTime: a browser does not play them as video/mp4. */
const otherBrands = new Set(['qt  ', 'heic', 'heix', 'hevc', 'mif1', 'msf1', 'avif', 'avis', 'M4A ', 'M4B ', 'crx ']);

/**
 * Looks at the bytes and not at the name: an MP4 begins with an `ftyp` box (ISO/IEC 14496-12, 4.3) whose size is at
 * least 16. Returns why the file is refused, or null.
 */
export function refuseContent(head: Uint8Array): ErrorCode | null {
  if (head.length < 16) return 'not-a-video';
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [size, type, brand] = [view.getUint32(0), fourCharacters(head, 4), fourCharacters(head, 8)];
  const isPlausible = type === 'ftyp' && size >= 16 && size <= 4096 && size % 4 === 0;
  return isPlausible && !otherBrands.has(brand) ? null : 'not-a-video';
}

const fourCharacters = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
