import { randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineAddress, publicAddress } from './public-address.ts';

const patient = new AbortController().signal;
const bytes = randomBytes(64 * 1024);
const expected = bytes.subarray(0, 1024);
let server: Server;
let base: string;
let asked: string | undefined;

/** What a web server in front of the folder may do, by the name of the video. */
beforeAll(async () => {
  server = createServer((request, answer) => {
    asked = request.headers.range;
    const [, start, end] = /bytes=(\d+)-(\d+)/.exec(asked ?? '') ?? [];
    const part = bytes.subarray(Number(start ?? 0), Number(end ?? bytes.length - 1) + 1);
    const range = { 'content-range': `bytes ${start}-${end}/${bytes.length}` };
    switch (request.url ?? '') {
      case '/good.mp4':
        return answer.writeHead(206, { 'content-type': 'Video/MP4; codecs=avc1', ...range }).end(part);
      case '/whole.mp4':
        return answer.writeHead(200, { 'content-type': 'video/mp4' }).end(bytes);
      case '/untyped.mp4':
        return answer.writeHead(206, { 'content-type': 'application/octet-stream', ...range }).end(part);
      case '/page.mp4':
        return answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
      case '/other.mp4':
        return answer.writeHead(206, { 'content-type': 'video/mp4', ...range }).end(randomBytes(1024));
      case '/endless.mp4': {
        answer.writeHead(200, { 'content-type': 'video/mp4' }).write(bytes);
        return undefined;
      }
      default:
        return answer.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const examine = (name: string) => examineAddress(publicAddress(base, name), expected, patient);

describe('the public address', () => {
  it.each([
    ['good.mp4', 'passed', undefined],
    ['whole.mp4', 'warned', 'no-ranges'],
    // The rest of it is not waited for.
    ['endless.mp4', 'warned', 'no-ranges'],
    ['untyped.mp4', 'failed', 'wrong-type'],
    ['page.mp4', 'failed', 'wrong-content'],
    ['other.mp4', 'failed', 'wrong-content'],
    ['none.mp4', 'failed', 'public-status'],
  ])('of %s is %s', async (name, state, problem) => {
    const found = await examine(name);
    expect(found).toMatchObject({ state, facts: { url: `${base}/${name}` } });
    expect(found.problem).toBe(problem);
    expect(asked).toBe('bytes=0-1023');
  });

  it('where nobody answers is unreachable', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const found = await examineAddress(`http://127.0.0.1:${port}/a.mp4`, expected, patient);
    expect(found).toMatchObject({ state: 'failed', problem: 'public-unreachable', facts: { reason: 'ECONNREFUSED' } });
  });

  it('has every segment encoded, and one slash', () => {
    expect(publicAddress('https://v.example/base/', "vídeos/a b?#'.mp4")).toBe('https://v.example/base/v%C3%ADdeos/a%20b%3F%23%27.mp4');
  });
});
