import { createHash } from 'node:crypto';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { sha256 } from '../../support/sample-video.ts';
import type { S3Target } from '../../support/s3-target.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { allCases } from './cases.ts';
import type { FaultCase, ObjectState, Scene } from './fault-case.ts';

/** A server, a proxy and a folder: one fault after the other is played here. */
export interface Lane {
  readonly target: S3Target;
  readonly folder: string;
  /** Copied for each play. */
  readonly video: { readonly path: string; readonly size: number; readonly sha256: string };
  /** The bundled programs that can be killed. */
  readonly programs: { readonly uploader: string; readonly peer: string };
}

/** One play of a fault, from the raised curtain to the swept stage. */
export interface Play {
  readonly scene: Scene;
  readonly folder: string;
  /** Ends everything that waits in the scene. */
  readonly curtain: AbortController;
}

type Hands = Pick<Scene, 'giveNewKeys' | 'setJournalFull'>;

/** Each play has a key of its own, so that a fault's second one counts its requests anew. */
export async function raiseCurtain(lane: Lane, fault: FaultCase, who: 'engine' | 'peer', hands: Hands): Promise<Play> {
  const { target, video } = lane;
  const folder = join(lane.folder, `${fault.name}-${who}`);
  await mkdir(folder, { recursive: true });
  // The number is what the engine makes the key of.
  const name = `video_${allCases.indexOf(fault) + (who === 'engine' ? 1 : 1001)}.mp4`;
  const path = join(folder, name);
  await copyFile(video.path, path);
  const curtain = new AbortController();
  const key = `videos/${name}`;
  const arrived = async (share: number): Promise<void> => {
    while (target.receivedPartBytes(key) < share * video.size) await wait(10, undefined, { signal: curtain.signal });
  };
  const random = seededRandom(seedOf(fault.name));
  const scene = { target, path, key, size: video.size, random, arrived, ...hands };
  target.proxy.setDecide(fault.decide?.(scene) ?? (() => null));
  return { scene, folder, curtain };
}

const seedOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE();

/** What came of a play, as the bucket and the proxy saw it. */
export interface Remains {
  readonly object: ObjectState;
  /** Bytes of parts that went over the wire, as a multiple of the file. */
  readonly ratio: number;
  /** Unfinished uploads that the server still keeps. */
  readonly unfinished: number;
  readonly hasAborted: boolean;
}

/** Looks at what is left, and takes it away. */
export async function dropCurtain(lane: Lane, { scene, folder, curtain }: Play): Promise<Remains> {
  const { target, key, path } = scene;
  curtain.abort();
  target.proxy.setDecide(() => null);
  // Cuts off whatever still hangs, so that the proxy's list is complete.
  await target.proxy.offline(true);
  await target.proxy.offline(false);
  const mine = target.requests().filter((entry) => entry.path.endsWith(key));
  const sent = mine.reduce((sum, { operation, bytesIn }) => sum + (operation === 'UploadPart' ? bytesIn : 0), 0);
  const whole = [lane.video.sha256, await sha256(path).catch(() => '')];
  const object = stateOf(await target.objectSha256(key).catch(() => null), whole);
  const unfinished = await abortAll(target, key);
  await target.deleteObject(key);
  await rm(folder, { recursive: true, force: true });
  const hasAborted = mine.some(({ operation }) => operation === 'AbortMultipartUpload');
  return { object, ratio: sent / scene.size, unfinished, hasAborted };
}

const foreignSha256 = createHash('sha256').update('somebody else’s').digest('hex');

function stateOf(found: string | null, whole: readonly string[]): ObjectState {
  if (found === null) return 'none';
  if (found === foreignSha256) return 'foreign';
  return whole.includes(found) ? 'right' : 'WRONG';
}

async function abortAll({ client, bucket: Bucket }: S3Target, Key: string): Promise<number> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
  for (const { UploadId } of Uploads) await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  return Uploads.length;
}
