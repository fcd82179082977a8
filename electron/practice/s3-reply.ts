import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { xmlDocument, type Xml } from './xml-write.ts';

/** What an operation answers. Nothing is written to the socket before the operation is done. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | ObjectSlice;
}

/** Bytes of an object, spread over the files of its segments. */
export interface ObjectSlice {
  readonly ranges: readonly FileRange[];
  readonly length: number;
  /** Ends the lease on the data; called exactly once, sent or not. */
  readonly release: () => Promise<void>;
}

export interface FileRange {
  readonly path: string;
  readonly start: number;
  /** Inclusive, as in HTTP and in `createReadStream`. */
  readonly end: number;
}

const READ_SIZE = 256 * 1024;

export function xmlReply(root: Xml, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: xmlDocument(root) };
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers };
}

export function bodyLength({ body }: Reply): number {
  return typeof body === 'object' ? body.length : Buffer.byteLength(body ?? '');
}

export async function sendReply(response: ServerResponse, reply: Reply, isHead: boolean): Promise<void> {
  const { body } = reply;
  if (typeof body === 'object') {
    await sendSlice(response, reply, body);
    return;
  }
  setHead(response, reply);
  // A HEAD answers with the length a GET would have; an operation that knows it has set it already.
  if (reply.status !== 204 && reply.status !== 304 && !response.hasHeader('content-length')) {
    response.setHeader('content-length', isHead ? 0 : bodyLength(reply));
  }
  response.end(isHead ? undefined : body);
}

function setHead(response: ServerResponse, reply: Reply): void {
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
}

/** `pipeline` waits for the client, and ends the reading when it has gone. */
async function sendSlice(response: ServerResponse, reply: Reply, slice: ObjectSlice): Promise<void> {
  try {
    setHead(response, reply);
    response.setHeader('content-length', slice.length);
    if (slice.length === 0) response.end();
    else await pipeline(Readable.from(readRanges(slice.ranges), { objectMode: false }), response);
  } finally {
    await slice.release();
  }
}

async function* readRanges(ranges: readonly FileRange[]): AsyncGenerator<Buffer> {
  for (const { path, start, end } of ranges) {
    yield* createReadStream(path, { start, end, highWaterMark: READ_SIZE }) as AsyncIterable<Buffer>;
  }
}
