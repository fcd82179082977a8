import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sinkBucket } from './sink-bucket.ts';

/**
 * The server of the benchmark, in a process of its own: takes S3 requests on loopback and throws the bodies away. It
 * hashes, checks and keeps nothing, so that what is measured is the client. Arguments: key and certificate file for
 * https, none for http. Tells its port on standard output and ends with its standard input.
 */
const [keyFile, certificateFile] = process.argv.slice(2);
const bucket = sinkBucket();

function serve(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.once('end', () => {
    const url = new URL(request.url ?? '/', 'http://sink');
    const { status, headers, xml } = bucket.answer({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
    });
    response.writeHead(status, xml === undefined ? headers : { ...headers, 'Content-Type': 'application/xml' });
    response.end(xml);
  });
}

const server =
  keyFile === undefined || certificateFile === undefined
    ? createHttp(serve)
    : createHttps({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) }, serve);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
// Whoever started us has died without a word.
process.stdin.resume().once('end', () => process.exit(0));
