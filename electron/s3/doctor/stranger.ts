import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { UploadError } from '../../uploads/upload-error.ts';
import { translated } from '../answers.ts';
import { httpAgent, httpsAgent } from '../s3-request-handler.ts';

/** What somebody is answered who has no key. */
export interface StrangersAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Its beginning; empty for a HEAD. */
  readonly body: Buffer;
  /** When the server's certificate ends, epoch milliseconds; null without TLS. */
  readonly certificateEndsAt: number | null;
  /** Milliseconds that this computer's clock is behind the server's; null where the server does not say. */
  readonly clockBehindMs: number | null;
}

export interface StrangersQuestion {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** As in S3RequestHandler. */
  readonly proxy: string | null;
  readonly signal: AbortSignal;
}

/** A server may send anything: more than this is not read. */
const maxBodyBytes = 64 * 1024;
const maxRedirects = 5;

/**
 * Asks as a stranger does, a browser for example: without a key, and going where it is sent on to. The address may be a
 * signed one: it is in no error.
 */
export async function askAsStranger(question: StrangersQuestion): Promise<StrangersAnswer> {
  let { url } = question;
  for (let hop = 0; ; hop += 1) {
    const here = url;
    const answer = await translated(question.signal, () => ask({ ...question, url: here }));
    if (answer.status === 407 && question.proxy !== null) throw new UploadError('proxy-refused', { httpStatus: 407 });
    const { location } = answer.headers;
    if (answer.status < 301 || answer.status > 308 || answer.status === 304 || location === undefined) return answer;
    if (hop === maxRedirects || !URL.canParse(location, here)) {
      throw new UploadError('unexpected-answer', { httpStatus: answer.status });
    }
    url = new URL(location, here).href;
  }
}

function ask({ url, method, headers = {}, proxy, signal }: StrangersQuestion): Promise<StrangersAnswer> {
  const isSecure = url.startsWith('https:');
  const agent = isSecure ? httpsAgent(proxy) : httpAgent(proxy);
  const begun = Date.now();
  return new Promise<StrangersAnswer>((resolve, reject) => {
    const request = (isSecure ? httpsRequest : httpRequest)(url, { method, headers, agent, signal });
    request.on('error', reject);
    request.once('response', (response) => {
      const told = { certificateEndsAt: certificateEnd(response), clockBehindMs: clockBehind(response, begun) };
      const { statusCode: status = 0, headers: answered } = response;
      beginningOf(response).then((body) => resolve({ status, headers: answered, body, ...told }), reject);
    });
    request.end();
  }).finally(() => agent.destroy());
}

async function beginningOf(response: IncomingMessage): Promise<Buffer> {
  const read: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    read.push(piece);
    bytes += piece.length;
    if (bytes >= maxBodyBytes) break;
  }
  return Buffer.concat(read);
}

function certificateEnd({ socket }: IncomingMessage): number | null {
  if (!('encrypted' in socket)) return null;
  const end = Date.parse((socket as TLSSocket).getPeerCertificate().valid_to);
  return Number.isNaN(end) ? null : end;
}

/** `Date` has whole seconds; it was written somewhere between asking and being answered. */
function clockBehind({ headers }: IncomingMessage, begun: number): number | null {
  const server = Date.parse(headers.date ?? '');
  return Number.isNaN(server) ? null : server + 500 - (begun + Date.now()) / 2;
}
