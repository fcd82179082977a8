import { describe, expect, it } from 'vitest';
import { makeRecord, multipart } from '../../tests/support/builders.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { DigestsAhead } from './digests-ahead.ts';
import type { FileDigests } from './ports.ts';
import type { RunContext } from './run-context.ts';
import type { Multipart } from './upload-record.ts';
import { UploadError } from './upload-error.ts';

/** Ten parts of ten bytes and one of five. */
const record = makeRecord();
const source = { ...record.source, size: 105 };

function make(partNumbers: readonly number[], fails: (start: number) => boolean = () => false) {
  const asked: Array<{ readonly start: number; readonly size: number; readonly names: readonly string[] }> = [];
  const digests: Pick<FileDigests, 'digest'> = {
    digest: async (_path, { start, size }, names) => {
      asked.push({ start, size, names });
      if (fails(start)) throw new UploadError('source-missing');
      return { sha256: `of ${start / 10 + 1}, time ${asked.filter((one) => one.start === start).length}` };
    },
  };
  const context = { digests, record: () => ({ ...record, source }), signal: new AbortController().signal };
  const ahead = new DigestsAhead(context as unknown as RunContext, multipart() as Multipart, partNumbers);
  return { ahead, asked, partsAsked: () => asked.map(({ start }) => start / 10 + 1) };
}

describe('checksums of the parts to be sent', () => {
  it('are worked out once each, two parts ahead, in the order of sending', async () => {
    const { ahead, partsAsked } = make([1, 2, 4, 7, 11]);
    expect(await ahead.take(1)).toEqual({ sha256: 'of 1, time 1' });
    expect(partsAsked()).toEqual([1, 2, 4]);
    expect(await ahead.take(2)).toEqual({ sha256: 'of 2, time 1' });
    expect(partsAsked()).toEqual([1, 2, 4, 7]);
    for (const n of [4, 7, 11]) expect(await ahead.take(n)).toEqual({ sha256: `of ${n}, time 1` });
    expect(partsAsked()).toEqual([1, 2, 4, 7, 11]);
  });

  it('are asked for by the range of the part, and by the checksum of the upload', async () => {
    const { ahead, asked } = make([10, 11]);
    await ahead.take(10);
    expect(asked).toEqual([
      { start: 90, size: 10, names: ['sha256'] },
      { start: 100, size: 5, names: ['sha256'] },
    ]);
  });

  it('are worked out anew when a part is sent again', async () => {
    const { ahead, partsAsked } = make([1, 2, 3, 4, 5]);
    for (const n of [1, 2, 3]) await ahead.take(n);
    expect(await ahead.take(1)).toEqual({ sha256: 'of 1, time 2' });
    expect(await ahead.take(2)).toEqual({ sha256: 'of 2, time 2' });
    for (const n of [4, 5]) expect(await ahead.take(n)).toEqual({ sha256: `of ${n}, time 1` });
    expect(partsAsked()).toEqual([1, 2, 3, 4, 5, 1, 2]);
  });

  it('that fail do so for who takes them, and for nobody before', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { ahead } = make([1, 2, 3], (start) => start >= 10);
    expect(await ahead.take(1)).toEqual({ sha256: 'of 1, time 1' });
    await settle();
    expect(unhandled).toEqual([]);
    await expect(ahead.take(2)).rejects.toMatchObject({ code: 'source-missing' });
    process.off('unhandledRejection', note);
  });
});
