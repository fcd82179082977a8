import { once } from 'node:events';
import { request, type Agent, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorDocument, type Fault, type OwnAnswer } from './faults.ts';

/** One request in the hands of the proxy. */
export interface Play {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: URL;
  readonly agent: Agent;
  bytesIn: number;
  /** Aborted when the server has answered. It need not read on from there, so what still comes is thrown away. */
  readonly answered: AbortController;
}

/** Resolves when the proxy has done its part; throws when a side has gone. */
export async function playFault(play: Play, fault: Fault | undefined): Promise<void> {
  switch (fault?.kind) {
    case 'black-hole':
      // Not even read: TCP's window fills, and the client's socket stops taking bytes.
      return;
    case 'respond':
      return await answerAlone(play, fault.answer);
    case 'ok-with-error': {
      const answer = {
        status: 200, headers: { 'content-type': 'application/xml' }, body: errorDocument(fault.code) + fault.tail,
      };
      if (fault.isForwarded) await drain(await forward(play, undefined));
      return await answerAlone(play, answer);
    }
    case 'lose-answer':
      await drain(await forward(play, undefined));
      play.message.socket.resetAndDestroy();
      return;
    case 'spaces':
      return await answerAfterSpaces(play, fault);
    case undefined:
    case 'reset':
    case 'stall':
    case 'etag':
    case 'flip-byte':
    case 'delay-answer':
    case 'cut-answer':
    case 'shift-date': {
      const answer = await forward(play, fault);
      return answer === undefined ? undefined : await passAnswer(play, answer, fault);
    }
  }
}

async function answerAlone(play: Play, answer: OwnAnswer): Promise<void> {
  const { message, response } = play;
  // They were sent all the same, whoever throws them away.
  message.on('data', (bytes: Buffer) => {
    play.bytesIn += bytes.length;
  });
  if (answer.isEarly !== true && !message.complete) await drain(message);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body ?? '') });
  response.end(answer.body);
  message.resume();
}

/** Sends the request on and gives the head of the answer. Undefined: a fault has ended it before. */
async function forward(play: Play, fault: Fault | undefined): Promise<IncomingMessage | undefined> {
  const upstream = openUpstream(play);
  const answered = once(upstream, 'response') as Promise<[IncomingMessage]>;
  // Awaited below, unless a fault ends the story before; then nobody else would catch it.
  answered.catch(() => undefined);
  upstream.once('response', () => play.answered.abort());
  play.response.once('close', () => {
    if (!play.response.writableFinished) upstream.destroy();
  });
  const isEnded = await sendBody(play, upstream, fault);
  if (isEnded) return undefined;
  const isEarly = play.answered.signal.aborted;
  if (!isEarly) upstream.end();
  const [answer] = await answered;
  // Its connection may wait for the rest of a body that never comes.
  if (isEarly) answer.once('end', () => upstream.destroy());
  return answer;
}

function openUpstream({ message, target, agent }: Play): ClientRequest {
  const headers = message.rawHeaders.filter((_each, index, all) => {
    // The proxy's own server has answered Expect already.
    const name = all[index - (index % 2)]?.toLowerCase();
    return name !== 'expect';
  });
  const upstream = request({
    host: target.hostname, port: target.port, agent, method: message.method, path: message.url, headers,
    // With raw headers Node adds none of its own, so Host stays what the client signed.
    setHost: false,
  });
  // Whoever waits for it hears of an error by itself; this one is for errors nobody waits for any more.
  return upstream.on('error', () => undefined);
}

/** True when a fault has ended the request. */
async function sendBody(play: Play, upstream: ClientRequest, fault: Fault | undefined): Promise<boolean> {
  const limit = fault?.kind === 'reset' || fault?.kind === 'stall' ? fault.afterBytes : Number.POSITIVE_INFINITY;
  let isActed = false;
  const actAt = async (): Promise<boolean> => {
    isActed = true;
    return fault?.kind === 'stall' ? await standStill(play, fault.ms) : reset(play, upstream);
  };
  if (limit === 0 && (await actAt())) return true;
  for await (const chunk of play.message) {
    const bytes = chunk as Buffer;
    const before = play.bytesIn;
    play.bytesIn += bytes.length;
    if (fault?.kind === 'flip-byte') flip(bytes, fault.offset - before);
    if (isActed || play.bytesIn < limit) {
      await write(play, upstream, bytes);
    } else {
      await write(play, upstream, bytes.subarray(0, limit - before));
      if (await actAt()) return true;
      await write(play, upstream, bytes.subarray(limit - before));
    }
  }
  return false;
}

