import { afterAll, beforeAll, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { crashDrill, drillLog } from '../support/crash-drill.ts';
import { type S3Target, openTarget } from '../support/s3-target.ts';
import { temporaryFolder } from '../support/sample-video.ts';

/** More on request: `REMESSA_DRILL_KILLS=1000 npm run integration`. */
const kills = Number(process.env['REMESSA_DRILL_KILLS'] ?? 100);
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

it(`survives SIGKILL at any moment: ${kills} kills, seed ${seed}`, { timeout: 15 * 60_000 }, async () => {
  const report = await crashDrill({ target, folder: folder.path, kills, seed, size: 42 * MiB + 4321 });
  process.stdout.write(`crash drill against ${target.name}: ${JSON.stringify(report)}\n`);
  const log = await drillLog(folder.path);
  expect(report, log.slice(-4000)).toMatchObject({ wrongObjects: 0, lostUploads: 0, resentBytes: 0, orphans: 0 });
  expect(report.kills).toBeGreaterThanOrEqual(kills);
});
