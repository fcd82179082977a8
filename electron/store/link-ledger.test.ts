import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { LinkLedger } from './link-ledger.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 0, 1);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'inside', 'links.jsonl');
});
afterEach(() => folder.remove());

/** The app after a start at that moment. */
const open = (at = now): LinkLedger => new LinkLedger(path, () => at);
const link = (key: string, expiresAt: number | null = now + dayMs) => ({ destinationId: 'r2', key, expiresAt });
const keys = async (ledger: LinkLedger, ...asked: readonly string[]): Promise<readonly number[]> =>
  Promise.all(asked.map(async (key) => (await ledger.alive('r2', key)).length));
const lines = async (): Promise<readonly string[]> => (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');

describe('links that were given out', () => {
  it('are known after a restart, each by its destination and key', async () => {
    await open().note([link('a.mp4'), link('a.mp4', null), link('b.mp4')]);
    await open().note([{ ...link('a.mp4'), destinationId: 's3' }]);
    const ledger = open();
    expect(await ledger.alive('r2', 'a.mp4')).toEqual([
      { destinationId: 'r2', key: 'a.mp4', givenAt: now, expiresAt: now + dayMs },
      { destinationId: 'r2', key: 'a.mp4', givenAt: now, expiresAt: null },
    ]);
    expect(await keys(ledger, 'b.mp4', 'c.mp4')).toEqual([1, 0]);
    expect(await ledger.alive('s3', 'a.mp4')).toHaveLength(1);
  });

  it('are no longer alive from the moment at which they expire', async () => {
    await open().note([link('a.mp4', now + dayMs), link('a.mp4', null)]);
    expect(await keys(open(now + dayMs - 1), 'a.mp4')).toEqual([2]);
    expect(await keys(open(now + dayMs), 'a.mp4')).toEqual([1]);
  });

  it('are noted as they come, also at the same time', async () => {
    const ledger = open();
    await Promise.all(Array.from({ length: 20 }, (_none, n) => ledger.note([link(`${n}.mp4`), link('all.mp4')])));
    expect(await keys(ledger, '0.mp4', '19.mp4', 'all.mp4')).toEqual([1, 1, 20]);
    expect(await keys(open(), '0.mp4', '19.mp4', 'all.mp4')).toEqual([1, 1, 20]);
  });

  it.skipIf(process.platform === 'win32')('are nobody else’s business', async () => {
    await open().note([link('a.mp4')]);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});

describe('a crash', () => {
  it('costs at most the line that it cut, wherever it cut it', async () => {
    await open().note([link('a.mp4'), link('b.mp4')]);
    const whole = (await stat(path)).size;
    const first = (await lines())[0]!.length + 1;
    for (let size = whole; size >= first; size -= 1) {
      await truncate(path, size);
      // The file may end without a line break now; whatever is noted next must not suffer from it.
      const ledger = open();
      await ledger.note([link('c.mp4')]);
      const isCut = size < whole - 1;
      expect(await keys(open(), 'a.mp4', 'b.mp4', 'c.mp4'), `at ${size}`).toEqual([1, isCut ? 0 : 1, 1]);
      await writeFile(path, '');
      await open().note([link('a.mp4'), link('b.mp4')]);
    }
  });

  it('may have left anything: what is no link is left out', async () => {
    await open().note([link('a.mp4')]);
    await appendFile(path, 'null\n[]\n{"destinationId":"r2","key":5}\n\0\0\0\n\n{}\n');
    await open().note([link('b.mp4')]);
    expect(await keys(open(), 'a.mp4', 'b.mp4')).toEqual([1, 1]);
    expect(await lines()).toHaveLength(2);
  });

  it('may have left no file at all', async () => {
    expect(await keys(open(), 'a.mp4')).toEqual([0]);
  });
});

describe('what is over for long', () => {
  it('is forgotten at a start after ninety days, and what lasts never is', async () => {
    await open().note([link('a.mp4', now + dayMs), link('b.mp4', null), link('c.mp4', now + 2 * dayMs)]);
    await keys(open(now + 90 * dayMs), 'a.mp4');
    expect(await lines()).toHaveLength(3);
    await keys(open(now + 91 * dayMs), 'a.mp4');
    expect((await lines()).map((line) => (JSON.parse(line) as { key: string }).key)).toEqual(['b.mp4', 'c.mp4']);
  });
});
