import type { Check, Finding } from '../../upkeep/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { bucketRegion } from '../bucket-region.ts';
import { because, failed, isCode, passed, skipped } from './findings.ts';
import { makeProbe } from './probe.ts';
import { permissionsOf, type Scene } from './scene.ts';
import { sweepProbes } from './sweep.ts';

/**
 * Whether the key is accepted, and whether the bucket is there. Nothing is asked of the bucket itself that a token for
 * its objects might not be allowed to ask: beginning an upload proves both.
 */
export function accessChecks(scene: Scene): readonly Check[] {
  const { put } = permissionsOf(scene.destination);
  return [
    { name: 'credentials', needs: ['clock'], permission: put, run: (signal) => checkCredentials(scene, signal) },
    { name: 'bucket', needs: ['credentials'], permission: put, run: (signal) => checkBucket(scene, signal) },
  ];
}

async function checkCredentials({ litter, prefix, notes }: Scene, signal: AbortSignal): Promise<Finding> {
  notes.refusedAtCreate = null;
  try {
    const upload = await litter.begin(makeProbe(prefix, 0).object, signal);
    await litter.drop(upload, signal).catch(unlessDenied);
  } catch (error) {
    // The bucket's check says so.
    if (isCode(error, 'bucket-not-found', 'wrong-region')) {
      notes.refusedAtCreate = error;
      // The signature has been looked at, but for another region it is none.
      return error.code === 'bucket-not-found' ? passed() : skipped;
    }
    throw error;
  }
  return passed();
}

/** Whether it may drop uploads is looked at later. */
function unlessDenied(error: unknown): void {
  if (!isCode(error, 'access-denied')) throw error;
}

async function checkBucket(scene: Scene, signal: AbortSignal): Promise<Finding> {
  const { bucket, notes } = scene;
  const { refusedAtCreate } = notes;
  const region = await bucketRegion(bucket, signal);
  const facts = region === null ? {} : { region };
  if (refusedAtCreate?.code === 'wrong-region') return because(failed('other-region', facts), refusedAtCreate);
  if (refusedAtCreate !== null) throw new UploadError(refusedAtCreate.code, refusedAtCreate.facts);
  await sweepProbes(scene, signal);
  return passed(facts);
}
