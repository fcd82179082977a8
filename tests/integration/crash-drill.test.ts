import { afterAll, beforeAll, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { crashDrill, drillLog } from '../support/crash-drill.ts';
import { type S3Target, openTarget } from '../support/s3-target.ts';
import { temporaryFolder } from '../support/sample-video.ts';

/** More on request: `npm run drill -- --runs 1000`. Fifty are just enough for every step of the journal. */
const runs = Number(process.env['REMESSA_DRILL_RUNS'] ?? 50);
const seed = Number(process.env['REMESSA_DRILL_SEED'] ?? 20_261_122);

let target: S3Target;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  target = await openTarget();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await target.stop();
  await folder.remove();
});

it(`survives whatever happens to it: ${runs} runs, seed ${seed}`, { timeout: 15 * 60_000 }, async () => {
  const report = await crashDrill({ target, folder: folder.path, runs, seed, size: 27 * MiB + 4321 });
  process.stdout.write(`crash drill against ${target.name}: ${JSON.stringify(report)}\n`);
  const log = await drillLog(folder.path);
  expect(report, log.slice(-4000)).toMatchObject({
    wrongObjects: 0, lostUploads: 0, resentParts: 0, orphans: 0, failures: [],
  });
  // Some of them find an upload that has just ended.
  expect(report.kills).toBeGreaterThanOrEqual(Math.min(runs, report.steps) * 0.9);
});
