import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MiB = 1024 * 1024;
/** Two seconds of picture and sound, made with ffmpeg; every video of the tests plays because of it. */
const seed = fileURLToPath(new URL('./sample.mp4', import.meta.url));

/**
 * Writes a real MP4 of exactly `size` bytes: the seed and behind it one `free` box (ISO/IEC 14496-12, 8.1.2), which
 * players skip. Its content is random, so that a part in the wrong place cannot go unnoticed.
 */
export async function makeVideo(path: string, size: number): Promise<string> {
  const video = await readFile(seed);
  const freeSize = size - video.length;
  if (freeSize !== 0 && freeSize < 16) throw new Error(`A video of ${size} bytes cannot be made`);
  const file = await open(path, 'w');
  try {
    await file.write(video);
    if (freeSize > 0) await writeFreeBox(file, freeSize);
  } finally {
    await file.close();
  }
  return letRest(path);
}

/** As if nobody had touched the file for an hour: one that was written just now would be waited for. */
export async function letRest(path: string): Promise<string> {
  const anHourAgo = Date.now() / 1000 - 3600;
  await utimes(path, anHourAgo, anHourAgo);
  return path;
}

async function writeFreeBox(file: Awaited<ReturnType<typeof open>>, size: number): Promise<void> {
  const header = Buffer.alloc(16);
  header.writeUInt32BE(1, 0);
  header.write('free', 4, 'latin1');
  header.writeBigUInt64BE(BigInt(size), 8);
  await file.write(header);
  for (let left = size - header.length; left > 0; left -= MiB) await file.write(randomBytes(Math.min(MiB, left)));
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: MiB })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** A folder of one's own for one test. */
export async function temporaryFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'remessa-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
