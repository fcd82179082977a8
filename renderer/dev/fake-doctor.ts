import type { CheckResult, DoctorReport } from '../../shared/doctor.ts';
import type { Result } from '../../shared/errors.ts';
import { done, later } from './fake-answers.ts';

const check = (name: CheckResult['name'], changed: Partial<CheckResult> = {}): CheckResult => ({
  name,
  state: 'passed',
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 84,
  ...changed,
});

const fine: readonly CheckResult[] = [
  check('settings'),
  check('dns', { facts: { host: '0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com' } }),
  check('tls', { facts: { days: 61 } }),
  check('clock', { facts: { seconds: 1 } }),
  check('credentials'),
  check('bucket'),
  check('put'),
  check('head'),
  check('get'),
  check('range'),
  check('multipart'),
  check('checksum'),
  check('conditional'),
  check('presigned'),
  check('public-url', { facts: { url: 'https://videos.ensinalab.com.br' } }),
  check('cors', { facts: { origins: 'https://www.ensinalab.com.br', count: 1 } }),
  check('lifecycle', { facts: { days: 7 } }),
  check('speed', { facts: { roundTripMs: 24, bytesPerSecond: 4.1e6 } }),
  check('delete'),
];

/** What most people have not set up. */
const warned: readonly CheckResult[] = [
  check('clock', { state: 'warned', problem: 'clock-off', facts: { seconds: 310 } }),
  check('cors', { state: 'warned', problem: 'cors-missing' }),
  check('lifecycle', { state: 'warned', problem: 'lifecycle-missing' }),
];

const broken: readonly CheckResult[] = [
  ...warned,
  check('public-url', {
    state: 'failed',
    problem: 'wrong-type',
    facts: { url: 'https://videos.ensinalab.com.br', type: 'application/octet-stream' },
  }),
  check('delete', {
    state: 'failed',
    error: { code: 'access-denied', detail: 'HTTP 403 AccessDenied · request 81AC' },
    permission: 's3:DeleteObject',
  }),
];

const rejected: readonly CheckResult[] = [
  check('credentials', { state: 'failed', error: { code: 'credentials-rejected', detail: 'HTTP 403 · request 81AC' } }),
  ...fine.slice(5).map(({ name }) => check(name, { state: 'skipped', tookMs: 0 })),
];

const folder: readonly CheckResult[] = [
  check('settings'),
  check('folder'),
  check('space', { facts: { freeBytes: 412e9, quotaBytes: 500e9, usedBytes: 96e9 } }),
  check('put'),
  check('get'),
  check('range'),
  check('multipart'),
  check('checksum'),
  check('conditional'),
  check('public-url', { state: 'skipped', problem: 'no-public-url' }),
  check('file-size', { state: 'warned', problem: 'small-files-only' }),
  check('speed', { facts: { bytesPerSecond: 112e6 } }),
  check('delete'),
];

const endings: Readonly<Record<string, readonly CheckResult[]>> = { fine: [], warned, broken, rejected };

function endOf(destinationId: string, name: string): readonly CheckResult[] {
  if (destinationId === 'd-disk') return folder;
  const changed = endings[name] ?? broken;
  return fine.map((plain) => changed.find((other) => other.name === plain.name) ?? plain);
}

/**
 * The check as it goes on, a step at a time. `&doctor=fine`, `warned`, `broken` or `rejected` say how it ends, `&pace=300`
 * how long a step takes.
 */
export function createFakeDoctor(search: URLSearchParams) {
  const listeners = new Set<(report: DoctorReport) => void>();
  const pace = Number(search.get('pace') ?? 60);
  let revision = 0;
  const wish = { stop: false };
  const tell = (report: Omit<DoctorReport, 'revision'>): DoctorReport => {
    revision += 1;
    const told = { ...report, revision };
    for (const listener of listeners) listener(structuredClone(told));
    return told;
  };
  const run = async (destinationId: string): Promise<Result<DoctorReport>> => {
    wish.stop = false;
    const end = endOf(destinationId, search.get('doctor') ?? 'broken');
    const at = (step: number) =>
      end.map((result, index): CheckResult => {
        if (index < step) return result;
        return check(result.name, { state: index === step ? 'running' : 'waiting', tookMs: 0 });
      });
    for (let step = 0; step < end.length && !wish.stop; step += 1) {
      tell({ destinationId, state: 'running', checks: at(step), isCleanedUp: false });
      await later(null, pace);
    }
    const checks = wish.stop ? fine.map(({ name }) => check(name, { state: 'skipped' })) : end;
    const state = wish.stop ? 'stopped' : 'done';
    return done(tell({ destinationId, state, checks, isCleanedUp: search.get('cleaned') !== 'no' }));
  };
  return {
    runDoctor: run,
    stopDoctor: () => {
      wish.stop = true;
      return done(null);
    },
    onDoctorChanged: (listener: (report: DoctorReport) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
