import { createHash } from 'node:crypto';
import { Crc64 } from '../../electron/practice/crc64.ts';
import type { RequestBody } from '../../electron/uploads/ports.ts';

export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** By the practice bucket's code, which shares none with the engine's. */
export function crc64(bytes: Uint8Array): string {
  const crc = new Crc64();
  crc.update(bytes);
  return crc.digest().toString('base64');
}

export async function* nothing(): AsyncIterable<Uint8Array> {
  // A request without a body.
}

export async function receive(body: RequestBody | undefined, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  if (body === undefined) return Buffer.alloc(0);
  for await (const piece of body.pieces()) {
    // A copy: the memory of a piece is used for the next one.
    pieces.push(Buffer.from(piece));
    length += piece.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(pieces);
}
