import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { combineCrc64 } from '../../digest/crc64-combine.ts';
import { runningCrc64 } from '../../digest/running-crc64.ts';
import type { Writing } from '../../upkeep/ports.ts';
import type { ObjectDescription, ObjectStorage, RequestBody, StoredPart } from '../../uploads/ports.ts';
import { UploadError, asUploadError } from '../../uploads/upload-error.ts';

/** Bytes handed over at a time, so that progress can be seen, and a stall. */
const sliceBytes = 256 * 1024;
/** S3 may need minutes to put a large object together; after so long the object itself is asked. Milliseconds. */
const completeMs = 180_000;
/** For what must come to its end whatever the signal says, milliseconds. */
export const ownTimeMs = 10_000;

interface Going {
  /** Bytes. */
  readonly partSize: number;
  readonly signal: AbortSignal;
  /** Aborted by the first request that fails. */
  readonly failure: AbortController;
  readonly writing: Pick<Writing, 'onSent' | 'attempt' | 'mustBeNew'>;
}

/** A part that has arrived, with the checksum of what was sent as it. */
type SentPart = StoredPart & { readonly crc64nvme: string };

/**
 * A client as lib-storage wants one, over our storage port. lib-storage passes its requests no signal, knows no checksum
 * over the whole, and takes a Complete for good whatever it answers: the port does all of that. Requests end with the
 * signal, but for two: the answer to Create is the only way to know what has to be dropped, and an abort has to arrive.
 */
export function storingClient(storage: ObjectStorage, object: ObjectDescription, going: Going) {
  const { signal, failure, writing } = going;
  const { mustBeNew } = writing;
  const { key } = object;
  const parts: SentPart[] = [];
  let begun: { readonly uploadId: string; readonly hasChecksum: boolean } | null = null;
  let sent = 0;
  const onMoved = (bytes: number): void => {
    sent += bytes;
    writing.onSent(sent);
  };
  const sendPart = async (bytes: Uint8Array, partNumber: number): Promise<{ readonly ETag: string }> => {
    const { uploadId = '', hasChecksum = false } = begun ?? {};
    const crc64nvme = await crc64Of(bytes);
    // As the engine does: what the server confirms need not be signed.
    const proof = hasChecksum ? { sha256: null, crc64nvme } : { sha256: sha256Of(bytes), crc64nvme: null };
    const offset = (partNumber - 1) * going.partSize;
    const { etag } = await attempted(bytes, { proof, going, onMoved }, (body, inner) =>
      storage.uploadPart({ key, uploadId, partNumber, offset, body, signal: inner }),
    );
    parts.push({ partNumber, size: bytes.length, etag, crc64nvme });
    return { ETag: `"${etag}"` };
  };
  const put = async (bytes: Uint8Array): Promise<{ readonly ETag: string }> => {
    const proof = { sha256: sha256Of(bytes), crc64nvme: await crc64Of(bytes) };
    const { etag } = await attempted(bytes, { proof, going, onMoved }, (body, inner) =>
      storage.putObject(object, { body, signal: inner, mustBeNew }),
    );
    return { ETag: `"${etag}"` };
  };
  const perform = async (command: object): Promise<unknown> => {
    const ownTime = AbortSignal.timeout(ownTimeMs);
    if (command instanceof AbortMultipartUploadCommand) {
      return storage.abortMultipartUpload(key, command.input.UploadId ?? '', ownTime);
    }
    signal.throwIfAborted();
    if (command instanceof CreateMultipartUploadCommand) {
      begun = await storage.createMultipartUpload(object, ownTime);
      return { UploadId: begun.uploadId };
    }
    if (command instanceof UploadPartCommand) return sendPart(command.input.Body as Uint8Array, command.input.PartNumber ?? 0);
    if (command instanceof PutObjectCommand) return put(command.input.Body as Uint8Array);
    if (command instanceof CompleteMultipartUploadCommand && begun !== null) {
      return { ETag: `"${await complete(storage, object, { ...begun, parts, mustBeNew, signal, attempt: writing.attempt })}"` };
    }
    throw new Error(`lib-storage asks for something new: ${command.constructor.name}`);
  };
  return {
    uploadId: (): string | null => begun?.uploadId ?? null,
    send: (command: object): Promise<unknown> =>
      perform(command).catch((error: unknown) => {
        failure.abort(error);
        throw error;
      }),
  };
}

interface Attempt {
  readonly proof: Pick<RequestBody, 'sha256' | 'crc64nvme'>;
  readonly going: Going;
  readonly onMoved: (bytes: number) => void;
}

/** One request with a body, as often as it takes. Bytes that have to leave again are taken back from the progress. */
function attempted<T>(
  bytes: Uint8Array,
  { proof, going, onMoved }: Attempt,
  request: (body: RequestBody, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let moved = 0;
  return going.writing.attempt(bytes.length, (inner, onProgress) => {
    onMoved(-moved);
    moved = 0;
    const pieces = async function* pieces(): AsyncGenerator<Uint8Array> {
      // An empty object is sent, too: its one piece is empty.
      let at = 0;
      do {
        const slice = bytes.subarray(at, at + sliceBytes);
        yield slice;
        moved += slice.length;
        onMoved(slice.length);
        onProgress(moved);
        at += sliceBytes;
      } while (at < bytes.length);
    };
    return request({ size: bytes.length, ...proof, pieces }, AbortSignal.any([inner, going.signal]));
  });
}

interface Completion {
  readonly uploadId: string;
  readonly hasChecksum: boolean;
  readonly parts: readonly SentPart[];
  readonly mustBeNew: boolean;
  readonly signal: AbortSignal;
  readonly attempt: Writing['attempt'];
}

/** An unclear answer is asked again of the object itself; radosgw answers the first Complete without an ETag. */
async function complete(storage: ObjectStorage, object: ObjectDescription, completion: Completion): Promise<string> {
  const { uploadId, hasChecksum, mustBeNew, signal } = completion;
  const { key } = object;
  const parts = completion.parts.toSorted((a, b) => a.partNumber - b.partNumber);
  const crc64nvme = hasChecksum ? combineCrc64(parts) : null;
  if (mustBeNew) await refuseForeign(storage, object, completion);
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(completeMs)]);
    return (await storage.completeMultipartUpload({ key, uploadId, parts, crc64nvme, mustBeNew, signal: inTime })).etag;
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, facts } = asUploadError(thrown);
    const mayBeThere = facts.isUnclear === true || code === 'timeout';
    const found = mayBeThere ? await completion.attempt(0, (inner) => storage.headObject(key, inner)) : null;
    if (found?.uploadToken !== object.uploadToken || found.size !== object.size) throw thrown;
    return found.etag;
  }
}

/** As the engine does: on R2 a Complete that fails its condition destroys the upload, and some servers do not know it. */
async function refuseForeign(storage: ObjectStorage, { key }: ObjectDescription, { attempt }: Completion): Promise<void> {
  const found = await attempt(0, (inner) => storage.headObject(key, inner)).catch((error: unknown) => {
    if (asUploadError(error).code === 'access-denied') return null;
    throw error;
  });
  if (found !== null) throw new UploadError('object-exists', { existing: { size: found.size, modifiedAt: found.modifiedAt } });
}

async function crc64Of(bytes: Uint8Array): Promise<string> {
  const crc = await runningCrc64();
  crc.update(bytes);
  return crc.digest();
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
