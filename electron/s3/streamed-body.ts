import { Readable, type Writable } from 'node:stream';
import type { RequestBody } from '../uploads/ports.ts';

/** Signature Version 4 for a body that the signature leaves out; the checksum header stands for it then. */
const unsignedPayload = 'UNSIGNED-PAYLOAD';

/**
 * A body as the SDK's HTTP handler wants it: something that can be piped. Piping is all it does. It writes one piece,
 * waits until that is out of Node's hands, and only then asks for the next: the pieces share one memory, and over TLS
 * everything that is written at once is encrypted into memory at once.
 */
export class StreamedBody extends Readable {
  /** What the request's signature says of the body. */
  readonly payloadHash: string;
  /** Why the bytes could not be had, when that ended the request. */
  failure: unknown = null;
  readonly #body: RequestBody;
  #request: Writable | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(body: RequestBody) {
    super({ read: () => undefined });
    this.#body = body;
    this.payloadHash = body.sha256 ?? unsignedPayload;
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    const request = destination as unknown as Writable;
    this.#request = request;
    this.#writing = this.#write(request).catch((error: unknown) => {
      this.failure = error;
      request.destroy(error instanceof Error ? error : undefined);
    });
    return destination;
  }

  /** The answer is there, or nobody waits for it any more. Afterwards no piece is read or sent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const request = this.#request;
    // Half a request cannot be followed by another one on the same connection.
    if (request !== null && !request.writableFinished) request.destroy();
    await this.#writing;
  }

  async #write(request: Writable): Promise<void> {
    const closed = new Promise<void>((resolve) => request.once('close', resolve));
    let left = this.#body.size;
    for await (const piece of this.#body.pieces()) {
      if (this.#isStopped || request.destroyed) return;
      left -= piece.length;
      const sent = new Promise<void>((resolve) => {
        // The last piece ends the request: Node may free the socket with it, and a drain would never come.
        if (left > 0) request.write(piece, () => resolve());
        else request.once('finish', resolve).end(piece);
      });
      await Promise.race([sent, closed]);
    }
  }
}
