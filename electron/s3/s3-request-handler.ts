import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { trustedAuthorities } from './trusted-authorities.ts';

type Handle = NodeHttpHandler['handle'];

/** Milliseconds for DNS, TCP and TLS together. */
const connectTimeoutMs = 10_000;
/** More than there ever are requests in flight: the engine decides how many, not the agent. */
const maxSockets = 64;

const pool = { keepAlive: true, maxSockets };

/** The way to a server without TLS, and with it; `proxy` as in the handler. */
export const httpAgent = (proxy: string | null, options: AgentOptions = {}): HttpAgent =>
  proxy === null ? new HttpAgent(options) : new HttpProxyAgent(proxy, options);

export function httpsAgent(proxy: string | null, options: AgentOptions = {}): HttpsAgent | HttpsProxyAgent<string> {
  const ca = trustedAuthorities();
  const trusting = ca === null ? options : { ...options, ca };
  return proxy === null ? new HttpsAgent(trusting) : new HttpsProxyAgent(proxy, trusting);
}

/** A web page came where an S3 answer was due: a hotel's or an office's sign-in page stands in the way. */
export class WebPageError extends Error {
  override readonly name = 'WebPageError';
}

/**
 * The way to the network. No time-outs of its own beyond the connection: the engine watches progress, and a total limit
 * would kill healthy slow links.
 */
export class S3RequestHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #inner: NodeHttpHandler;

  /** `proxy`: `http://host:port`, or null for the direct way. */
  constructor(proxy: string | null) {
    const agents = { httpAgent: httpAgent(proxy, pool), httpsAgent: httpsAgent(proxy, pool) };
    this.#inner = new NodeHttpHandler({ connectionTimeout: connectTimeoutMs, ...agents });
  }

  async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const answer = await this.#inner.handle(request, options);
    const type = answer.response.headers['content-type'] ?? '';
    if (answer.response.statusCode < 400 && type.startsWith('text/html')) throw new WebPageError();
    return answer;
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
