import { createHash } from 'node:crypto';
import { addAbortSignal, Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Writing } from '../../upkeep/ports.ts';
import { choosePartSize, MiB } from '../../uploads/part-plan.ts';
import type { ObjectDescription, ObjectStorage, RequestBody } from '../../uploads/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { required, translated, unquoted } from '../answers.ts';
import { dropUpload } from '../drop-upload.ts';
import { unlessInterrupted } from '../interrupted.ts';
import { limits } from '../limits.ts';
import { objectHeaders } from '../object-headers.ts';
import { sendBody } from '../request-with-body.ts';
import type { BucketClient } from '../s3-client.ts';
import type { StreamedBody } from '../streamed-body.ts';

/** Memory is this times the part size, and one more part that is being filled. */
const partsInParallel = 3;
const wantedPartSize = 8 * MiB;
/** Bytes handed over at a time, so that progress can be seen, and a stall. */
const sliceBytes = 256 * 1024;
/** For what must come to its end whatever the signal says, milliseconds. */
const ownTimeMs = 10_000;

export interface WritePlace {
  readonly bucket: BucketClient;
  readonly storage: Pick<ObjectStorage, 'abortMultipartUpload' | 'headObject' | 'listParts'>;
  readonly appVersion: string;
}

/**
 * Makes an object of pieces that come once. lib-storage cuts them into parts and puts these together; what it does not
 * do is stop: it passes its requests no signal, and lets parts that are under way arrive behind the abort. So its
 * requests go through `interruptible`, and afterwards we look that nothing is left.
 */
export function writeObject(place: WritePlace, object: ObjectDescription, writing: Writing): Promise<void> {
  const { bucket, storage, appVersion } = place;
  return translated(writing.signal, async () => {
    // The first failure ends everything else that goes on for this object.
    const failure = new AbortController();
    const signal = AbortSignal.any([writing.signal, failure.signal]);
    const sender = interruptible(bucket.client, { signal, failure, onSent: writing.onSent });
    const body = Readable.from(exactly(object.size, writing.pieces, signal), { objectMode: false });
    body.on('error', (error) => failure.abort(error));
    addAbortSignal(signal, body);
    const upload = new Upload({
      client: sender.client,
      params: { ...objectHeaders(bucket.bucket, appVersion, object), Body: body },
      queueSize: partsInParallel,
      partSize: choosePartSize(object.size, wantedPartSize, limits),
      leavePartsOnError: false,
    });
    try {
      const { ETag = '' } = await upload.done();
      // Only an ETag says that a Complete has worked; radosgw answers the first one without. Then the object has to say it.
      if (unquoted(ETag) === '') await mustBeThere(storage, object, signal);
    } catch (error) {
      failure.abort(error);
      const uploadId = sender.uploadId();
      const ownTime = AbortSignal.timeout(ownTimeMs);
      // Without a connection nothing can be taken back: the bucket's rule for unfinished uploads does it then.
      if (uploadId !== null) await dropUpload(storage, { key: object.key, uploadId }, ownTime).catch(() => undefined);
      throw failure.signal.reason;
    }
  });
}

async function mustBeThere(
  storage: WritePlace['storage'],
  { key, size, uploadToken }: ObjectDescription,
  signal: AbortSignal,
): Promise<void> {
  const found = await storage.headObject(key, signal);
  if (found?.uploadToken !== uploadToken || found.size !== size) throw new UploadError('unexpected-answer', { isUnclear: true });
}

interface Going {
  readonly signal: AbortSignal;
  /** Aborted by the first request that fails. */
  readonly failure: AbortController;
  readonly onSent: Writing['onSent'];
}

/**
 * The client as lib-storage uses it. Requests end with the signal, but for two: the answer to Create is the only way to
 * know what has to be dropped, and an abort has to arrive. Bodies go out slice by slice.
 */
function interruptible(
  client: S3Client,
  { signal, failure, onSent }: Going,
): { readonly client: S3Client; readonly uploadId: () => string | null } {
  let uploadId: string | null = null;
  let sent = 0;
  const moved = (bytes: number): void => {
    sent += bytes;
    onSent(sent);
  };
  const streamed = (bytes: Uint8Array, request: (sized: SizedBody) => Promise<unknown>): Promise<unknown> =>
    sendBody(bodyOf(bytes, moved), (Body) => request({ Body, ContentLength: bytes.length }));
  const perform = async (command: object): Promise<unknown> => {
    const options = { abortSignal: signal };
    const ownTime = { abortSignal: AbortSignal.timeout(ownTimeMs) };
    if (command instanceof AbortMultipartUploadCommand) return client.send(command, ownTime);
    signal.throwIfAborted();
    if (command instanceof CreateMultipartUploadCommand) {
      const answer = await client.send(command, ownTime);
      uploadId = required(answer.UploadId);
      return answer;
    }
    const { input } = command as UploadPartCommand | PutObjectCommand;
    if (command instanceof UploadPartCommand) {
      const part = command.input;
      return streamed(input.Body as Uint8Array, (sized) => client.send(new UploadPartCommand({ ...part, ...sized }), options));
    }
    if (command instanceof PutObjectCommand) {
      return streamed(input.Body as Uint8Array, (sized) => client.send(new PutObjectCommand({ ...input, ...sized }), options));
    }
    return client.send(command as CompleteMultipartUploadCommand, options);
  };
  const send = (command: object): Promise<unknown> =>
    perform(command).catch((error: unknown) => {
      failure.abort(error);
      throw error;
    });
  return { client: { config: client.config, send } as unknown as S3Client, uploadId: () => uploadId };
}

interface SizedBody {
  readonly Body: StreamedBody;
  readonly ContentLength: number;
}

function bodyOf(bytes: Uint8Array, moved: (bytes: number) => void): RequestBody {
  return {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    crc64nvme: null,
    pieces: async function* pieces() {
      // An empty object is sent, too: its one piece is empty.
      let at = 0;
      do {
        const slice = bytes.subarray(at, at + sliceBytes);
        yield slice;
        moved(slice.length);
        at += sliceBytes;
      } while (at < bytes.length);
    },
  };
}

/**
 * The pieces, copied because their memory may be written anew, and not one byte more or less than was said. Does not
 * wait for a piece beyond the signal.
 */
async function* exactly(size: number, pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  let left = size;
  try {
    for (;;) {
      const { done, value } = await unlessInterrupted(signal, iterator.next());
      if (done === true) break;
      left -= value.length;
      if (left < 0) break;
      yield Buffer.from(value);
    }
  } finally {
    // Not awaited: one that is stuck in its reading would keep us.
    iterator.return?.().then(undefined, () => undefined);
  }
  if (left !== 0) throw new UploadError('source-changed');
}
