import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../tests/support/bundle-node.ts';
import { crc64 } from '../../tests/support/received-body.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import type { FileDigests } from '../uploads/ports.ts';
import { combineCrc64 } from './crc64-combine.ts';
import { directDigests, threadDigests } from './file-digests.ts';

const patient = new AbortController().signal;
/** More than two of the pieces that are read at a time, and no whole number of them. */
const bytes = randomBytes(2_500_001);
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
let worker: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  file = join(folder.path, 'video.mp4');
  await writeFile(file, bytes);
  worker = await bundleForNode(fileURLToPath(new URL('./digest-worker.ts', import.meta.url)));
});
afterAll(async () => {
  await rm(dirname(worker), { recursive: true });
  await folder.remove();
});

const whole = { start: 0, size: bytes.length };
const expected = (of: Uint8Array) => ({
  crc64nvme: crc64(of),
  sha256: createHash('sha256').update(of).digest('hex'),
  md5: createHash('md5').update(of).digest('hex'),
});

describe.each(['in a thread', 'in the calling thread'])('checksums %s', (where) => {
  let digests: FileDigests & { readonly stop?: () => Promise<void> };
  beforeAll(() => {
    digests = where === 'in a thread' ? threadDigests(worker) : directDigests();
  });
  afterAll(() => digests.stop?.());

  it('are those of the bytes, all from one reading', async () => {
    expect(await digests.digest(file, whole, ['crc64nvme', 'sha256', 'md5'], patient)).toEqual(expected(bytes));
  });

  it('are those of the range, also when many are asked for at once', async () => {
    const ranges = Array.from({ length: 12 }, (_, n) => ({ start: n * 200_001, size: 100_000 + n }));
    const found = await Promise.all(ranges.map((range) => digests.digest(file, range, ['crc64nvme', 'md5'], patient)));
    const wanted = ranges.map(({ start, size }) => {
      const { crc64nvme, md5 } = expected(bytes.subarray(start, start + size));
      return { crc64nvme, md5 };
    });
    expect(found).toEqual(wanted);
  });

  it('of "123456789" are the value that the polynomial is known by', async () => {
    const known = join(folder.path, 'known');
    await writeFile(known, '123456789');
    const { crc64nvme } = await digests.digest(known, { start: 0, size: 9 }, ['crc64nvme'], patient);
    expect(Buffer.from(crc64nvme ?? '', 'base64').toString('hex')).toBe('ae8b14860a799888');
  });

  it.each([
    ['a file that is not there', 'none.mp4', 1, 'source-missing'],
    ['a folder', 'inside', 1, 'source-unreadable'],
    ['a file that ends before', 'video.mp4', bytes.length + 1, 'source-changed'],
  ])('of %s there are none', async (_what, name, size, code) => {
    await mkdir(join(folder.path, 'inside'), { recursive: true });
    const asked = digests.digest(join(folder.path, name), { start: 0, size }, ['sha256'], patient);
    await expect(asked).rejects.toMatchObject({ code });
  });

  it('of pieces make up that of the whole', async () => {
    const sizes = [1_000_000, 1_000_000, 1, 499_999, 1];
    let start = 0;
    const pieces = sizes.map((size) => ({ crc64nvme: crc64(bytes.subarray(start, (start += size))), size }));
    expect(await digests.combineCrc64(pieces)).toBe(crc64(bytes.subarray(0, start)));
  });
});

describe('a thread that cannot be', () => {
  it('is done without', async () => {
    const digests = threadDigests(join(folder.path, 'no-such-worker.mjs'));
    for (let n = 0; n < 5; n += 1) {
      expect(await digests.digest(file, whole, ['md5'], patient)).toEqual({ md5: expected(bytes).md5 });
    }
  });
});

describe('combining', () => {
  it('one piece is that piece, and nothing is nothing', () => {
    expect(combineCrc64([{ crc64nvme: crc64(bytes), size: bytes.length }])).toBe(crc64(bytes));
    expect(combineCrc64([])).toBe(crc64(new Uint8Array()));
  });

  it('knows the order', () => {
    const [a, b] = [Buffer.from('one'), Buffer.from('another')].map((of) => ({ crc64nvme: crc64(of), size: of.length }));
    expect(combineCrc64([a!, b!])).not.toBe(combineCrc64([b!, a!]));
  });
});
