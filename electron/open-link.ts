import { net } from 'electron';

const patienceMs = 20_000;

/** Whether a stranger who opens this link gets a video: one byte of it is asked for, without any key. Never rejects. */
export async function opensAsVideo(url: string): Promise<boolean> {
  try {
    const answer = await net.fetch(url, {
      headers: { range: 'bytes=0-0' },
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    const type = answer.headers.get('content-type') ?? '';
    return (answer.status === 200 || answer.status === 206) && type.startsWith('video/');
  } catch {
    // No answer is the answer; the file then stays, and is looked at again.
    return false;
  }
}
