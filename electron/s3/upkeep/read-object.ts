import { addAbortSignal, type Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { ReadObject } from '../../upkeep/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { nameOf, statusOf, translated } from '../answers.ts';
import type { BucketClient } from '../s3-client.ts';
import { toUploadError } from '../s3-errors.ts';

/** An object, or a part of it: `range` as in HTTP. */
export async function readObject(
  { client, bucket: Bucket }: Pick<BucketClient, 'client' | 'bucket'>,
  { key, range }: { readonly key: string; readonly range?: string },
  signal: AbortSignal,
): Promise<ReadObject & { readonly isPart: boolean }> {
  const answer = await translated(signal, async () => {
    try {
      return await client.send(new GetObjectCommand({ Bucket, Key: key, Range: range }), { abortSignal: signal });
    } catch (error) {
      if (statusOf(error) !== 404 || nameOf(error) === 'NoSuchBucket') throw error;
      throw new UploadError('object-missing', { httpStatus: 404, serverCode: nameOf(error) });
    }
  });
  const { ContentLength: size, ContentType: contentType = null, Body } = answer;
  if (size === undefined || Body === undefined) throw new UploadError('unexpected-answer');
  const body = Body as Readable;
  // It is told to whoever reads; before somebody does, and after, nobody must fall over it.
  body.on('error', () => undefined);
  addAbortSignal(signal, body);
  return { size, contentType, isPart: answer.$metadata.httpStatusCode === 206, pieces: pieces(body, size, signal) };
}

async function* pieces(body: Readable, size: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let left = size;
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      left -= piece.length;
      yield piece;
    }
  } catch (error) {
    throw toUploadError(error, signal);
  }
  if (left !== 0) throw new UploadError('connection-lost');
}

/** For what is small. Stops at `limit` bytes: a server may send anything. */
export async function allOf(content: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of content) {
    read.push(piece);
    bytes += piece.length;
    if (bytes > limit) break;
  }
  return Buffer.concat(read);
}
