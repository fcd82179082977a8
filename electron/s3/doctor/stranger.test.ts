import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askAsStranger, type StrangersQuestion } from './stranger.ts';

const closers: Array<() => void> = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (url: string, more: Partial<StrangersQuestion> = {}) =>
  askAsStranger({ url, method: 'GET', proxy: null, signal: new AbortController().signal, ...more });

describe('a stranger', () => {
  it('brings what is asked for, and no key', async () => {
    let asked: unknown;
    const url = await listen((request, response) => {
      asked = { method: request.method, range: request.headers.range, authorization: request.headers.authorization };
      response.writeHead(206, { 'content-type': 'video/mp4', date: 'Thu, 01 Jan 2026 00:00:00 GMT' }).end('bytes');
    });
    const answer = await ask(`${url}/v.mp4`, { headers: { range: 'bytes=0-4' } });
    expect(asked).toEqual({ method: 'GET', range: 'bytes=0-4', authorization: undefined });
    expect(answer).toMatchObject({ status: 206, headers: { 'content-type': 'video/mp4' }, certificateEndsAt: null });
    expect(answer.body.toString()).toBe('bytes');
    expect(Math.abs((answer.clockBehindMs ?? 0) - (Date.UTC(2026, 0, 1) - Date.now()))).toBeLessThan(2_000);
  });

  it('is not told the time by every server', async () => {
    const url = await listen((_request, response) => {
      response.sendDate = false;
      response.end();
    });
    expect((await ask(url)).clockBehindMs).toBeNull();
  });

  it('goes where it is sent on to, but not for ever, and not just anywhere', async () => {
    const url = await listen((request, response) => {
      const location = { '/a': '/b', '/b': `http://${request.headers.host}/c`, '/circle': '/circle', '/odd': 'http://[' }[request.url ?? ''];
      if (location === undefined) response.end(request.url);
      else response.writeHead(302, { location }).end();
    });
    expect((await ask(`${url}/a`)).body.toString()).toBe('/c');
    await expect(ask(`${url}/circle`)).rejects.toMatchObject({ code: 'unexpected-answer' });
    await expect(ask(`${url}/odd`)).rejects.toMatchObject({ code: 'unexpected-answer' });
  });

  it('reads no more than the beginning of an answer that does not end', async () => {
    const url = await listen((request, response) => {
      const more = setInterval(() => response.write(Buffer.alloc(32 * 1024)), 1);
      request.once('close', () => clearInterval(more));
    });
    expect((await ask(url)).body.length).toBeLessThan(256 * 1024);
  });

  it('stops with its signal', async () => {
    const url = await listen(() => undefined);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 20);
    await expect(ask(url, { signal: controller.signal })).rejects.toThrow('stopped');
    await expect(ask(url, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('goes through the proxy, and says when that refuses', async () => {
    const proxy = await listen((_request, response) => void response.writeHead(407).end());
    await expect(ask('http://videos.example/v.mp4', { proxy })).rejects.toMatchObject({ code: 'proxy-refused' });
    const open = await listen((request, response) => void response.end(request.url));
    expect((await ask('http://videos.example/v.mp4', { proxy: open })).body.toString()).toBe('http://videos.example/v.mp4');
  });

  it('tells nobody the address it was given', async () => {
    const signed = 'http://127.0.0.1:9/v.mp4?X-Amz-Signature=planted';
    const error = await ask(signed).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'offline' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('planted');
    expect(String((error as Error & { facts: { cause: Error } }).facts.cause.stack)).not.toContain('planted');
  });
});
