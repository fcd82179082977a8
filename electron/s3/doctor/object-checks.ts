import { setTimeout as wait } from 'node:timers/promises';
import { deleteObject } from '../../upkeep/delete-object.ts';
import type { Check, Finding } from '../../upkeep/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { allOf, readObject } from '../upkeep/read-object.ts';
import { because, failed, isCode, passed, warned } from './findings.ts';
import { bodyOf, crc64nvmeOf } from './probe.ts';
import { permissionsOf, type Scene } from './scene.ts';

/** Which bytes of the probe are asked for: neither the first nor the last. */
const [rangeStart, rangeEnd] = [1000, 1999];

/** One small object: written, looked at, read, and read in part. */
export function objectChecks(scene: Scene): readonly Check[] {
  const { put, get } = permissionsOf(scene.destination);
  const checks = { put: checkPut, head: checkHead, get: checkGet, range: checkRange };
  const run = (check: keyof typeof checks) => (signal: AbortSignal) => checks[check](scene, signal);
  return [
    { name: 'put', needs: ['bucket'], permission: put, run: run('put') },
    { name: 'head', needs: ['put'], permission: get, run: run('head') },
    // Without the permission to read, each of them would be refused: one line is enough.
    { name: 'get', needs: ['head'], permission: get, run: run('get') },
    { name: 'range', needs: ['get'], permission: get, run: run('range') },
  ];
}

/** What is done to the object when it has been looked at from all sides. */
export function lastObjectChecks(scene: Scene): Readonly<Record<'checksum' | 'conditional' | 'delete', Check>> {
  const { put, get, delete: remove } = permissionsOf(scene.destination);
  const checks = { checksum: checkChecksum, conditional: checkCondition, delete: checkDelete };
  const run = (check: keyof typeof checks) => (signal: AbortSignal) => checks[check](scene, signal);
  return {
    checksum: { name: 'checksum', needs: ['head', 'multipart'], permission: get, run: run('checksum') },
    conditional: { name: 'conditional', needs: ['put'], permission: put, run: run('conditional') },
    // Who may not look cannot see that it is gone.
    delete: { name: 'delete', needs: ['head'], permission: remove, run: run('delete') },
  };
}

async function checkPut({ litter, probe }: Scene, signal: AbortSignal): Promise<Finding> {
  const body = bodyOf(probe.bytes, await crc64nvmeOf(probe.bytes), signal);
  await litter.put(probe.object, { body, mustBeNew: false }, signal);
  return passed({ bytes: probe.bytes.length });
}

async function checkHead({ storage, probe: { object } }: Scene, signal: AbortSignal): Promise<Finding> {
  const head = await storage.headObject(object.key, signal);
  if (head === null) throw new UploadError('object-missing', { httpStatus: 404 });
  if (head.size !== object.size || head.uploadToken !== object.uploadToken) return failed('wrong-content');
  return head.contentType === object.contentType ? passed() : failed('wrong-type', { type: head.contentType ?? '' });
}

async function checkGet({ bucket, probe: { object, bytes } }: Scene, signal: AbortSignal): Promise<Finding> {
  const { pieces } = await readObject(bucket, { key: object.key }, signal);
  return (await allOf(pieces, bytes.length)).equals(bytes) ? passed() : failed('wrong-content');
}

async function checkRange({ bucket, probe: { object, bytes } }: Scene, signal: AbortSignal): Promise<Finding> {
  const question = { key: object.key, range: `bytes=${rangeStart}-${rangeEnd}` };
  const { isPart, pieces } = await readObject(bucket, question, signal);
  const wanted = bytes.subarray(rangeStart, rangeEnd + 1);
  return isPart && (await allOf(pieces, wanted.length)).equals(wanted) ? passed() : failed('no-ranges');
}

/** A part has been sent by now, too. */
async function checkChecksum({ storage, probe, notes }: Scene, signal: AbortSignal): Promise<Finding> {
  const head = await storage.headObject(probe.object.key, signal);
  const isKept = head?.crc64nvme === (await crc64nvmeOf(probe.bytes));
  return isKept && notes.confirmsParts ? passed() : warned('no-checksum');
}

/** The same object once more, though one is there. */
async function checkCondition({ litter, probe }: Scene, signal: AbortSignal): Promise<Finding> {
  try {
    await litter.put(probe.object, { body: bodyOf(probe.bytes, null, signal), mustBeNew: true }, signal);
    return warned('overwrites');
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    const { httpStatus, serverCode } = error.facts;
    // S3's word for a race that somebody else has won: it was looked at all the same.
    if (httpStatus === 412 || serverCode === 'ConditionalRequestConflict') return passed();
    if (httpStatus !== 501 && serverCode !== 'InvalidArgument') throw error;
    return because(warned('conditions-unknown'), error);
  }
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal });

async function checkDelete({ storage, upkeep, prefix, litter, probe }: Scene, signal: AbortSignal): Promise<Finding> {
  const { key } = probe.object;
  try {
    const deletion = await deleteObject({ storage, upkeep, prefix, seen: null, sleep }, key, signal);
    litter.forget(key);
    return passed({ deletion });
  } catch (error) {
    if (isCode(error, 'object-missing')) return passed();
    if (isCode(error, 'delete-unconfirmed')) return failed('still-there', { key });
    throw error;
  }
}
