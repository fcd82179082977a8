import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BucketClient } from './s3-client.ts';

/** How long an answer speaks for this computer's clock, which somebody may set meanwhile. Milliseconds. */
const goodForMs = 600_000;

/** The last look at each server's clock; those who ask while it is under way share it. */
const looks = new WeakMap<S3Client, { readonly since: number; readonly answer: Promise<void> }>();

/**
 * Lets the client learn how far this computer's clock is off, from the `Date` of an answer: any answer will do, a refusal
 * too. Without one the computer's own clock is the best there is.
 */
export async function learnClock({ client, bucket }: BucketClient, key: string, signal: AbortSignal): Promise<void> {
  const known = looks.get(client);
  if (client.config.systemClockOffset !== 0) return;
  if (known !== undefined && performance.now() - known.since < goodForMs) return known.answer;
  const answer = client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal }).then(
    () => undefined,
    (error: unknown) => {
      if (!isAnswer(error)) looks.delete(client);
    },
  );
  looks.set(client, { since: performance.now(), answer });
  return answer;
}

const isAnswer = (error: unknown): boolean =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;
