import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { routeRequest } from '../../electron/practice/route-request.ts';
import { queryValue, readRequest } from '../../electron/practice/s3-request.ts';
import { playFault } from './fault-play.ts';
import type { Fault } from './faults.ts';

/**
 * Stands between a client and any S3 server on this machine and misbehaves where a test wants it to. Bodies are
 * streamed; headers go through as they came, Host above all, because SigV4 signs it.
 */
export interface FaultProxyOptions {
  /** Endpoint of the real server, such as `http://127.0.0.1:9000`. */
  readonly target: string;
  readonly decide?: Decide;
}

export type Decide = (request: ProxiedRequest) => Fault | null | undefined;

export interface ProxiedRequest {
  /** The S3 operation, or `Unknown`. */
  readonly operation: string;
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly partNumber: number | undefined;
  /** 1 for the first request of this operation, path and part; 2 when it comes again. */
  readonly attempt: number;
}

export interface ProxyLogEntry {
  readonly operation: string;
  readonly path: string;
  readonly partNumber: number | undefined;
  readonly attempt: number;
  /** Of the body, as far as the proxy read it. */
  readonly bytesIn: number;
  /** What the client was answered; 0 for no whole head. */
  readonly status: number;
  readonly fault: Fault['kind'] | undefined;
}

export interface FaultProxy {
  readonly endpoint: string;
  readonly port: number;
  /** In the order in which the requests ended. */
  readonly log: readonly ProxyLogEntry[];
  /** Requests that are still under way. */
  readonly pending: () => number;
  /** From now on decides this one. */
  readonly setDecide: (decide: Decide) => void;
  /** True: every connection is cut and new ones are refused, as without a network. False: back, on the same port. */
  readonly offline: (isOffline: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const log: ProxyLogEntry[] = [];
  const attempts = new Map<string, number>();
  const agent = new Agent({ keepAlive: true });
  const target = new URL(options.target);
  let decide: Decide = options.decide ?? (() => null);
  const pending = new Set<Promise<void>>();

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = describe(message, attempts);
    const fault = decide(request) ?? undefined;
    const play = { message, response, target, agent, bytesIn: 0, answered: new AbortController() };
    const closed = once(response, 'close');
    // Node takes it away from a request whose body was not read to its end.
    const { socket } = message;
    try {
      await playFault(play, fault);
    } catch {
      // One side has gone; the other must not wait.
      socket.destroy();
    }
    await closed;
    const { operation, path, partNumber, attempt } = request;
    const status = response.headersSent ? response.statusCode : 0;
    log.push({ operation, path, partNumber, attempt, bytesIn: play.bytesIn, status, fault: fault?.kind });
  };

  const open = async (port: number): Promise<Server> => {
    const server = createServer({
      requestTimeout: 0, keepAliveTimeout: 60_000, maxHeaderSize: 64 * 1024,
    }, (message, response) => {
      const work = serve(message, response).finally(() => pending.delete(work));
      pending.add(work);
    });
    server.listen({ host: '127.0.0.1', port });
    await once(server, 'listening');
    return server;
  };

  let server: Server | undefined = await open(0);
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const closing = server;
    if (closing === undefined) return;
    server = undefined;
    const closed = once(closing, 'close');
    closing.close();
    closing.closeAllConnections();
    await closed;
    await Promise.all(pending);
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    log,
    pending: () => pending.size,
    setDecide: (next) => {
      decide = next;
    },
    offline: async (isOffline) => {
      if (isOffline) await close();
      else server ??= await open(port);
    },
    stop: async () => {
      await close();
      agent.destroy();
    },
  };
}

function describe(message: IncomingMessage, attempts: Map<string, number>): ProxiedRequest {
  const request = readRequest(message);
  const partNumber = queryValue(request, 'partNumber');
  const operation = nameOf(request);
  const name = `${operation} ${request.path} ${partNumber ?? ''}`;
  const attempt = (attempts.get(name) ?? 0) + 1;
  attempts.set(name, attempt);
  return {
    operation,
    method: request.method,
    path: request.path,
    query: new URLSearchParams(request.query.map(({ name: key, value }) => [key, value])),
    partNumber: partNumber === undefined ? undefined : Number(partNumber),
    attempt,
  };
}

function nameOf(request: ReturnType<typeof readRequest>): string {
  try {
    return routeRequest(request);
  } catch {
    // An operation that the practice bucket does not have; the target may.
    return 'Unknown';
  }
}
