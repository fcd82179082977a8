import { describe, expect, it } from 'vitest';
import type { StoredPart } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { UnfinishedFound } from './ports.ts';
import { listUnfinished, removeUnfinished } from './unfinished-uploads.ts';

const patient = new AbortController().signal;
const part = (partNumber: number, size: number): StoredPart => ({ partNumber, size, etag: 'e' });

interface Told {
  readonly found: readonly UnfinishedFound[];
  readonly parts?: Readonly<Record<string, readonly StoredPart[] | UploadError>>;
  readonly refused?: Readonly<Record<string, UploadError>>;
  readonly ours?: readonly string[];
}

function place({ found, parts = {}, refused = {}, ours = [] }: Told) {
  const aborted: string[] = [];
  const ourIds = new Set(ours);
  let [now, most] = [0, 0];
  return {
    aborted,
    ourIds,
    mostAtOnce: () => most,
    prefix: 'videos/',
    upkeep: { unfinished: async () => found },
    isOurs: ({ uploadId }: { readonly uploadId: string }) => ourIds.has(uploadId),
    storage: {
      listParts: async (_key: string, uploadId: string) => {
        now += 1;
        most = Math.max(most, now);
        await Promise.resolve();
        now -= 1;
        const answer = parts[uploadId] ?? [];
        if (answer instanceof UploadError) throw answer;
        return answer;
      },
      abortMultipartUpload: async (_key: string, uploadId: string) => {
        const error = refused[uploadId];
        if (error !== undefined) throw error;
        aborted.push(uploadId);
      },
    },
  };
}

const upload = (uploadId: string, initiatedAt: number | null = 1): UnfinishedFound => ({
  key: `videos/${uploadId}.mp4`,
  uploadId,
  initiatedAt,
});
const denied = new UploadError('access-denied', { httpStatus: 403 });

describe('the list of unfinished uploads', () => {
  it('is in the order of their age, with what has arrived, and without the ids of the server', async () => {
    const where = place({
      found: [upload('young', 9), upload('old', 2)],
      parts: { old: [part(1, 5), part(2, 7)] },
      ours: ['young'],
    });
    const { uploads } = await listUnfinished(where, patient);
    expect(uploads).toMatchObject([
      { key: 'videos/old.mp4', initiatedAt: 2, bytes: 12, parts: 2, owner: 'unknown' },
      { key: 'videos/young.mp4', initiatedAt: 9, bytes: 0, parts: 0, owner: 'ours' },
    ]);
    expect(JSON.stringify(uploads)).not.toContain('uploadId');
    expect(new Set(uploads.map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    ['may not be looked into', denied, null],
    ['has ended meanwhile', new UploadError('upload-expired', { httpStatus: 404 }), 0],
  ])('goes on where one %s', async (_what, error, bytes) => {
    const { uploads } = await listUnfinished(place({ found: [upload('a')], parts: { a: error } }), patient);
    expect(uploads).toMatchObject([{ bytes, parts: bytes }]);
  });

  it('ends with what keeps it from being made', async () => {
    const where = place({ found: [upload('a')], parts: { a: new UploadError('offline') } });
    await expect(listUnfinished(where, patient)).rejects.toMatchObject({ code: 'offline' });
  });

  it('asks for the parts of a few at a time', async () => {
    const where = place({ found: Array.from({ length: 30 }, (_, n) => upload(`u${n}`)) });
    expect((await listUnfinished(where, patient)).uploads).toHaveLength(30);
    expect(where.mostAtOnce()).toBe(4);
  });
});

describe('removing unfinished uploads', () => {
  const found = [upload('a', 1), upload('b', 2), upload('c', 3)];

  it('drops those that were chosen, and none else', async () => {
    const where = place({ found });
    const listing = await listUnfinished(where, patient);
    const ids = [listing.uploads[0]!.id, listing.uploads[2]!.id];
    expect(await removeUnfinished(where, listing, ids, patient)).toEqual({ removed: 2, kept: 0 });
    expect(where.aborted).toEqual(['a', 'c']);
  });

  it('never drops one of ours, nor one that has become ours since it was listed', async () => {
    const where = place({ found, ours: ['b'] });
    const listing = await listUnfinished(where, patient);
    where.ourIds.add('c');
    const ids = listing.uploads.map(({ id }) => id);
    expect(await removeUnfinished(where, listing, ids, patient)).toEqual({ removed: 1, kept: 2 });
    expect(where.aborted).toEqual(['a']);
  });

  it('knows no ids but those of the list, and counts each one once', async () => {
    const where = place({ found });
    const listing = await listUnfinished(where, patient);
    const id = listing.uploads[0]!.id;
    expect(await removeUnfinished(where, listing, [id, id, 'b', 'other'], patient)).toEqual({ removed: 1, kept: 2 });
    expect(where.aborted).toEqual(['a']);
  });

  it('goes on behind one that is refused, and stops where nothing answers any more', async () => {
    const listing = await listUnfinished(place({ found }), patient);
    const ids = listing.uploads.map(({ id }) => id);
    const refusing = place({ found, refused: { b: denied } });
    expect(await removeUnfinished(refusing, listing, ids, patient)).toEqual({ removed: 2, kept: 1 });
    const silent = place({ found, refused: { b: new UploadError('offline') } });
    await expect(removeUnfinished(silent, listing, ids, patient)).rejects.toMatchObject({ code: 'offline' });
    expect(silent.aborted).toEqual(['a']);
  });
});
