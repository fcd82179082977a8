import { createHash, randomUUID } from 'node:crypto';
import type { TestReport, TestStep } from '../../shared/replies.ts';
import type { ObjectStorage } from '../uploads/ports.ts';
import { asUploadError, toAppError, type UploadError } from '../uploads/upload-error.ts';
import { bucketRegion } from './bucket-region.ts';
import type { BucketClient } from './s3-client.ts';
import { toUploadError } from './s3-errors.ts';

/** A wrong clock is mended by the client after the first refusal, so a refusal for it is asked again once. */
const triesPerStep = 2;
const cleanUpMs = 5_000;
const probeBytes = 1_024;

/**
 * Proves that an upload would work, with an object-scoped token too (no ListBuckets, no HeadBucket needed): does
 * anything answer, may these credentials begin an upload, is a part taken, listed and dropped again. Nothing stays in
 * the bucket, and nothing is asked for outside of the destination's prefix.
 */
export async function testDestination(
  bucket: BucketClient,
  storage: ObjectStorage,
  prefix: string,
  signal: AbortSignal,
): Promise<TestReport> {
  const key = `${prefix}videos/.remessa-test-${randomUUID()}.mp4`;
  const object = { key, size: probeBytes, contentType: 'video/mp4', uploadToken: randomUUID(), originalName: 'test.mp4' };
  const steps: TestStep[] = [];
  let region: string | null = null;
  let uploadId = '';
  const tries: ReadonlyArray<readonly [TestStep['step'], () => Promise<void>]> = [
    ['reach', async () => void (region = await bucketRegion(bucket, signal))],
    ['credentials', async () => void ({ uploadId } = await storage.createMultipartUpload(object, signal))],
    ['multipart', () => sendOnePart(storage, key, uploadId, signal)],
  ];
  for (const [step, attempt] of tries) {
    const isReached = steps.every(({ state }) => state === 'passed');
    const error = isReached ? await outcomeOf(attempt, signal) : null;
    const state = !isReached ? 'skipped' : error === null ? 'passed' : 'failed';
    steps.push({ step, state, error: error === null ? null : toAppError(error) });
  }
  // With time of its own: when the test ran out of it, the part must not stay in the bucket.
  const cleanUp = AbortSignal.timeout(cleanUpMs);
  if (uploadId !== '') await storage.abortMultipartUpload(key, uploadId, cleanUp).catch(() => undefined);
  const offset = bucket.client.config.systemClockOffset;
  return {
    passed: steps.every(({ state }) => state === 'passed'),
    steps,
    endpoint: bucket.endpoint,
    clockBehindMs: offset === 0 ? null : offset,
    region,
  };
}

async function outcomeOf(attempt: () => Promise<void>, signal: AbortSignal): Promise<UploadError | null> {
  for (let n = 1; ; n += 1) {
    try {
      await attempt();
      return null;
    } catch (thrown) {
      const error = asUploadError(toUploadError(thrown, signal));
      if (error.code !== 'clock-skew' || n >= triesPerStep) return error;
    }
  }
}

async function sendOnePart(storage: ObjectStorage, key: string, uploadId: string, signal: AbortSignal): Promise<void> {
  const bytes = Buffer.alloc(probeBytes);
  const body = {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    crc64nvme: null,
    pieces: async function* pieces() {
      yield bytes;
    },
  };
  const part = { key, uploadId, partNumber: 1, offset: 0, body, signal };
  const { etag } = await storage.uploadPart(part);
  const listed = await storage.listParts(key, uploadId, signal);
  if (!listed.some(({ partNumber, etag: seen }) => partNumber === 1 && seen === etag)) {
    throw new Error('The part is not in the list');
  }
}
