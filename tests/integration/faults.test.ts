import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { addFile, fastClock, isStatus, until } from '../support/engine.ts';
import type { ProxiedRequest } from '../support/fault-proxy.ts';
import {
  type Fault,
  answerWithEtag,
  blackHole,
  captivePortal,
  cutAnswer,
  flipByte,
  loseAnswer,
  okWithErrorBody,
  resetAfterBytes,
  respondError,
  spacesBeforeAnswer,
  stall,
} from '../support/faults.ts';
import { sha256 } from '../support/sample-video.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  stage.target.proxy.setDecide(() => null);
  await stage.target.proxy.offline(false);
});
afterAll(() => stage.end());

const size = 27 * MiB;
type Decide = (request: ProxiedRequest) => Fault | null;
const onPart =
  (isHit: (request: ProxiedRequest) => boolean, fault: () => Fault): Decide =>
  (request) =>
    request.operation === 'UploadPart' && isHit(request) ? fault() : null;
const once =
  (operation: string, fault: () => Fault, times = 1): Decide =>
  (request) =>
    request.operation === operation && request.attempt <= times ? fault() : null;

/** Each of them has to end in an identical, verified object without anybody doing anything. */
const passing: ReadonlyArray<readonly [string, Decide]> = [
  ['a connection reset in the middle of a part', onPart((r) => r.partNumber === 2 && r.attempt === 1, () => resetAfterBytes(MiB))],
  ['six resets of one part', onPart((r) => r.partNumber === 2 && r.attempt <= 6, () => resetAfterBytes(MiB))],
  ['500 on every first try', onPart((r) => r.attempt === 1, () => respondError(500, 'InternalError'))],
  ['503 SlowDown on the first three tries', onPart((r) => r.attempt <= 3, () => respondError(503, 'SlowDown', { 'retry-after': '0' }))],
  ['429', onPart((r) => r.attempt === 1, () => respondError(429, 'TooManyRequests'))],
  ['400 RequestTimeout', onPart((r) => r.attempt === 1, () => respondError(400, 'RequestTimeout'))],
  ['400 IncompleteBody', onPart((r) => r.attempt === 1, () => respondError(400, 'IncompleteBody'))],
  ['403 on one part, once', onPart((r) => r.partNumber === 3 && r.attempt === 1, () => respondError(403, 'AccessDenied'))],
  ['403 RequestTimeTooSkewed on one part', onPart((r) => r.partNumber === 3 && r.attempt === 1, () => respondError(403, 'RequestTimeTooSkewed'))],
  ['the answer to Create lost', once('CreateMultipartUpload', loseAnswer)],
  ['the answers to all parts lost once', onPart((r) => r.attempt === 1, loseAnswer)],
  ['the answer to Complete lost', once('CompleteMultipartUpload', loseAnswer)],
  ['Complete 200 with an error inside', once('CompleteMultipartUpload', () => okWithErrorBody('InternalError'))],
  ['Complete 200 with an error that looks like success', once('CompleteMultipartUpload', () => okWithErrorBody('InternalError', { tail: '\n' }))],
  ['Complete 200 with an error, though done', once('CompleteMultipartUpload', () => okWithErrorBody('InternalError', { isForwarded: true }))],
  ['Complete 500 five times', once('CompleteMultipartUpload', () => respondError(500, 'InternalError'), 5)],
  ['Complete kept alive with spaces', once('CompleteMultipartUpload', () => spacesBeforeAnswer(100, 10))],
  ['the answer to Complete cut', once('CompleteMultipartUpload', () => cutAnswer(40))],
  ['a byte flipped in a part', onPart((r) => r.partNumber === 2 && r.attempt === 1, () => flipByte(MiB))],
  ['a wrong ETag answered for a part', onPart((r) => r.partNumber === 2 && r.attempt === 1, () => answerWithEtag('"00000000000000000000000000000bad"'))],
  ['a captive portal for the first part', onPart((r) => r.partNumber === 1 && r.attempt === 1, captivePortal)],
];

describe('passing faults', () => {
  it.each(passing)('%s', async (name, decide) => {
    const queue = await stage.engine(`fault-${name}`, { clock: fastClock(5) });
    stage.target.proxy.setDecide(decide);
    const path = await stage.video(`video_${passing.findIndex(([n]) => n === name)}.mp4`, size);
    await stage.sendAndCheck(queue, path);
    expect(await stage.target.unfinishedUploads()).toBe(0);
    await queue.stop();
  });

  it.each([
    ['a part that stands still in the middle', () => stall('forever', MiB)],
    ['a black hole', blackHole],
  ])('%s is noticed after 30 s and sent again', async (name, fault) => {
    const queue = await stage.engine(name, { clock: fastClock(20) });
    stage.target.proxy.setDecide(onPart((r) => r.partNumber === 2 && r.attempt === 1, fault));
    await stage.sendAndCheck(queue, await stage.video(`video_${name.length}00.mp4`, size));
    await queue.stop();
  });
});

describe('offline', () => {
  it('is a state: waits without spending attempts and goes on within 5 s of the network', async () => {
    const queue = await stage.engine('offline');
    const path = await stage.video('video_700.mp4', 60 * MiB);
    const id = await addFile(queue, path);
    await until(queue, id, (u) => 'uploadedBytes' in u && u.uploadedBytes > 6 * MiB);
    await stage.target.proxy.offline(true);
    await until(queue, id, (u) => u.status === 'waiting' && u.reason === 'offline');
    expect(queue.snapshot().destinations).toMatchObject([{ id: 'test', state: 'offline' }]);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await stage.target.proxy.offline(false);
    const back = Date.now();
    await until(queue, id, isStatus('uploading', 'completing', 'completed'));
    expect(Date.now() - back).toBeLessThan(5000);
    const upload = await until(queue, id, isStatus('completed'));
    expect(await stage.target.objectSha256(upload.key)).toBe(await sha256(path));
    expect(queue.snapshot().destinations).toEqual([]);
  });
});

describe('a small file', () => {
  it.each([
    ['its answer lost', once('PutObject', loseAnswer)],
    ['500 twice', once('PutObject', () => respondError(500, 'InternalError'), 2)],
    ['a byte flipped', once('PutObject', () => flipByte(1000))],
  ])('arrives in spite of %s', async (name, decide) => {
    const queue = await stage.engine(`small-${name}`, { clock: fastClock(5) });
    stage.target.proxy.setDecide(decide);
    await stage.sendAndCheck(queue, await stage.video(`video_8${name.length}.mp4`, 2 * MiB));
    await queue.stop();
  });
});
