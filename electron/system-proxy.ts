import { type Session, session } from 'electron';

const loopback = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/;

/**
 * The proxy on the way to an address, `http://host:port`; null for the direct way. `setting`: `system` asks Chromium,
 * which knows the system's settings, PAC files and WPAD. This computer's own servers are never asked through one.
 */
export async function proxyFor(
  endpoint: string,
  setting: string,
  asks: Pick<Session, 'resolveProxy'> = session.defaultSession,
): Promise<string | null> {
  if (setting === 'direct' || loopback.test(endpoint)) return null;
  if (setting !== 'system') return setting.replace(/\/$/, '');
  return firstProxy(await asks.resolveProxy(endpoint));
}

/** Of a PAC result such as `PROXY a:8080; HTTPS b:443; DIRECT`, the first that we can use (no SOCKS). */
export function firstProxy(pacResult: string): string | null {
  for (const entry of pacResult.split(';')) {
    const [kind, address] = entry.trim().split(/\s+/);
    if (kind === 'DIRECT') return null;
    if (kind === 'PROXY' && address !== undefined) return `http://${address}`;
    if (kind === 'HTTPS' && address !== undefined) return `https://${address}`;
  }
  return null;
}
