import type { Finding } from '../upkeep/ports.ts';

/** The address of a key below the base, each segment encoded (RFC 3986, 2.3: all but the unreserved characters). */
export function publicAddress(base: string, key: string): string {
  return `${base.replace(/\/+$/, '')}/${key.split('/').map(encodeSegment).join('/')}`;
}

const encodeSegment = (segment: string): string =>
  encodeURIComponent(segment).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Whether the web server in front of the folder shows the very bytes that lie in it, as a video, and in part as well, which
 * players need for jumping. `expected`: the object's first bytes.
 */
export async function examineAddress(url: string, expected: Uint8Array, signal: AbortSignal): Promise<Finding> {
  const last = expected.length - 1;
  let answer: Response;
  try {
    answer = await fetch(url, { headers: { range: `bytes=0-${last}` }, signal });
  } catch (error) {
    signal.throwIfAborted();
    // The address as it was asked, for "where did it look"; nothing in it is secret.
    return { state: 'failed', problem: 'public-unreachable', facts: { url, reason: reasonOf(error) } };
  }
  const { status } = answer;
  if (status !== 200 && status !== 206) {
    await answer.body?.cancel();
    return { state: 'failed', problem: 'public-status', facts: { url, status } };
  }
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const bytes = await firstBytes(answer, expected.length);
  if (!bytes.equals(expected)) return { state: 'failed', problem: 'wrong-content', facts: { url } };
  if (type !== 'video/mp4') return { state: 'failed', problem: 'wrong-type', facts: { url, type } };
  return status === 206 ? { state: 'passed', facts: { url } } : { state: 'warned', problem: 'no-ranges', facts: { url } };
}

/** A server without ranges would send the whole video. */
async function firstBytes(answer: Response, wanted: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (answer.body === null) return Buffer.alloc(0);
  // Leaving the loop cancels the rest.
  for await (const chunk of answer.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= wanted) break;
  }
  return Buffer.concat(chunks).subarray(0, wanted);
}

/** `ECONNREFUSED` and its like, which Node hides in the cause. */
function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'UNKNOWN';
}
