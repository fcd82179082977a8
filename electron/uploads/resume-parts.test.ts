import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../tests/support/manual-clock.ts';
import type { StoredPart } from './ports.ts';
import { partsThatArrived } from './resume-parts.ts';
import type { RunContext } from './run-context.ts';

const multipart = { kind: 'multipart', uploadId: 'u', partSize: 10, checksum: 'sha256', createdAt: 0, expiresAt: null } as const;

/** A run of a file of 25 bytes, as much of it as the comparison of parts looks at. ETags are no MD5s: no file is read. */
async function arrived(listed: readonly StoredPart[], known: readonly StoredPart[]): Promise<readonly number[]> {
  const context = {
    clock: new ManualClock(),
    signal: new AbortController().signal,
    onRetrying: () => undefined,
    storage: { listParts: async () => listed },
    record: () => ({ key: 'videos/video_1.mp4', source: { path: '/v/video_1.mp4', size: 25 } }),
    knownParts: () => new Map(known.map((part) => [part.partNumber, part])),
  } as unknown as RunContext;
  return [...(await partsThatArrived(context, multipart)).keys()];
}

describe('a part that the server lists', () => {
  const good = { partNumber: 1, size: 10, etag: 'one' };
  it.each<readonly [string, StoredPart, readonly number[]]>([
    ['with number, size and ETag as remembered counts', good, [1]],
    ['of another size does not, whatever its ETag', { ...good, size: 9 }, []],
    ['with another ETag does not', { ...good, etag: 'other' }, []],
    ['behind the end of the file does not', { ...good, partNumber: 4 }, []],
  ])('%s', async (_what, listed, wanted) => {
    expect(await arrived([listed], [good, { ...good, partNumber: 4 }])).toEqual(wanted);
  });

  it('as the last one is as short as the rest of the file', async () => {
    const last = { partNumber: 3, size: 5, etag: 'three' };
    expect(await arrived([last], [last])).toEqual([3]);
  });
});
