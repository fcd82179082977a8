import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../tests/support/manual-clock.ts';
import { MemoryPlace } from '../../tests/support/memory-place.ts';
import type { MigrationRequest, MigrationRow } from '../../shared/migration.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { copyToken } from './copy-token.ts';
import { destinationSource } from './destination-source.ts';
import { planMigration } from './plan-migration.ts';

const clock = new ManualClock();

interface Places {
  readonly from: MemoryPlace;
  readonly to: MemoryPlace;
}

interface Wish {
  readonly below?: string;
  readonly prefix?: string;
  readonly onDifferent?: MigrationRequest['onDifferent'];
}

async function planned({ from, to }: Places, { below = '', prefix = 'b/', onDifferent = 'skip' }: Wish = {}) {
  const { signal } = new AbortController();
  const source = destinationSource({ name: 'Old', clock, prefix: 'a/', storage: from, upkeep: from }, below);
  const target = { storage: to, prefix, urlOf: (key: string) => `https://v.example/${key}` };
  const rows: MigrationRow[] = [];
  for await (const row of planMigration(source, target, { clock, signal, onDifferent, onTotal: () => undefined })) rows.push(row);
  return rows;
}

const places = (): Places => ({ from: new MemoryPlace(), to: new MemoryPlace() });
const statuses = (rows: readonly MigrationRow[]) => rows.map(({ path, key, status, error }) => [path, key, status, error?.code]);

describe('from another destination', () => {
  it('videos below its prefix keep their keys, and the target’s prefix takes the place of the source’s', async () => {
    const { from, to } = places();
    from.put('a/videos/video_5.mp4', 'five');
    from.put('a/x/aula.mp4', 'lesson');
    from.put('a/readme.txt', 'no video');
    from.put('elsewhere/video_6.mp4', 'not ours');
    const rows = await planned({ from, to });
    expect(statuses(rows)).toEqual([
      ['a/videos/video_5.mp4', 'b/videos/video_5.mp4', 'new', undefined],
      ['a/x/aula.mp4', 'b/x/aula.mp4', 'new', undefined],
    ]);
    expect(rows.map(({ id, url, size }) => [id, url, size])).toEqual([
      ['5', 'https://v.example/b/videos/video_5.mp4', 4],
      ['', 'https://v.example/b/x/aula.mp4', 6],
    ]);
    expect((await planned({ from, to }, { below: 'x/' })).map(({ path }) => path)).toEqual(['a/x/aula.mp4']);
  });

  it('are compared by what both servers say of them', async () => {
    const { from, to } = places();
    from.put('a/same.mp4', 'same');
    to.put('b/same.mp4', 'same');
    from.put('a/other.mp4', 'one');
    to.put('b/other.mp4', 'two');
    from.put('a/longer.mp4', 'longer');
    to.put('b/longer.mp4', 'short');
    from.put('a/etag.mp4', 'etag', { crc64nvme: null });
    to.put('b/etag.mp4', 'etag', { crc64nvme: null });
    from.put('a/parts.mp4', 'parts', { crc64nvme: null, etag: 'x-3' });
    to.put('b/parts.mp4', 'parts', { etag: 'x-4' });
    from.put('a/mute.mp4', 'mute', { etag: 'opaque' });
    to.put('b/mute.mp4', 'mute', { crc64nvme: null, etag: 'opaque' });
    expect((await planned({ from, to })).map(({ path, status }) => [path, status])).toEqual([
      ['a/same.mp4', 'same'],
      ['a/other.mp4', 'different'],
      ['a/longer.mp4', 'different'],
      ['a/etag.mp4', 'same'],
      ['a/parts.mp4', 'unsure'],
      ['a/mute.mp4', 'unsure'],
    ]);
  });

  it('whose keys cannot be ours are invalid, and the others are planned', async () => {
    const { from, to } = places();
    from.put('a/clip.mov', 'film');
    from.put('a/x/../y.mp4', 'climbs');
    from.put('a/ok.mp4', 'fine');
    const rows = await planned({ from, to });
    expect(rows.map(({ path, status, error, url }) => [path, status, error?.code, url])).toEqual([
      ['a/clip.mov', 'invalid', 'invalid-key', ''],
      ['a/x/../y.mp4', 'invalid', 'invalid-key', ''],
      ['a/ok.mp4', 'new', undefined, 'https://v.example/b/ok.mp4'],
    ]);
  });

  it('whose keys the target cannot have are invalid, too', async () => {
    const { from, to } = places();
    for (const name of ['a', 'b', 'c']) from.put(`a/${name}.mp4`, name);
    const head = to.headObject.bind(to);
    to.headObject = async (key, signal) => {
      if (key === 'b/a.mp4') throw new UploadError('invalid-key');
      if (key === 'b/b.mp4') throw new UploadError('outside-prefix');
      return head(key, signal);
    };
    expect((await planned({ from, to })).map(({ status, error, url }) => [status, error?.code, url])).toEqual([
      ['invalid', 'invalid-key', ''],
      ['invalid', 'outside-prefix', ''],
      ['new', undefined, 'https://v.example/b/c.mp4'],
    ]);
  });

  it.each([
    ['either side', false, false],
    ['the target', true, false],
    ['the source', false, true],
  ])('that were copied are known by their mark where %s keeps no checksums, until the original changes', async (_side, ...keeps) => {
    const { from, to } = places();
    [from.keepsChecksums, to.keepsChecksums] = keeps;
    from.put('a/copy.mp4', 'copy', { etag: 'x-3' });
    from.put('a/stranger.mp4', 'film', { etag: 'y-3' });
    to.put('b/copy.mp4', 'copy', { etag: 'x-4', uploadToken: copyToken('a/copy.mp4', { etag: 'x-3', size: 4 }) });
    to.put('b/stranger.mp4', 'film', { etag: 'y-4', uploadToken: 'of somebody else' });
    const plan = async () => (await planned({ from, to })).map(({ status }) => status);
    expect(await plan()).toEqual(['same', 'unsure']);
    from.put('a/copy.mp4', 'cop2', { etag: 'z-3' });
    expect(await plan()).toEqual(['unsure', 'unsure']);
  });

  it('that an earlier run has given a number are there under that, and only then', async () => {
    const { from, to } = places();
    for (const key of ['a/one.mp4', 'a/two.mp4']) from.put(key, 'ours');
    to.put('b/one.mp4', 'another');
    to.put('b/one-2.mp4', 'one more');
    to.put('b/one-3.mp4', 'ours');
    to.put('b/two.mp4', 'another');
    to.put('b/two-3.mp4', 'ours');
    const plan = async (onDifferent: MigrationRequest['onDifferent']) =>
      (await planned({ from, to }, { onDifferent })).map(({ key, url, status }) => [key, url, status]);
    expect(await plan('rename')).toEqual([
      ['b/one-3.mp4', 'https://v.example/b/one-3.mp4', 'same'],
      ['b/two.mp4', 'https://v.example/b/two.mp4', 'different'],
    ]);
    for (const rule of ['skip', 'replace'] as const) {
      expect((await plan(rule)).map(([key, , status]) => [key, status])).toEqual([
        ['b/one.mp4', 'different'],
        ['b/two.mp4', 'different'],
      ]);
    }
  });

  it('that went away while the plan was made are said to be missing', async () => {
    const { from, to } = places();
    from.put('a/gone.mp4', 'gone');
    to.put('b/gone.mp4', 'gone');
    from.headObject = async () => null;
    expect(statuses(await planned({ from, to }))).toEqual([['a/gone.mp4', 'b/gone.mp4', 'invalid', 'object-missing']]);
  });
});

