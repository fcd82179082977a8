import { Readable, addAbortSignal } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Writing } from '../../upkeep/ports.ts';
import { MiB, choosePartSize } from '../../uploads/part-plan.ts';
import type { ObjectDescription, ObjectStorage } from '../../uploads/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { translated } from '../answers.ts';
import { dropUpload } from '../drop-upload.ts';
import { unlessInterrupted } from '../../uploads/unless-interrupted.ts';
import { limits } from '../limits.ts';
import type { BucketClient } from '../s3-client.ts';
import { ownTimeMs, storingClient } from './storing-client.ts';

/** Memory is this times the part size, and one more part that is being filled. */
const partsInParallel = 3;
const wantedPartSize = 8 * MiB;

export interface WritePlace {
  readonly bucket: BucketClient;
  readonly storage: ObjectStorage;
}

/**
 * Makes an object of pieces that come once. lib-storage cuts them into parts and sends several at a time; its requests
 * go through our own storage port (see storingClient), so that they stop with the signal and each part is proved.
 */
export function writeObject({ bucket, storage }: WritePlace, object: ObjectDescription, writing: Writing): Promise<void> {
  return translated(writing.signal, async () => {
    // The first failure ends everything else that goes on for this object.
    const failure = new AbortController();
    const signal = AbortSignal.any([writing.signal, failure.signal]);
    const partSize = choosePartSize(object.size, wantedPartSize, limits);
    const client = storingClient(storage, object, { partSize, signal, failure, writing });
    const body = Readable.from(exactly(object.size, writing.pieces, signal), { objectMode: false });
    body.on('error', (error) => failure.abort(error));
    addAbortSignal(signal, body);
    const upload = new Upload({
      client: { config: bucket.client.config, send: client.send } as unknown as S3Client,
      params: { Bucket: bucket.bucket, Key: object.key, Body: body },
      queueSize: partsInParallel,
      partSize,
      leavePartsOnError: false,
    });
    try {
      await upload.done();
    } catch (error) {
      failure.abort(error);
      const uploadId = client.uploadId();
      const ownTime = AbortSignal.timeout(ownTimeMs);
      // Without a connection nothing can be taken back: the bucket's rule for unfinished uploads does it then.
      if (uploadId !== null) await dropUpload(storage, { key: object.key, uploadId }, ownTime).catch(() => undefined);
      throw failure.signal.reason;
    }
  });
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
