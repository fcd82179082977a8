import type { Check, Finding } from '../../upkeep/ports.ts';
import { toAppError } from '../../uploads/upload-error.ts';
import { failed, isCode, passed, warned } from './findings.ts';
import { bodyOf, crc64nvmeOf, makeProbe } from './probe.ts';
import { permissionsOf, type Scene } from './scene.ts';

const KiB = 1024;
/** Bytes that are sent one after the other, each only where the one before was quick. */
const speedSteps = [64 * KiB, 512 * KiB, 4096 * KiB];
/** Longest that one of them should take, milliseconds. */
const stepMs = 4_000;
/** Then it is slow, whatever it is. */
const speedMs = 12_000;
/** Bytes per second below which videos take too long: 1 Mbit/s. */
const slowBytesPerSecond = 125_000;

export function multipartChecks(scene: Scene): { readonly multipart: Check; readonly speed: Check } {
  const { put } = permissionsOf(scene.destination);
  return {
    multipart: { name: 'multipart', needs: ['bucket'], permission: put, run: (signal) => checkMultipart(scene, signal) },
    speed: { name: 'speed', needs: ['multipart'], permission: put, run: (signal) => checkSpeed(scene, signal) },
  };
}

async function checkMultipart(scene: Scene, signal: AbortSignal): Promise<Finding> {
  const { litter, storage, prefix, destination } = scene;
  const permissions = permissionsOf(destination);
  let wanted = permissions.put;
  try {
    const { object, bytes } = makeProbe(prefix);
    const upload = await litter.begin(object, signal);
    const { etag } = await sendPart(scene, upload, bytes, signal);
    wanted = permissions.listParts;
    const parts = await storage.listParts(upload.key, upload.uploadId, signal);
    const isListed = parts.some((part) => part.partNumber === 1 && part.etag === etag && part.size === bytes.length);
    wanted = permissions.abort;
    await litter.drop(upload, signal);
    return isListed ? passed() : failed('not-listed');
  } catch (error) {
    if (!isCode(error, 'access-denied')) throw error;
    return { state: 'failed', error: toAppError(error), permission: wanted };
  }
}

/** With a checksum where the server has promised one, and without where it then does not confirm it. */
async function sendPart(
  { litter, notes }: Scene,
  upload: { readonly key: string; readonly uploadId: string; readonly hasChecksum: boolean },
  bytes: Buffer,
  signal: AbortSignal,
): Promise<{ readonly etag: string }> {
  const part = { ...upload, partNumber: 1 };
  notes.confirmsParts = false;
  if (upload.hasChecksum) {
    try {
      const sent = await litter.sendPart(part, bodyOf(bytes, await crc64nvmeOf(bytes), signal), signal);
      notes.confirmsParts = true;
      return sent;
    } catch (error) {
      if (!isCode(error, 'checksum-unconfirmed')) throw error;
    }
  }
  return litter.sendPart(part, bodyOf(bytes, null, signal), signal);
}

/**
 * Parts of an upload that is never completed: they leave no object behind where the key may not delete any. Measured from
 * the first byte to the answer, since a system takes megabytes off our hands long before they have left.
 */
async function checkSpeed({ litter, storage, prefix }: Scene, outer: AbortSignal): Promise<Finding> {
  const roundTripMs = await storage.roundTrip(outer);
  const limit = AbortSignal.timeout(speedMs);
  const signal = AbortSignal.any([outer, limit]);
  const upload = await litter.begin(makeProbe(prefix, 0).object, outer);
  let bytesPerSecond = 0;
  for (const [n, size] of speedSteps.entries()) {
    if (n > 0 && size / bytesPerSecond > stepMs / 1000) break;
    const { bytes } = makeProbe(prefix, size);
    const begun = performance.now();
    try {
      await litter.sendPart({ ...upload, partNumber: n + 1 }, bodyOf(bytes, null, signal), signal);
    } catch (error) {
      if (!limit.aborted || outer.aborted) throw error;
      // It was not even that fast.
      bytesPerSecond ||= size / (speedMs / 1000);
      break;
    }
    bytesPerSecond = size / ((performance.now() - begun) / 1000);
  }
  await litter.drop(upload, outer);
  const speed = { bytesPerSecond: Math.round(bytesPerSecond) };
  const facts = roundTripMs === null ? speed : { ...speed, roundTripMs: Math.round(roundTripMs) };
  return bytesPerSecond < slowBytesPerSecond ? warned('slow', facts) : passed(facts);
}
