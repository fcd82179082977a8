import { setTimeout as wait } from 'node:timers/promises';
import type { Check, Examination } from '../../upkeep/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';
import { accessChecks } from './access-checks.ts';
import { linkChecks } from './link-checks.ts';
import { litterOf } from './litter.ts';
import { multipartChecks } from './multipart-checks.ts';
import { lastObjectChecks, objectChecks } from './object-checks.ts';
import { makeProbe } from './probe.ts';
import { ruleChecks } from './rule-checks.ts';
import type { Notes, Scene } from './scene.ts';
import { wayChecks } from './way-checks.ts';

/** The configuration check of a bucket, for one time. */
export function bucketExamination(stage: Omit<Scene, 'litter' | 'probe' | 'notes'>): Examination {
  const litter = litterOf(stage);
  const notes: Notes = { clockBehindMs: 0, refusedAtCreate: null, confirmsParts: false };
  const scene: Scene = { ...stage, litter, probe: makeProbe(stage.prefix), notes };
  const { multipart, speed } = multipartChecks(scene);
  const last = lastObjectChecks(scene);
  const checks = [
    ...wayChecks(scene),
    ...accessChecks(scene),
    ...objectChecks(scene),
    multipart,
    last.checksum,
    last.conditional,
    ...linkChecks(scene),
    ...ruleChecks(scene),
    speed,
    last.delete,
  ];
  return { checks: checks.map(patient), cleanUp: (signal) => litter.cleanUp(signal) };
}

/**
 * Milliseconds after which a check is run once more when it ended like this: one lost connection is no finding. The
 * client mends its clock by the first refusal; R2 takes one write a second to one key.
 */
const secondTry: Readonly<Partial<Record<string, number>>> = {
  'clock-skew': 0,
  'connection-lost': 200,
  'rate-limited': 1_100,
  'server-error': 500,
};
/** The server's own wish is obeyed up to here, milliseconds. */
const longestWaitMs = 5_000;

const patient = (check: Check): Check => ({
  ...check,
  run: async (signal) => {
    try {
      return await check.run(signal);
    } catch (error) {
      const waitMs = error instanceof UploadError ? secondTry[error.code] : undefined;
      if (waitMs === undefined || signal.aborted) throw error;
      const wished = (error as UploadError).facts.retryAfterMs ?? 0;
      await wait(Math.min(Math.max(waitMs, wished), longestWaitMs), undefined, { signal });
      return check.run(signal);
    }
  },
});
