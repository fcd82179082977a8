import { withTimeout } from './attempts.ts';
import type { Clock, Destinations } from './ports.ts';
import type { UploadRecord } from './upload-record.ts';

const abortTimeoutMs = 30_000;

/**
 * The server forgets what it has of a file's old content. True when that had arrived as a whole: an object of ours
 * that the new one replaces.
 */
export async function dropOldVersion(
  world: { readonly clock: Clock; readonly destinations: Destinations },
  { transfer, key, destinationId, uploadToken }: UploadRecord,
): Promise<boolean> {
  const storage = await world.destinations.storageFor(destinationId);
  return withTimeout(world.clock, abortTimeoutMs, new AbortController().signal, async (signal) => {
    if (transfer.kind === 'multipart') await storage.abortMultipartUpload(key, transfer.uploadId, signal);
    const old = await storage.headObject(key, signal).catch(() => null);
    return old?.uploadToken === uploadToken;
  });
}
