import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Meter } from './meter.ts';
import { sinkBucket } from './sink-bucket.ts';
import { type SinkKind, sinkChecksums } from './sink-checksums.ts';
import { startRivalServer } from './wan/rival-server.ts';

export interface SinkOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** PEM files; null for http. */
  readonly tls: { readonly key: string; readonly certificate: string } | null;
  readonly kind: SinkKind;
  /** Takes a competitor's data on the next port, TCP and UDP. */
  readonly hasRival: boolean;
}

/** Where the meter is read (GET) and set to nothing (DELETE). No bucket can be called so. */
const meterPath = '/-/meter';

/**
 * The server of the benchmark: takes S3 requests and throws the bodies away. It hashes, checks and keeps nothing, so
 * that what is measured is the client. Returns its port.
 */
export async function startSinkServer(options: SinkOptions): Promise<number> {
  const { host, tls, kind } = options;
  const meter = new Meter();
  const bucket = sinkBucket(sinkChecksums(kind));
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://sink');
    if (url.pathname === meterPath) {
      tellMeter(meter, request, response);
      return;
    }
    request.on('data', (chunk: Buffer) => meter.addUpload(chunk.length));
    request.once('end', () => {
      const { status, headers, xml } = bucket.answer({
        method: request.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
      });
      response.writeHead(status, xml === undefined ? headers : { ...headers, 'Content-Type': 'application/xml' });
      response.end(xml);
    });
  };
  const server =
    tls === null
      ? createHttp(serve)
      : createHttps({ key: readFileSync(tls.key), cert: readFileSync(tls.certificate) }, serve);
  server.keepAliveTimeout = 60_000;
  // A part may take minutes on a slow link.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  if (options.hasRival) await startRivalServer(host, port + 1, meter);
  return port;
}

function tellMeter(meter: Meter, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (request.method === 'DELETE') meter.reset();
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(meter.read()));
}
