import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openBucket } from './s3-client.ts';
import { maxLinkHours, presignedUrl, publicUrl } from './share-url.ts';

describe('a public URL', () => {
  it.each([
    ['videos/video_5.mp4', 'videos/video_5.mp4'],
    ['a b.mp4', 'a%20b.mp4'],
    ['a+b.mp4', 'a%2Bb.mp4'],
    ['100%.mp4', '100%25.mp4'],
    ['a%20b.mp4', 'a%2520b.mp4'],
    ['vídeo.mp4', 'v%C3%ADdeo.mp4'],
    ['🎬.mp4', '%F0%9F%8E%AC.mp4'],
    [`"it's".mp4`, '%22it%27s%22.mp4'],
    ['a?b#c&d=e.mp4', 'a%3Fb%23c%26d%3De.mp4'],
    ['(1)*!.mp4', '%281%29%2A%21.mp4'],
    ['~a-b_c.mp4', '~a-b_c.mp4'],
    ['a\\b.mp4', 'a%5Cb.mp4'],
  ])('of %s ends in %s', (key, path) => {
    const url = publicUrl('https://cdn.example.com', key);
    expect(url).toBe(`https://cdn.example.com/${path}`);
    expect(decodeURIComponent(new URL(url).pathname.slice(1))).toBe(key);
  });

  it.each(['https://cdn.example.com/v', 'https://cdn.example.com/v/', 'https://cdn.example.com/v//'])(
    'begins with %s and one slash',
    (base) => {
      expect(publicUrl(base, 'a.mp4')).toBe('https://cdn.example.com/v/a.mp4');
    },
  );
});

describe('a presigned URL', () => {
  const address = { endpoint: 'http://127.0.0.1:9', region: 'auto', bucket: 'videos', isPathStyle: true };
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret-that-is-planted', sessionToken: null };
  const bucket = openBucket(address, keys);
  const make = (hours: number) => presignedUrl(bucket, 'videos/vídeo 1+.mp4', hours, AbortSignal.timeout(5_000));

  it('names the object, its life and a signature, and no secret and no checksum', async () => {
    const { url, expiresAt } = await make(24);
    const { searchParams, pathname, host } = new URL(url);
    expect([host, decodeURIComponent(pathname)]).toEqual(['127.0.0.1:9', '/videos/videos/vídeo 1+.mp4']);
    expect(searchParams.get('X-Amz-Expires')).toBe('86400');
    expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
    expect(url).not.toContain('planted');
    expect(url).not.toContain('checksum');
    expect(Math.abs(expiresAt - Date.now() - 86_400_000)).toBeLessThan(5_000);
  });

  it('lives seven days at most', async () => {
    const { url } = await make(maxLinkHours + 1);
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('604800');
  });

  it('is signed with the true time when the clock of this computer is wrong', async () => {
    bucket.client.config.systemClockOffset = 7_200_000;
    const { url, expiresAt } = await make(1);
    const date = new URL(url).searchParams.get('X-Amz-Date') ?? '';
    const signed = Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
    expect(Math.abs(signed - Date.now() - 7_200_000)).toBeLessThan(5_000);
    expect(Math.abs(expiresAt - Date.now() - 7_200_000 - 3_600_000)).toBeLessThan(5_000);
    bucket.client.config.systemClockOffset = 0;
  });

  it.each([
    ['that answers is asked for its time once, whatever the number of links', 404, 1],
    ['that does not is asked again', null, 2],
  ])('of a server %s', async (_what, status, expected) => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      if (status === null) request.socket.destroy();
      else response.writeHead(status).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const near = openBucket({ ...address, endpoint: `http://127.0.0.1:${port}` }, keys);
    const link = (n: number) => presignedUrl(near, `videos/${n}.mp4`, 24, AbortSignal.timeout(5_000));
    await Promise.all([1, 2, 3, 4].map((n) => link(n)));
    await link(5);
    expect(asked).toBe(expected);
    near.client.destroy();
    server.close();
  });
});
