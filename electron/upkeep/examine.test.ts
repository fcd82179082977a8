import { describe, expect, it } from 'vitest';
import type { CheckName, CheckResult, DoctorReport } from '../../shared/doctor.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { examine } from './examine.ts';
import type { Check, Finding } from './ports.ts';

type Told = Omit<DoctorReport, 'destinationId' | 'revision'>;
type Run = Check['run'];

const check = (name: CheckName, needs: readonly CheckName[], run: Run): Check => ({ name, needs, run, permission: `may ${name}` });
const finds = (finding: Finding): Run => async () => finding;
const passes = finds({ state: 'passed' });
const throws =
  (error: unknown): Run =>
  async () => {
    throw error;
  };

/** Runs checks and keeps what was told on the way. */
async function examined(checks: readonly Check[], more: { signal?: AbortSignal; cleanUp?: () => Promise<void> } = {}) {
  const told: Told[] = [];
  let cleanedUp = 0;
  const cleanUp = async (): Promise<void> => {
    cleanedUp += 1;
    await more.cleanUp?.();
  };
  const report = await examine(
    { checks, cleanUp },
    {
      signal: more.signal ?? new AbortController().signal,
      tell: (part) => {
        told.push(part);
        return part;
      },
    },
  );
  return { report, told, cleanedUp: () => cleanedUp };
}

const states = ({ checks }: Told): readonly CheckResult['state'][] => checks.map(({ state }) => state);

describe('the checks', () => {
  it('run one after the other, and every step is told', async () => {
    const { report, told } = await examined([check('dns', [], passes), check('tls', ['dns'], finds({ state: 'warned', problem: 'slow', facts: { days: 3 } }))]);
    expect(told.map((each) => [each.state, ...states(each)].join(' '))).toEqual([
      'running waiting waiting',
      'running running waiting',
      'running passed waiting',
      'running passed running',
      'running passed warned',
      'done passed warned',
    ]);
    expect(report.checks[1]).toMatchObject({ name: 'tls', problem: 'slow', facts: { days: 3 }, error: null, permission: null });
    expect(report.isCleanedUp).toBe(true);
  });

  it.each<[string, readonly Check[], readonly CheckResult['state'][]]>([
    [
      'one cause is one red line: what needs it is skipped, and what needs that',
      [check('dns', [], throws(new UploadError('offline'))), check('tls', ['dns'], passes), check('clock', ['tls'], passes), check('settings', [], passes)],
      ['failed', 'skipped', 'skipped', 'passed'],
    ],
    [
      'a warning keeps nothing from being looked at',
      [check('clock', [], finds({ state: 'warned' })), check('put', ['clock'], passes)],
      ['warned', 'passed'],
    ],
    [
      'nor does a check that had nothing to look at',
      [check('tls', [], finds({ state: 'skipped' })), check('put', ['tls'], passes)],
      ['skipped', 'passed'],
    ],
    ['a check may need one that this destination is not asked', [check('put', ['bucket'], passes)], ['passed']],
  ])('%s', async (_what, checks, expected) => {
    expect(states((await examined(checks)).report)).toEqual(expected);
  });

  it.each([
    ['a refusal for want of a permission names it', new UploadError('access-denied', { httpStatus: 403 }), 'access-denied', 'may put'],
    ['another one names none', new UploadError('bucket-not-found', { httpStatus: 404 }), 'bucket-not-found', null],
    ['what is no error of ours is our fault', new Error('text with a https://secret?X-Amz-Signature=planted'), 'internal', null],
  ])('%s', async (_what, error, code, permission) => {
    const { report } = await examined([check('put', [], throws(error))]);
    expect(report.checks[0]).toMatchObject({ state: 'failed', error: { code }, permission });
    expect(JSON.stringify(report)).not.toContain('planted');
  });

  it('say how long they took', async () => {
    const slow = async (): Promise<Finding> => new Promise((resolve) => setTimeout(() => resolve({ state: 'passed' }), 30));
    const { report } = await examined([check('put', [], slow)]);
    expect(report.checks[0]?.tookMs).toBeGreaterThanOrEqual(25);
  });
});

describe('what the checks leave behind', () => {
  it('is removed at the end', async () => {
    const { cleanedUp } = await examined([check('put', [], throws(new UploadError('offline')))]);
    expect(cleanedUp()).toBe(1);
  });

  it('is told when it could not be removed', async () => {
    const { report } = await examined([check('put', [], passes)], { cleanUp: async () => Promise.reject(new UploadError('access-denied')) });
    expect(report).toMatchObject({ state: 'done', isCleanedUp: false });
  });

  it('is removed after an interruption, and what was not looked at is skipped', async () => {
    const controller = new AbortController();
    const interrupted: Run = (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        controller.abort(new Error('stopped'));
      });
    const { report, cleanedUp } = await examined(
      [check('dns', [], passes), check('put', [], interrupted), check('get', [], passes)],
      { signal: controller.signal },
    );
    expect(cleanedUp()).toBe(1);
    expect(report.state).toBe('stopped');
    expect(states(report)).toEqual(['passed', 'skipped', 'skipped']);
  });

  it('is removed also when nobody can be told any more', async () => {
    let cleanedUp = 0;
    const examination = { checks: [check('put', [], passes)], cleanUp: async () => void (cleanedUp += 1) };
    const signal = new AbortController().signal;
    let told = 0;
    const tell = (): void => {
      told += 1;
      if (told === 3) throw new Error('the window is gone');
    };
    await expect(examine(examination, { signal, tell })).rejects.toThrow('the window is gone');
    expect(cleanedUp).toBe(1);
  });
});
