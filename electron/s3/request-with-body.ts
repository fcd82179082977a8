import { nameOf, statusOf } from './answers.ts';
import type { RequestBody } from '../uploads/ports.ts';
import type { BucketClient } from './s3-client.ts';
import { StreamedBody } from './streamed-body.ts';

/** Sends a request with a body; when it settles, nothing reads the body any more. Rejects with the body's own error. */
export async function sendBody<T>(body: RequestBody, send: (body: StreamedBody) => Promise<T>): Promise<T> {
  const streamed = new StreamedBody(body);
  try {
    return await send(streamed);
  } catch (error) {
    throw streamed.failure ?? error;
  } finally {
    await streamed.stop();
  }
}

/** What servers say to a header that they do not know. */
const refusals = new Set(['NotImplemented', 'InvalidArgument', 'InvalidRequest', 'MalformedXML']);

/**
 * A request that names checksums where the server may keep them. If that is what it is refused for, it is made once
 * more without, and so are all later ones: HEAD and ETag then prove what they can. Not a retry: the answer was clear.
 */
export async function withChecksums<T>(
  { server }: BucketClient,
  request: (isAllowed: boolean) => Promise<T>,
): Promise<T> {
  if (!server.keepsChecksums) return request(false);
  try {
    return await request(true);
  } catch (error) {
    const status = statusOf(error);
    if (!(status === 501 || (status === 400 && refusals.has(nameOf(error))))) throw error;
    const answer = await request(false);
    server.keepsChecksums = false;
    return answer;
  }
}
