import type { Writing } from '../../electron/upkeep/ports.ts';

/** Content to be written, each request tried once. */
export const onceEach = (
  pieces: AsyncIterable<Uint8Array>,
  { signal = new AbortController().signal, onSent = () => undefined }: { signal?: AbortSignal; onSent?: (bytes: number) => unknown } = {},
): Writing => ({
  pieces,
  signal,
  mustBeNew: false,
  onSent: (bytes) => void onSent(bytes),
  attempt: (_size, request) => request(signal, () => undefined),
});
