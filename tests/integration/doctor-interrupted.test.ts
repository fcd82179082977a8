import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNames, type CheckName } from '../../shared/doctor.ts';
import { blackHole, delayAnswer, type Fault } from '../support/faults.ts';
import { setUpkeepStage, type Told, type UpkeepStage } from '../support/upkeep-stage.ts';

/** The keys of radosgw may everything. */
const isPractice = process.env['REMESSA_S3_ENDPOINT'] === undefined;
if (!isPractice) process.stdout.write('interruption with a key that may not list: not run against radosgw\n');

let stage: UpkeepStage;
beforeEach(async () => {
  stage = await setUpkeepStage();
});
afterEach(async () => {
  stage.target.proxy.setDecide(() => null);
  await stage.end();
});

/** Starts the check and interrupts it so long after one of its parts has begun; settles with the report and how long it took. */
async function interruptedAt(name: CheckName, afterMs: number): Promise<{ readonly report: Told; readonly tookMs: number }> {
  const controller = new AbortController();
  let interruptedAtMs = 0;
  const onStep = ({ checks }: Told): void => {
    if (!checks.some((check) => check.name === name && check.state === 'running')) return;
    setTimeout(() => {
      interruptedAtMs = performance.now();
      controller.abort(new Error('stopped'));
    }, afterMs);
  };
  const report = await stage.check({}, { signal: controller.signal, onStep });
  return { report, tookMs: performance.now() - interruptedAtMs };
}

const left = async (): Promise<string> => `${await stage.target.objectCount()} objects, ${await stage.target.unfinishedUploads()} uploads`;
const nothing = '0 objects, 0 uploads';
/** Those of a disk are not asked; the first ones put nothing anywhere. */
const asked = checkNames.filter((name) => !['settings', 'folder', 'space', 'file-size', 'public-url'].includes(name));

describe('a check that is interrupted', () => {
  // Answers come late, so that every request is caught in the middle.
  it.each(asked.flatMap((name) => [0, 15, 45].map((ms) => [name, ms] as const)))('at %s, after %i ms, leaves nothing', async (name, ms) => {
    stage.target.proxy.setDecide(() => delayAnswer(30));
    const { report, tookMs } = await interruptedAt(name, ms);
    expect(await left()).toBe(nothing);
    expect(report.isCleanedUp).toBe(true);
    expect(report.checks.every(({ state }) => state !== 'failed' && state !== 'running' && state !== 'waiting')).toBe(true);
    expect(tookMs).toBeLessThan(5_000);
  });

  it.each<[string, CheckName, string, Fault]>([
    ['the answer to Create comes after a second', 'credentials', 'CreateMultipartUpload', delayAnswer(1_000)],
    ['the object is there before we hear of it', 'put', 'PutObject', delayAnswer(1_000)],
    ['a part is there before we hear of it', 'multipart', 'UploadPart', delayAnswer(1_000)],
  ])('leaves nothing either when %s', async (_what, name, operation, fault) => {
    stage.target.proxy.setDecide((request) => (request.operation === operation ? fault : null));
    const { report } = await interruptedAt(name, 200);
    expect(report).toMatchObject({ state: 'stopped', isCleanedUp: true });
    expect(await left()).toBe(nothing);
  });

  it.runIf(isPractice)('leaves no upload behind that only the late answer to its Create could name', async () => {
    await stage.end();
    stage = await setUpkeepStage({ refuses: ['ListMultipartUploads'] });
    stage.target.proxy.setDecide(({ operation }) => (operation === 'CreateMultipartUpload' ? delayAnswer(1_000) : null));
    const { report } = await interruptedAt('credentials', 200);
    expect(report).toMatchObject({ state: 'stopped', isCleanedUp: true });
    expect(stage.target.count('CreateMultipartUpload')).toBe(1);
    expect(stage.target.count('AbortMultipartUpload')).toBe(1);
  });

  it('does not wait for ever for an answer that never comes', async () => {
    stage.target.proxy.setDecide(({ operation }) => (operation === 'PutObject' ? blackHole() : null));
    const { report, tookMs } = await interruptedAt('put', 200);
    expect(report).toMatchObject({ state: 'stopped', isCleanedUp: true });
    expect(tookMs).toBeLessThan(8_000);
    expect(await left()).toBe(nothing);
  });

  it('without a connection says that something may be left', async () => {
    const controller = new AbortController();
    const onStep = ({ checks }: Told): void => {
      if (!checks.some(({ name, state }) => name === 'get' && state === 'running')) return;
      void stage.target.proxy.offline(true);
      controller.abort(new Error('stopped'));
    };
    const report = await stage.check({}, { signal: controller.signal, onStep });
    expect(report).toMatchObject({ state: 'stopped', isCleanedUp: false });
    await stage.target.proxy.offline(false);
  });
});

it('asked to clean up again, does nothing', async () => {
  const examination = (await stage.upkeep()).examination();
  const signal = new AbortController().signal;
  for (const check of examination.checks.slice(0, 7)) await check.run(signal);
  expect(await left()).toBe('1 objects, 0 uploads');
  await examination.cleanUp(signal);
  expect(await left()).toBe(nothing);
  const before = stage.target.count('DeleteObject');
  await examination.cleanUp(signal);
  expect(stage.target.count('DeleteObject')).toBe(before);
});
