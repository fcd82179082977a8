import { dropUpload } from '../drop-upload.ts';
import { allObjects, unfinishedUploads } from '../listings.ts';
import { isProbeKey, probeFolder } from './probe.ts';
import type { Scene } from './scene.ts';

/** A younger one may belong to a check that runs now, on another computer. */
const staleMs = 3_600_000;
const sweepMs = 5_000;

/**
 * Removes what checks of earlier days have left that were cut off by a crash. As far as the key may, and without a word:
 * it is no matter of this check.
 */
export async function sweepProbes(scene: Scene, outer: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(sweepMs)]);
  await Promise.allSettled([sweepObjects(scene, signal), sweepUploads(scene, signal)]);
}

async function sweepObjects({ bucket, prefix, upkeep, notes }: Scene, signal: AbortSignal): Promise<void> {
  const input = { Bucket: bucket.bucket, Prefix: probeFolder(prefix) };
  const isStale = staleBy(notes.clockBehindMs);
  for await (const { key, modifiedAt } of allObjects(bucket.client, input, signal)) {
    if (isProbeKey(key, prefix) && isStale(modifiedAt)) await upkeep.deleteObject(key, signal);
  }
}

async function sweepUploads({ bucket, storage, prefix, notes }: Scene, signal: AbortSignal): Promise<void> {
  const input = { Bucket: bucket.bucket, Prefix: probeFolder(prefix) };
  const isStale = staleBy(notes.clockBehindMs);
  for (const { key, uploadId, initiatedAt } of await unfinishedUploads(bucket.client, input, signal)) {
    if (isProbeKey(key, prefix) && isStale(initiatedAt)) await dropUpload(storage, { key, uploadId }, signal);
  }
}

/** By the server's clock, which wrote the times. */
const staleBy =
  (clockBehindMs: number) =>
  (at: number | null): boolean =>
    at !== null && at < Date.now() + clockBehindMs - staleMs;
