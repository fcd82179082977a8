import { describe, expect, it, vi } from 'vitest';
import { firstProxy, proxyFor } from './system-proxy.ts';

vi.mock('electron', () => ({ session: { defaultSession: {} } }));
const asks = (answer: string) => ({ resolveProxy: vi.fn<(url: string) => Promise<string>>(async () => answer) });
const bucket = 'https://a.r2.cloudflarestorage.com';

describe('the proxy on the way', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.local:3128', 'http://proxy.local:3128'],
    ['PROXY a:1; DIRECT', 'http://a:1'],
    ['DIRECT; PROXY a:1', null],
    ['HTTPS secure:443;PROXY a:1', 'https://secure:443'],
    ['SOCKS5 s:1080; PROXY a:1', 'http://a:1'],
    ['SOCKS5 s:1080', null],
    ['', null],
  ])('by %s is %s', (pac, proxy) => {
    expect(firstProxy(pac)).toBe(proxy);
  });

  it("is the system's, none, or the one that a person named", async () => {
    expect(await proxyFor(bucket, 'system', asks('PROXY a:1'))).toBe('http://a:1');
    expect(await proxyFor(bucket, 'direct', asks('PROXY a:1'))).toBeNull();
    expect(await proxyFor(bucket, 'http://mine:8080/', asks('DIRECT'))).toBe('http://mine:8080');
  });

  it.each(['http://127.0.0.1:9000', 'http://localhost:9000/x', 'http://[::1]:9000'])(
    'to this very computer (%s) is never gone through',
    async (own) => {
      const system = asks('PROXY a:1');
      expect(await proxyFor(own, 'system', system)).toBeNull();
      expect(await proxyFor(own, 'http://mine:8080', system)).toBeNull();
      expect(system.resolveProxy).not.toHaveBeenCalled();
    },
  );
});
