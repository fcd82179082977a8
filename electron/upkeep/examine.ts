import type { CheckName, CheckResult, DoctorReport } from '../../shared/doctor.ts';
import { asUploadError, toAppError, UploadError } from '../uploads/upload-error.ts';
import type { Check, Examination } from './ports.ts';

/** Longest that one check may take, milliseconds. */
const patienceMs = 20_000;
/** For cleaning up there is time of its own: what an interrupted check has put there must not stay. */
const cleanUpMs = 15_000;

type Told = Omit<DoctorReport, 'destinationId' | 'revision'>;

interface Audience<R> {
  readonly signal: AbortSignal;
  /** Hears of every step; what it answers of the last one is the result. */
  readonly tell: (report: Told) => R;
}

/**
 * Runs the checks one after the other. A check that needs one which has failed is skipped, and so is what needs that
 * one: one cause, one red line. Whatever happens, interruption included, what the checks have put at the destination is
 * removed before this settles. Never rejects for what a check finds.
 */
export async function examine<R>(examination: Examination, { signal, tell }: Audience<R>): Promise<R> {
  const results = new Map<CheckName, CheckResult>(examination.checks.map(({ name }) => [name, blank(name)]));
  const barred = new Set<CheckName>();
  const report = (state: Told['state'], isCleanedUp = false): R =>
    tell({ state, checks: [...results.values()], isCleanedUp });
  let isCleanedUp = false;
  try {
    report('running');
    for (const check of examination.checks) {
      if (signal.aborted) break;
      if (check.needs.some((name) => barred.has(name))) {
        results.set(check.name, { ...blank(check.name), state: 'skipped' });
        barred.add(check.name);
      } else {
        results.set(check.name, { ...blank(check.name), state: 'running' });
        report('running');
        const result = await run(check, signal);
        results.set(check.name, result);
        if (result.state === 'failed') barred.add(check.name);
      }
      report('running');
    }
  } finally {
    isCleanedUp = await examination.cleanUp(AbortSignal.timeout(cleanUpMs)).then(
      () => true,
      () => false,
    );
  }
  for (const [name, { state }] of results) {
    if (state === 'waiting' || state === 'running') results.set(name, { ...blank(name), state: 'skipped' });
  }
  return report(signal.aborted ? 'stopped' : 'done', isCleanedUp);
}

async function run(check: Check, outer: AbortSignal): Promise<CheckResult> {
  const begun = performance.now();
  const limit = AbortSignal.timeout(patienceMs);
  const signal = AbortSignal.any([outer, limit]);
  const done = (found: Partial<CheckResult>): CheckResult => ({
    ...blank(check.name),
    ...found,
    tookMs: Math.round(performance.now() - begun),
  });
  try {
    return done(await check.run(signal));
  } catch (thrown) {
    if (outer.aborted) return done({ state: 'skipped' });
    const error = limit.aborted ? new UploadError('timeout') : asUploadError(thrown);
    const permission = error.code === 'access-denied' ? check.permission : null;
    return done({ state: 'failed', error: toAppError(error), permission });
  }
}

const blank = (name: CheckName): CheckResult => ({
  name,
  state: 'waiting',
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 0,
});
