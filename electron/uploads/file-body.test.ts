import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeRecord } from '../../tests/support/builders.ts';
import { fileBody } from './file-body.ts';
import { slotBytes } from './part-slots.ts';
import type { RequestBody, SourceFiles } from './ports.ts';
import { UploadError } from './upload-error.ts';

const KiB = 1024;
const before = 333;

interface Options {
  /** Most bytes that the line grants at a time. */
  readonly granted?: number;
  readonly failsAt?: number;
}

/** The body of a range that begins at `before`, of a file with `size` bytes in that range and some behind it. */
function make(size: number, { granted = Infinity, failsAt = Infinity }: Options = {}) {
  const content = randomBytes(before + size + 100);
  const seen = { open: 0, moved: 0, sent: [] as number[], asked: [] as number[], most: 0 };
  const files: Pick<SourceFiles, 'open'> = {
    open: async () => {
      seen.open += 1;
      return {
        read: async (position, into) => {
          if (position - before >= failsAt) throw new UploadError('source-changed');
          seen.most = Math.max(seen.most, into.length);
          content.copy(into, 0, position, position + into.length);
        },
        close: async () => void (seen.open -= 1),
      };
    },
  };
  const lane = {
    take: async (wanted: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      seen.asked.push(wanted);
      return Math.min(wanted, granted);
    },
    moved: (bytes: number) => void (seen.moved += bytes),
  };
  const memory = Buffer.alloc(slotBytes);
  const controller = new AbortController();
  const body: RequestBody = fileBody(
    { files, lane, record: () => makeRecord() } as unknown as Parameters<typeof fileBody>[0],
    { start: before, size },
    { memory: () => memory, release: () => undefined },
    { digests: { crc64nvme: 'AAAAAAAAAAA=' }, signal: controller.signal, onSent: (bytes) => seen.sent.push(bytes) },
  );
  return { body, seen, controller, memory, wanted: content.subarray(before, before + size) };
}

async function read(body: RequestBody): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body.pieces()) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

describe('a range of a file as a body', () => {
  it.each([1, 256 * KiB, 256 * KiB + 1, 512 * KiB, 512 * KiB + 1, 3 * 512 * KiB + 7])(
    'of %i bytes has exactly these, in order',
    async (size) => {
      const { body, seen, wanted } = make(size);
      expect((await read(body)).equals(wanted)).toBe(true);
      expect(body).toMatchObject({ size, sha256: null, crc64nvme: 'AAAAAAAAAAA=' });
      expect(seen).toMatchObject({ open: 0, moved: size });
      expect(seen.sent.at(-1)).toBe(size);
      expect(Math.max(...seen.asked)).toBeLessThanOrEqual(256 * KiB);
      expect(seen.most).toBeLessThanOrEqual(slotBytes);
    },
  );

  it('can be read twice: a part is sent again', async () => {
    const { body, wanted } = make(600 * KiB);
    await read(body);
    expect((await read(body)).equals(wanted)).toBe(true);
  });

  it('goes out in the pieces that the line grants', async () => {
    const { body, seen, wanted } = make(600 * KiB, { granted: 10 * KiB + 1 });
    const sizes: number[] = [];
    const pieces: Buffer[] = [];
    for await (const piece of body.pieces()) {
      sizes.push(piece.length);
      pieces.push(Buffer.from(piece));
    }
    expect(Math.max(...sizes)).toBe(10 * KiB + 1);
    expect(Buffer.concat(pieces).equals(wanted)).toBe(true);
    expect(seen.moved).toBe(600 * KiB);
    expect(seen.sent).toEqual(seen.sent.toSorted((a, b) => a - b));
  });

  it('tells of a piece only when the next one is asked for: then it is out', async () => {
    const { body, seen } = make(600 * KiB);
    const pieces = body.pieces()[Symbol.asyncIterator]();
    await pieces.next();
    expect(seen.sent).toEqual([]);
    expect(seen.moved).toBe(0);
    await pieces.next();
    expect(seen.sent).toEqual([256 * KiB]);
    expect(seen.moved).toBe(256 * KiB);
    await pieces.return?.();
  });

  it('passes through the memory of the permit and no other', async () => {
    const { body, memory } = make(600 * KiB);
    for await (const piece of body.pieces()) expect(piece.buffer).toBe(memory.buffer);
  });

  it('closes the file also when nobody wants the rest', async () => {
    const { body, seen } = make(2_000 * KiB);
    for await (const _piece of body.pieces()) {
      expect(seen.open).toBe(1);
      break;
    }
    expect(seen.open).toBe(0);
  });

  it('closes the file when it cannot be read on, and says why', async () => {
    const { body, seen } = make(2_000 * KiB, { failsAt: 512 * KiB });
    await expect(read(body)).rejects.toMatchObject({ code: 'source-changed' });
    expect(seen.open).toBe(0);
  });

  it('ends while it waits for the line', async () => {
    const { body, seen, controller } = make(2_000 * KiB);
    const pieces = body.pieces()[Symbol.asyncIterator]();
    await pieces.next();
    controller.abort(new Error('paused'));
    await expect(pieces.next()).rejects.toThrow('paused');
    expect(seen.open).toBe(0);
  });
});
