import { describe, expect, it } from 'vitest';
import { deferred } from '../../../tests/support/builders.ts';
import type { ObjectStorage } from '../../uploads/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { litterOf } from './litter.ts';
import { bodyOf, makeProbe } from './probe.ts';

const patient = new AbortController().signal;
const refused = new UploadError('access-denied', { httpStatus: 403 });
const gone = new UploadError('upload-expired', { httpStatus: 404 });
const { object, bytes } = makeProbe('');
const request = { body: bodyOf(bytes, null, patient), mustBeNew: false };

/** A bucket that notes what is done to it. */
function place(changes: Partial<ObjectStorage> & { deleteObject?: () => Promise<'erased'> } = {}) {
  const done: string[] = [];
  const note = (what: string) => async (): Promise<never> => void done.push(what) as never;
  const storage = {
    putObject: note('put'),
    createMultipartUpload: async () => {
      done.push('create');
      return { uploadId: 'u', expiresAt: null, hasChecksum: false };
    },
    abortMultipartUpload: note('abort'),
    listParts: async () => Promise.reject(gone),
    listUnfinished: async () => [],
    ...changes,
  } as Partial<ObjectStorage> as ObjectStorage;
  const upkeep = { deleteObject: changes.deleteObject ?? note('delete') };
  return { done, litter: litterOf({ storage, upkeep }) };
}

describe('what the checks leave', () => {
  it('is removed, once', async () => {
    const { litter, done } = place();
    await litter.put(object, request, patient);
    await litter.begin(object, patient);
    await litter.cleanUp(patient);
    await litter.cleanUp(patient);
    expect(done).toEqual(['put', 'create', 'delete', 'abort']);
  });

  it('is not removed again when a check has done so', async () => {
    const { litter, done } = place();
    await litter.put(object, request, patient);
    litter.forget(object.key);
    await litter.drop(await litter.begin(object, patient), patient);
    await litter.cleanUp(patient);
    expect(done).toEqual(['put', 'create', 'abort']);
  });

  it('is not deleted before it is there: an interrupted request is waited for', async () => {
    const arrived = deferred();
    const { litter, done } = place({
      putObject: async () => {
        await arrived.promise;
        done.push('put');
        return { etag: 'e' };
      },
    });
    const controller = new AbortController();
    const putting = litter.put(object, request, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(putting).rejects.toThrow('stopped');
    const cleaning = litter.cleanUp(patient);
    await new Promise((resolve) => setTimeout(resolve, 20));
    arrived.resolve();
    await cleaning;
    expect(done).toEqual(['put', 'delete']);
  });

  it('is dropped by the id that an interrupted Create answers in the end', async () => {
    const answered = deferred();
    const { litter, done } = place({
      createMultipartUpload: async (_object, signal) => {
        await answered.promise;
        signal.throwIfAborted();
        return { uploadId: 'late', expiresAt: null, hasChecksum: false };
      },
      abortMultipartUpload: async (_key, uploadId) => void done.push(`abort ${uploadId}`),
    });
    const controller = new AbortController();
    const beginning = litter.begin(object, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(beginning).rejects.toThrow('stopped');
    const cleaning = litter.cleanUp(patient);
    answered.resolve();
    await cleaning;
    expect(done).toEqual(['abort late']);
  });

  it('is looked for where the answer to a Create was lost', async () => {
    const { litter, done } = place({
      createMultipartUpload: async () => Promise.reject(new UploadError('connection-lost', { isUnclear: true })),
      listUnfinished: async () => [{ uploadId: 'lost', initiatedAt: 1 }],
      abortMultipartUpload: async (_key, uploadId) => void done.push(`abort ${uploadId}`),
    });
    await expect(litter.begin(object, patient)).rejects.toMatchObject({ code: 'connection-lost' });
    await litter.cleanUp(patient);
    expect(done).toEqual(['abort lost']);
  });

  it('is nothing where the server has refused', async () => {
    const { litter, done } = place({
      putObject: async () => Promise.reject(refused),
      createMultipartUpload: async () => Promise.reject(refused),
      listUnfinished: async () => Promise.reject(new Error('is not asked')),
    });
    await expect(litter.put(object, request, patient)).rejects.toBe(refused);
    await expect(litter.begin(object, patient)).rejects.toBe(refused);
    await litter.cleanUp(patient);
    expect(done).toEqual([]);
  });

  it('stays known when a second write to its key is refused', async () => {
    let puts = 0;
    const { litter, done } = place({
      putObject: async () => {
        puts += 1;
        if (puts === 2) throw new UploadError('object-exists', { httpStatus: 412 });
        return { etag: 'e' };
      },
    });
    await litter.put(object, request, patient);
    await expect(litter.put(object, request, patient)).rejects.toMatchObject({ code: 'object-exists' });
    await litter.cleanUp(patient);
    expect(done).toEqual(['delete']);
  });

  it('is all tried to be removed before a failure is told', async () => {
    const { litter, done } = place({ deleteObject: async () => Promise.reject(refused) });
    await litter.put(object, request, patient);
    await litter.begin(object, patient);
    await expect(litter.cleanUp(patient)).rejects.toBe(refused);
    expect(done).toEqual(['put', 'create', 'abort']);
  });
});
