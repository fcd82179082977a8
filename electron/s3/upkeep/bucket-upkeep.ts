import type { Upkeep } from '../../upkeep/ports.ts';
import { translated } from '../answers.ts';
import { bucketExamination } from '../doctor/examination.ts';
import type { BucketDestination } from '../doctor/scene.ts';
import { allObjects, unfinishedUploads } from '../listings.ts';
import type { BucketClient } from '../s3-client.ts';
import { s3ObjectStorage } from '../s3-object-storage.ts';
import { corsRules } from './cors-rules.ts';
import { deleteObject } from './delete-object.ts';
import { lifecycleRules } from './lifecycle-rules.ts';
import { readObject } from './read-object.ts';
import { writeObject } from './write-object.ts';

export interface UpkeepPlace {
  readonly bucket: BucketClient;
  readonly appVersion: string;
  readonly destination: BucketDestination;
  /** On the way to the destination's public address; null for the direct way. */
  readonly publicProxy: string | null;
}

/** Everything that is done to a bucket besides uploading to it. */
export function bucketUpkeep({ bucket, appVersion, destination, publicProxy }: UpkeepPlace): Upkeep {
  const { client, bucket: Bucket } = bucket;
  const storage = s3ObjectStorage(bucket, appVersion);
  const cors = corsRules(bucket);
  const remove: Upkeep['deleteObject'] = (key, signal) => deleteObject(bucket, key, signal);
  return {
    cors,
    lifecycle: lifecycleRules(bucket),
    examination: () => {
      // What the engine has learned about the server may be out of date.
      const afresh = { ...bucket, server: { keepsChecksums: true } };
      return bucketExamination({
        destination,
        prefix: destination.kind === 'practice' ? '' : destination.prefix,
        bucket: afresh,
        storage: s3ObjectStorage(afresh, appVersion),
        upkeep: { cors, deleteObject: remove },
        publicPlace: publicPlaceOf(destination, publicProxy),
      });
    },
    unfinished: (prefix, signal) =>
      translated(signal, () => unfinishedUploads(client, { Bucket, Prefix: prefix }, signal)),
    deleteObject: remove,
    list: (prefix, signal) => allObjects(client, { Bucket, Prefix: prefix }, signal),
    read: (key, signal) => readObject(bucket, { key }, signal),
    write: (object, writing) => writeObject({ bucket, storage }, object, writing),
  };
}

function publicPlaceOf(destination: BucketDestination, proxy: string | null) {
  if (destination.kind === 'practice' || destination.publicBaseUrl === null) return null;
  return { baseUrl: destination.publicBaseUrl, proxy };
}
