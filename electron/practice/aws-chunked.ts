import { S3Fault } from './s3-fault.ts';

/**
 * The body coding `aws-chunked` with trailing checksums, as SDKs send it for streams whose checksum is known only at
 * the end: `<hex size>\r\n<bytes>\r\n … 0\r\n<trailer>: <value>\r\n\r\n`, inside whatever HTTP does itself.
 */
export async function* decodeAwsChunked(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const source = new ChunkSource(body);
  try {
    yield* readChunks(source);
    await readTrailers(source, trailers);
  } finally {
    // Lets go of the request: whoever drains the rest of a refused body must be its only reader.
    await source.close();
  }
}

async function* readChunks(source: ChunkSource): AsyncGenerator<Buffer> {
  for (let left = parseSize(await source.readLine()); left > 0; left = parseSize(await source.readLine())) {
    while (left > 0) {
      const piece = await source.readUpTo(left);
      left -= piece.length;
      yield piece;
    }
    if ((await source.readLine()) !== '') throw malformedChunk();
  }
}

async function readTrailers(source: ChunkSource, trailers: Map<string, string>): Promise<void> {
  for (let line = await source.readLine(); line !== ''; line = await source.readLine()) {
    const colon = line.indexOf(':');
    if (colon < 1) throw malformedChunk();
    trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
}

const MAX_LINE_BYTES = 8192;

function parseSize(line: string): number {
  // Unsigned chunks carry no extension; a signed chunk (";chunk-signature=") belongs to another mode.
  if (!/^[\da-fA-F]{1,12}$/.test(line)) throw malformedChunk();
  return Number.parseInt(line, 16);
}

function malformedChunk(): S3Fault {
  return new S3Fault('InvalidRequest', 'The aws-chunked body is malformed.');
}

/** A class because it keeps the bytes that came after what was asked for. */
class ChunkSource {
  readonly #body: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Buffer>) {
    this.#body = body[Symbol.asyncIterator]();
  }

  async readLine(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\r\n');
      if (end >= 0) {
        const line = this.#rest.toString('latin1', 0, end);
        this.#rest = this.#rest.subarray(end + 2);
        return line;
      }
      if (this.#rest.length > MAX_LINE_BYTES) throw malformedChunk();
      this.#rest = Buffer.concat([this.#rest, await this.#next()]);
    }
  }

  async readUpTo(size: number): Promise<Buffer> {
    if (this.#rest.length === 0) this.#rest = await this.#next();
    const piece = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  async close(): Promise<void> {
    await this.#body.return?.();
  }

  async #next(): Promise<Buffer> {
    const { value, done } = await this.#body.next();
    if (done === true) throw new S3Fault('IncompleteBody', 'The request body terminated unexpectedly');
    return value;
  }
}