it.each(['credentials-rejected', 'bucket-not-found', 'offline', 'disk-missing'] as const)(
  'ends where the target says no: %s',
  async (code) => {
    const { from, to } = places();
    for (const name of 'abcdefghijklmnop') from.put(`a/${name}.mp4`, name);
    to.headObject = async () => {
      throw new UploadError(code, code === 'credentials-rejected' ? { httpStatus: 403 } : {});
    };
    const plan = planned({ from, to });
    const outcome = plan.catch((error: unknown) => error);
    for (let n = 0; n < 20; n += 1) await clock.advance(60_000);
    expect(await outcome).toMatchObject({ code });
  },
);

it('comes in the order of the source although several are looked up at once', async () => {
  const { from, to } = places();
  const names = Array.from({ length: 40 }, (_, n) => `a/${String(n).padStart(2, '0')}.mp4`);
  for (const name of names) from.put(name, name);
  let atOnce = 0;
  let most = 0;
  to.headObject = async (key) => {
    most = Math.max(most, (atOnce += 1));
    await new Promise((resolve) => setTimeout(resolve, 1 + (Number(key.slice(2, 4)) % 5)));
    atOnce -= 1;
    return null;
  };
  expect((await planned({ from, to })).map(({ path }) => path)).toEqual(names);
  expect(most).toBe(8);
});

describe('a target that says 403 of what is not there', () => {
  it('is planned for: what may be new is new', async () => {
    const { from, to } = places();
    from.put('a/x.mp4', 'x');
    from.put('a/y.mp4', 'y');
    to.headObject = async () => {
      throw new UploadError('access-denied', { httpStatus: 403 });
    };
    const plan = planned({ from, to });
    for (let n = 0; n < 20; n += 1) await clock.advance(60_000);
    expect((await plan).map(({ status }) => status)).toEqual(['new', 'new']);
  });

  it('because the key itself is refused ends the plan', async () => {
    const { from, to } = places();
    from.put('a/x.mp4', 'x');
    to.headObject = async () => {
      throw new UploadError('access-denied', { httpStatus: 403 });
    };
    to.listUnfinished = async () => {
      throw new UploadError('credentials-rejected', { httpStatus: 403 });
    };
    const outcome = planned({ from, to }).catch((error: unknown) => error);
    for (let n = 0; n < 20; n += 1) await clock.advance(60_000);
    expect(await outcome).toMatchObject({ code: 'credentials-rejected' });
  });
});

it('goes on when one request is never answered', async () => {
  const { from, to } = places();
  from.put('a/x.mp4', 'x');
  const head = to.headObject.bind(to);
  let asked = 0;
  to.headObject = (key, signal) =>
    (asked += 1) === 1
      ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      : head(key, signal);
  const plan = planned({ from, to });
  for (let n = 0; n < 10; n += 1) await clock.advance(60_000);
  expect((await plan).map(({ status }) => status)).toEqual(['new']);
});
