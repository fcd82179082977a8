import { describe, expect, it } from 'vitest';
import type { StoredObject } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { deleteObject, refuseForeignKey } from './delete-object.ts';

const patient = new AbortController().signal;
const object = {} as StoredObject;

/** A place whose looks answer one thing after the other; the last one for ever. */
function place(looks: ReadonlyArray<StoredObject | null | UploadError>, deletion: 'erased' | 'hidden' | UploadError = 'erased') {
  const done: string[] = [];
  let n = 0;
  return {
    done,
    prefix: 'school/',
    seen: null as StoredObject | null,
    storage: {
      headObject: async () => {
        const answer = looks[Math.min(n, looks.length - 1)];
        n += 1;
        done.push('head');
        if (answer instanceof UploadError) throw answer;
        return answer ?? null;
      },
    },
    upkeep: {
      deleteObject: async () => {
        done.push('delete');
        if (deletion instanceof UploadError) throw deletion;
        return deletion;
      },
    },
    sleep: async (ms: number) => void done.push(`${ms} ms`),
  };
}

const key = 'school/videos/video_5.mp4';
const denied = new UploadError('access-denied', { httpStatus: 403 });

describe('deleting an object', () => {
  it.each([
    ['looks, deletes, and looks again', place([object, null]), ['head', 'delete', 'head']],
    ['looks some more where it is still shown', place([object, object, object, null]), ['head', 'delete', 'head', '500 ms', 'head', '2000 ms', 'head']],
    // S3 without s3:ListBucket.
    ['takes a refusal for nothing being there, since the key could look before', place([object, denied]), ['head', 'delete', 'head']],
  ])('%s', async (_what, where, steps) => {
    expect(await deleteObject(where, key, patient)).toBe('erased');
    expect(where.done).toEqual(steps);
  });

  it('leaves one alone that is not the one that was seen', async () => {
    const seen = { etag: 'a', size: 5, uploadToken: 'ours' } as StoredObject;
    for (const change of [{ etag: 'b' }, { size: 6 }, { uploadToken: null }]) {
      const where = { ...place([{ ...seen, ...change }, null]), seen };
      await expect(deleteObject(where, key, patient)).rejects.toMatchObject({ code: 'object-changed' });
      expect(where.done).toEqual(['head']);
    }
    expect(await deleteObject({ ...place([seen, null]), seen }, key, patient)).toBe('erased');
  });

  it('says that it is only hidden where versions are kept', async () => {
    expect(await deleteObject(place([object, null], 'hidden'), key, patient)).toBe('hidden');
  });

  it.each([
    ['there is none', place([null]), 'object-missing', ['head']],
    ['the key may not look', place([denied]), 'access-denied', ['head']],
    ['the key may not delete', place([object], denied), 'access-denied', ['head', 'delete']],
    ['it cannot be told', place([object, new UploadError('offline')]), 'offline', ['head', 'delete', 'head']],
  ])('does not, where %s', async (_why, where, code, steps) => {
    await expect(deleteObject(where, key, patient)).rejects.toMatchObject({ code });
    expect(where.done).toEqual(steps);
  });

  it('is not said of one that goes on being shown; four looks are enough', async () => {
    const where = place([object]);
    await expect(deleteObject(where, key, patient)).rejects.toMatchObject({ code: 'delete-unconfirmed' });
    expect(where.done.filter((step) => step === 'head')).toHaveLength(5);
  });

  it.each([
    ['outside of the prefix', 'videos/video_5.mp4', 'outside-prefix'],
    ['that only begins like the prefix', 'schoolvideos/video_5.mp4', 'outside-prefix'],
    ['that climbs out of it', 'school/../a.mp4', 'invalid-key'],
  ])('asks nothing about a key %s', async (_which, foreign, code) => {
    const where = place([object]);
    await expect(deleteObject(where, foreign, patient)).rejects.toMatchObject({ code });
    expect(where.done).toEqual([]);
  });
});

it('lets every good key pass where the destination has no prefix', () => {
  expect(() => refuseForeignKey('anything/at/all.mp4', '')).not.toThrow();
});
