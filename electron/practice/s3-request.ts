import type { IncomingMessage } from 'node:http';
import { S3Fault } from './s3-fault.ts';

/** What a request asks for, before anybody knows whether it may. Path and query are taken as sent, never normalised. */

export interface QueryPair {
  readonly name: string;
  readonly value: string;
}

export interface S3Request {
  readonly method: string;
  /** Decoded, with the bucket when the style is path style: SigV4 signs this one. */
  readonly path: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: readonly QueryPair[];
  /** Lower-case names; repeated headers joined by a comma, as SigV4 wants them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly message: IncomingMessage;
}

const LOOPBACK_HOST = /^(?:(?<bucket>[^:/]+)\.)?(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

export function readRequest(message: IncomingMessage): S3Request {
  const url = message.url ?? '';
  const mark = url.indexOf('?');
  const path = decode(mark < 0 ? url : url.slice(0, mark));
  if (!path.startsWith('/')) throw new S3Fault('InvalidURI', "Couldn't parse the specified URI.");
  const headers = readHeaders(message.rawHeaders);
  const place = locate(path, headers.get('host') ?? '');
  const query = mark < 0 ? [] : readQuery(url.slice(mark + 1));
  return { method: message.method ?? 'GET', path, ...place, query, headers, message };
}

/**
 * Another site's page can point a name of its own at 127.0.0.1 (DNS rebinding) and then counts as the same origin.
 * Its requests carry that name in Host, so only loopback names are served. Any port: a proxy in front keeps the
 * Host it was given, because SigV4 signs it.
 */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host);
}

export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address);
}

function locate(path: string, host: string): Pick<S3Request, 'bucket' | 'key'> {
  const virtualBucket = LOOPBACK_HOST.exec(host)?.groups?.['bucket'];
  if (virtualBucket !== undefined) return { bucket: virtualBucket, key: path.slice(1) || undefined };
  const slash = path.indexOf('/', 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  return { bucket: bucket || undefined, key: key || undefined };
}

function readHeaders(raw: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    const value = raw[at + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}

function readQuery(text: string): readonly QueryPair[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return { name: decodeQuery(pair), value: '' };
      return { name: decodeQuery(pair.slice(0, equals)), value: decodeQuery(pair.slice(equals + 1)) };
    });
}

/** A plus in the query means a space, in the path it means a plus. */
function decodeQuery(text: string): string {
  return decode(text.replaceAll('+', ' '));
}

/** Keys are UTF-8; bytes that are not are no key. */
function decode(text: string): string {
  try {
    return decodeURIComponent(UTF_8.decode(Buffer.from(text, 'latin1')));
  } catch {
    throw new S3Fault('InvalidURI', "Couldn't parse the specified URI.");
  }
}

export function queryValue(request: Pick<S3Request, 'query'>, name: string): string | undefined {
  return request.query.find((pair) => pair.name === name)?.value;
}
