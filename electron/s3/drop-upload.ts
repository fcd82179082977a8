import { setTimeout as wait } from 'node:timers/promises';
import type { ObjectStorage } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';

/** A part that was in flight may land behind an abort and keep the upload alive (S3, AbortMultipartUpload): repeat. */
const rounds = 5;
const pauseMs = 200;

/** Makes the server forget an upload and looks whether it has, where the key may look. */
export async function dropUpload(
  storage: Pick<ObjectStorage, 'abortMultipartUpload' | 'listParts'>,
  { key, uploadId }: { readonly key: string; readonly uploadId: string },
  signal: AbortSignal,
): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    await storage.abortMultipartUpload(key, uploadId, signal);
    if (!(await isKnown(storage, key, uploadId, signal))) return;
    await wait(pauseMs * round, undefined, { signal });
  }
  throw new UploadError('unexpected-answer');
}

async function isKnown(
  storage: Pick<ObjectStorage, 'listParts'>,
  key: string,
  uploadId: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await storage.listParts(key, uploadId, signal);
    return true;
  } catch (error) {
    if (error instanceof UploadError && (error.code === 'upload-expired' || error.code === 'access-denied')) return false;
    throw error;
  }
}
