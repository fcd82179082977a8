import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/** Without an answer by then there is no figure, milliseconds. */
const patienceMs = 3_000;

/**
 * Milliseconds for a packet to a server and back: the time that TCP needs to connect. No request is made, so it costs
 * nothing at the provider, and its packets wait in the same queues as everybody's. Null without a connection.
 */
export function roundTrip(server: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    let begun = performance.now();
    const socket = connect(server);
    // The name was looked up before: that time is the resolver's.
    const begin = (): void => void (begun = performance.now());
    const end = (ms: number | null): void => {
      signal.removeEventListener('abort', give);
      socket.destroy();
      resolve(ms);
    };
    const give = (): void => end(null);
    signal.addEventListener('abort', give, { once: true });
    socket.setTimeout(patienceMs, give);
    socket.on('lookup', begin).on('connectionAttempt', begin).once('error', give);
    socket.once('connect', () => end(performance.now() - begun));
  });
}

/** Where packets to an address go first. */
export function serverOf(endpoint: string, proxy: string | null): { readonly host: string; readonly port: number } {
  const url = new URL(proxy ?? endpoint);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port) };
}
