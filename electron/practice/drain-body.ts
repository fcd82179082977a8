import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_DRAINED_BYTES = 32 * 1024 * 1024;
const MAX_DRAIN_MS = 20_000;

/**
 * An error may be answered while the client still sends. Closing at once would make TCP reset the connection, and
 * the reset can overtake the answer: the client would see ECONNRESET instead of 403. So the rest is read and thrown
 * away, up to a limit; after that the connection is closed whatever the client thinks of it.
 */
export function drainBody(message: IncomingMessage, response: ServerResponse): void {
  if (message.complete || message.destroyed) return;
  let drained = 0;
  const timer = setTimeout(() => message.socket.destroy(), MAX_DRAIN_MS);
  timer.unref();
  const stop = (): void => clearTimeout(timer);
  message.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > MAX_DRAINED_BYTES) message.socket.destroy();
  });
  message.once('close', stop).once('end', stop).once('error', stop);
  message.resume();
  if (Number(message.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) response.setHeader('connection', 'close');
}
