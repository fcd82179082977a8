import { setTimeout as wait } from 'node:timers/promises';
import type { Upkeep } from '../../upkeep/ports.ts';
import type { ObjectDescription, ObjectStorage, RequestBody } from '../../uploads/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { dropUpload } from '../drop-upload.ts';
import { unlessInterrupted } from '../../uploads/unless-interrupted.ts';
import { isCode } from './findings.ts';

/** Longest that a request which leaves something behind may take, milliseconds. */
const requestMs = 20_000;
/** After an interruption such a request is waited for so long: only its answer says what there is to remove. */
const answerMs = 5_000;

interface Place {
  readonly storage: ObjectStorage;
  readonly upkeep: Pick<Upkeep, 'deleteObject'>;
}

interface Begun {
  readonly key: string;
  readonly uploadId: string;
}

interface Part extends Begun {
  readonly partNumber: number;
}

interface Whole {
  readonly body: RequestBody;
  readonly mustBeNew: boolean;
}

/** What the checks put into the bucket, and how it goes away again. */
export interface Litter {
  put(object: ObjectDescription, request: Whole, signal: AbortSignal): Promise<void>;
  begin(object: ObjectDescription, signal: AbortSignal): Promise<Begun & { readonly hasChecksum: boolean }>;
  sendPart(part: Part, body: RequestBody, signal: AbortSignal): Promise<{ readonly etag: string }>;
  drop(upload: Begun, signal: AbortSignal): Promise<void>;
  /** Somebody else has seen to it that the object is gone. */
  forget(key: string): void;
  /** Rejects with the first thing that could not be removed, when all others are. */
  cleanUp(signal: AbortSignal): Promise<void>;
}

/**
 * An interruption ends the waiting for a request at once, but not the request: one whose last byte has left may have
 * its effect later than anything that would undo it, and only the answer to a Create tells what to drop. Cleaning up
 * waits for them first.
 */
export function litterOf(place: Place): Litter {
  const { storage } = place;
  const keys = new Set<string>();
  const uploads = new Map<string, Begun>();
  /** Keys of Creates whose answer was lost. */
  const lost = new Set<string>();
  const pending = new Set<Promise<unknown>>();
  const hurry = new AbortController();

  const lasting = async <T>(signal: AbortSignal, work: (own: AbortSignal) => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const request = work(AbortSignal.any([AbortSignal.timeout(requestMs), hurry.signal]));
    pending.add(request);
    request.then(
      () => pending.delete(request),
      () => pending.delete(request),
    );
    return unlessInterrupted(signal, request);
  };

  return {
    put: (object, request, signal) =>
      lasting(signal, async (own) => {
        const wasThere = keys.has(object.key);
        keys.add(object.key);
        try {
          await storage.putObject(object, { ...request, signal: own });
        } catch (error) {
          if (!wasThere && isClear(error)) keys.delete(object.key);
          throw error;
        }
      }),
    begin: (object, signal) =>
      lasting(signal, async (own) => {
        try {
          const { uploadId, hasChecksum } = await storage.createMultipartUpload(object, own);
          uploads.set(uploadId, { key: object.key, uploadId });
          return { key: object.key, uploadId, hasChecksum };
        } catch (error) {
          if (!isClear(error)) lost.add(object.key);
          throw error;
        }
      }),
    sendPart: ({ key, uploadId, partNumber }, body, signal) =>
      lasting(signal, (own) => storage.uploadPart({ key, uploadId, partNumber, offset: 0, body, signal: own })),
    drop: async (upload, signal) => {
      await dropUpload(storage, upload, signal);
      uploads.delete(upload.uploadId);
    },
    forget: (key) => void keys.delete(key),
    cleanUp: async (signal) => {
      // No program is kept from ending by a wait that has nothing to wait for.
      const patience = wait(answerMs, undefined, { signal, ref: false }).catch(() => undefined);
      await Promise.race([Promise.allSettled(pending), patience]);
      hurry.abort(new UploadError('timeout', { isUnclear: true }));
      await Promise.allSettled(pending);
      await removeAll(place, { keys, uploads, lost }, signal);
    },
  };
}

interface Left {
  readonly keys: Set<string>;
  readonly uploads: Map<string, Begun>;
  readonly lost: Set<string>;
}

async function removeAll({ storage, upkeep }: Place, { keys, uploads, lost }: Left, signal: AbortSignal): Promise<void> {
  const removals = [
    ...[...keys].map(async (key) => {
      await upkeep.deleteObject(key, signal);
      keys.delete(key);
    }),
    ...[...uploads.values()].map(async (upload) => {
      await dropUpload(storage, upload, signal);
      uploads.delete(upload.uploadId);
    }),
    ...[...lost].map(async (key) => {
      for (const { uploadId } of await mayList(storage.listUnfinished(key, signal))) {
        await dropUpload(storage, { key, uploadId }, signal);
      }
      lost.delete(key);
    }),
  ];
  for (const outcome of await Promise.allSettled(removals)) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Where the key may not list, the bucket's rule for unfinished uploads has to do it. */
async function mayList<T>(listing: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await listing;
  } catch (error) {
    if (isCode(error, 'access-denied', 'invalid-request')) return [];
    throw error;
  }
}

/** The server has said no: there is nothing to remove. */
const isClear = (error: unknown): boolean =>
  error instanceof UploadError && error.facts.httpStatus !== undefined && error.facts.isUnclear !== true;