async function write(play: Play, upstream: ClientRequest, bytes: Buffer): Promise<void> {
  const { signal } = play.answered;
  if (signal.aborted) return;
  if (upstream.destroyed) throw new Error('The server has gone');
  if (bytes.length === 0 || upstream.write(bytes)) return;
  await drained(upstream, signal);
}

/** Or closed: a side that answers early and leaves never drains. */
async function drained(stream: ClientRequest | ServerResponse, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
    signal?.addEventListener('abort', done);
  });
}

function flip(bytes: Buffer, at: number): void {
  if (at >= 0 && at < bytes.length) bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
}

function reset({ message }: Play, upstream: ClientRequest): boolean {
  upstream.destroy();
  message.socket.resetAndDestroy();
  return true;
}

/** For ever means: until the proxy goes offline or stops. */
async function standStill({ response }: Play, ms: number): Promise<boolean> {
  const gone = once(response, 'close').then(() => true);
  return await (Number.isFinite(ms) ? Promise.race([gone, sleep(ms, false)]) : gone);
}

async function passAnswer(play: Play, answer: IncomingMessage, fault: Fault | undefined): Promise<void> {
  const { response } = play;
  if (fault?.kind === 'delay-answer') await sleep(fault.ms);
  const body = fault?.kind === 'etag' ? await replaceEtag(answer, fault.etag) : undefined;
  const status = answer.statusCode ?? 502;
  response.sendDate = false;
  response.writeHead(status, rewriteHeaders(answer.rawHeaders, fault, body?.length));
  if (body !== undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  let left = fault?.kind === 'cut-answer' ? fault.bytes : Number.POSITIVE_INFINITY;
  for await (const chunk of answer) {
    const bytes = (chunk as Buffer).subarray(0, left);
    const isRoom = response.write(bytes);
    left -= bytes.length;
    if (left <= 0) break;
    if (!isRoom && !response.destroyed) await drained(response);
  }
  if (left > 0) response.end();
  else response.socket?.destroySoon();
}

function rewriteHeaders(raw: readonly string[], fault: Fault | undefined, length: number | undefined): string[] {
  return raw.map((value, index) => {
    const name = index % 2 === 1 ? raw[index - 1]?.toLowerCase() : undefined;
    if (name === 'etag' && fault?.kind === 'etag') return fault.etag;
    if (name === 'content-length' && length !== undefined) return String(length);
    if (name === 'date' && fault?.kind === 'shift-date') return new Date(Date.parse(value) + fault.ms).toUTCString();
    return value;
  });
}

/** CompleteMultipartUpload has its ETag in the document. */
async function replaceEtag(answer: IncomingMessage, etag: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('latin1');
  const escaped = etag.replaceAll('"', '&quot;');
  return Buffer.from(text.replace(/<ETag>.*?<\/ETag>/, `<ETag>${escaped}</ETag>`), 'latin1');
}

/** The head says 200 before the outcome is known, so even an error comes inside it: that is how S3 does it. */
async function answerAfterSpaces(
  play: Play,
  fault: { readonly everyMs: number; readonly count: number },
): Promise<void> {
  const answer = await forward(play, undefined);
  if (answer === undefined) return;
  play.response.writeHead(200, { 'content-type': 'application/xml' });
  for (let sent = 0; sent < fault.count; sent += 1) {
    play.response.write(' ');
    await sleep(fault.everyMs);
  }
  for await (const chunk of answer) play.response.write(chunk);
  play.response.end();
}

async function drain(message: IncomingMessage | undefined): Promise<void> {
  if (message === undefined) return;
  message.resume();
  if (!message.readableEnded) await once(message, 'end');
}
