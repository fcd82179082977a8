import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';

type Handle = NodeHttpHandler['handle'];
type Request = Parameters<Handle>[0];
type Options = Parameters<Handle>[1];
type Answer = Awaited<ReturnType<Handle>>;

/**
 * Bytes given to the socket at a time. Over TLS Node would otherwise encrypt the whole part into memory at once, and
 * neither progress nor a stall could be seen before its end.
 */
const sliceBytes = 256 * 1024;
/** Milliseconds for DNS, TCP and TLS together. */
const connectTimeoutMs = 10_000;
const maxSockets = 64;

interface BodyWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** A web page came where an S3 answer was due: a hotel's or an office's sign-in page stands in the way. */
export class WebPageError extends Error {
  override readonly name = 'WebPageError';
}

/**
 * Sends Buffers slice by slice. It stands below the SDK's signer and serializer: they see a Buffer, which can be
 * hashed, signed and sent again, and the wire sees a stream with back-pressure. No time-outs of its own beyond the
 * connection: the engine watches progress, and a total limit would kill healthy slow links.
 */
export class SlicedBodyHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #inner = new NodeHttpHandler({
    connectionTimeout: connectTimeoutMs,
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets }),
  });
  /** By memory and not by view: lib-storage makes a view of its own on the way. */
  readonly #watches = new WeakMap<ArrayBufferLike, BodyWatch>();

  /** Until `done` is called, a request whose body lies in this memory reports to `watch` and ends with its signal. */
  watch(body: Uint8Array, watch: BodyWatch): { readonly done: () => void } {
    this.#watches.set(body.buffer, watch);
    return { done: () => this.#watches.delete(body.buffer) };
  }

  async handle(request: Request, options?: Options): Promise<Answer> {
    const body: unknown = request.body;
    const watch = body instanceof Uint8Array ? this.#watches.get(body.buffer) : undefined;
    const answer = await this.#send(request, body, watch, options);
    const type = answer.response.headers['content-type'] ?? '';
    if (answer.response.statusCode < 400 && type.startsWith('text/html')) throw new WebPageError();
    return answer;
  }

  async #send(request: Request, body: unknown, watch: BodyWatch | undefined, options?: Options): Promise<Answer> {
    if (!(body instanceof Uint8Array) || watch === undefined) return this.#inner.handle(request, options);
    // A copy with another body: the signer's own request stays as it signed it.
    const sliced = Object.assign(Object.create(Object.getPrototypeOf(request) as object) as Request, request, {
      body: sliceStream(body, watch.onProgress),
    });
    return this.#inner.handle(sliced, { ...options, abortSignal: watch.signal });
  }

  updateHttpClientConfig(...[key, value]: Parameters<NodeHttpHandler['updateHttpClientConfig']>): void {
    this.#inner.updateHttpClientConfig(key, value);
  }

  httpHandlerConfigs(): ReturnType<NodeHttpHandler['httpHandlerConfigs']> {
    return this.#inner.httpHandlerConfigs();
  }

  destroy(): void {
    this.#inner.destroy();
  }
}

function sliceStream(body: Uint8Array, onProgress: (sentBytes: number) => void): Readable {
  let offset = 0;
  return new Readable({
    highWaterMark: sliceBytes,
    read() {
      if (offset >= body.length) {
        this.push(null);
        return;
      }
      const slice = body.subarray(offset, offset + sliceBytes);
      offset += slice.length;
      onProgress(offset);
      this.push(slice);
    },
  });
}
