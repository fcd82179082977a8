import { createHash } from 'node:crypto';
import { request } from 'node:http';
import {
  canonicalRequest, encodePath, signatureOf, stringToSign, uriEncode,
} from '../../electron/practice/canonical-request.ts';
import type { PracticeFixture } from './practice-fixture.ts';

/** Hand-made requests, because the SDK refuses to send most of what a strict server must refuse. */
export interface RawRequest {
  readonly method?: string;
  /** Decoded; begins with a slash. The bucket of the fixture when absent. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** The value signed as x-amz-content-sha256; the hash of the body when absent. */
  readonly payloadHash?: string;
  readonly isUnsigned?: boolean;
  readonly signedAt?: Date;
  readonly region?: string;
  readonly service?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Headers of the usual ones that SignedHeaders leaves out. */
  readonly leftOut?: readonly string[];
  /** Sent, but left out of SignedHeaders. */
  readonly unsignedHeaders?: Readonly<Record<string, string>>;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly text: string;
  /** `<Code>` of an error document. */
  readonly code: string | undefined;
}

type Target = Pick<PracticeFixture, 'server' | 'credentials' | 'bucket'>;

/** The Authorization header and all headers it covers. */
export function signRaw(target: Target, raw: RawRequest): Record<string, string> {
  const body = Buffer.from(raw.body ?? '');
  const timestamp = (raw.signedAt ?? new Date()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = { date: timestamp.slice(0, 8), region: raw.region ?? 'auto' };
  const headers: Record<string, string> = {
    host: `127.0.0.1:${target.server.port}`,
    'x-amz-date': timestamp,
    'x-amz-content-sha256': raw.payloadHash ?? createHash('sha256').update(body).digest('hex'),
    ...lowerCase(raw.headers ?? {}),
  };
  const signedHeaders = Object.keys(headers).filter((name) => raw.leftOut?.includes(name) !== true).toSorted();
  const canonical = canonicalRequest({
    method: raw.method ?? 'GET',
    path: raw.path ?? `/${target.bucket}`,
    query: Object.entries(raw.query ?? {}).map(([name, value]) => ({ name, value })),
    headers: new Map(Object.entries(headers)),
    signedHeaders,
    payloadHash: headers['x-amz-content-sha256'] ?? '',
  });
  const text = stringToSign(canonical, timestamp, scope);
  const secret = raw.secretAccessKey ?? target.credentials.secretAccessKey;
  const signature = signatureOf(text, secret, scope).toString('hex');
  const credential = [
    raw.accessKeyId ?? target.credentials.accessKeyId, scope.date, scope.region, raw.service ?? 's3', 'aws4_request',
  ].join('/');
  const words = [`Credential=${credential}`, `SignedHeaders=${signedHeaders.join(';')}`, `Signature=${signature}`];
  return { ...headers, authorization: `AWS4-HMAC-SHA256 ${words.join(', ')}` };
}

export function rawPath(target: Target, raw: RawRequest): string {
  const query = Object.entries(raw.query ?? {}).map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`);
  return encodePath(raw.path ?? `/${target.bucket}`) + (query.length > 0 ? `?${query.join('&')}` : '');
}

export async function sendRaw(target: Target, raw: RawRequest): Promise<RawAnswer> {
  const signed = raw.isUnsigned === true ? { ...raw.headers } : signRaw(target, raw);
  return await sendPlain(target.server.port, {
    method: raw.method ?? 'GET',
    path: rawPath(target, raw),
    headers: { ...signed, ...raw.unsignedHeaders },
    body: Buffer.from(raw.body ?? ''),
  });
}

export interface PlainRequest {
  readonly method: string;
  /** As it goes over the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export async function sendPlain(port: number, plain: PlainRequest): Promise<RawAnswer> {
  return await new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method: plain.method, path: plain.path, headers: plain.headers });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        const text = body.toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as RawAnswer['headers'],
          body,
          text,
          code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
        });
      });
    });
    // With a length of its own the body is not sent chunked, unless the test asks for that.
    const names = Object.keys(plain.headers ?? {});
    const isSized = names.includes('content-length') || names.includes('transfer-encoding');
    if (!isSized) sent.setHeader('content-length', plain.body?.length ?? 0);
    sent.end(plain.body);
  });
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
