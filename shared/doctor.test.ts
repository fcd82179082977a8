import { expect, it } from 'vitest';
import { type CheckResult, type DoctorReport, isHealthy } from './doctor.ts';

const check = (state: CheckResult['state']): CheckResult => ({
  name: 'put',
  state,
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 1,
});

it.each<[DoctorReport['state'], readonly CheckResult['state'][], boolean]>([
  ['done', ['passed', 'warned', 'skipped'], true],
  ['done', ['passed', 'failed'], false],
  ['stopped', ['passed', 'skipped'], false],
  ['running', ['passed', 'waiting'], false],
])('%s with %j: %s', (state, states, expected) => {
  const report = { revision: 1, destinationId: 'd', state, checks: states.map(check), isCleanedUp: true };
  expect(isHealthy(report)).toBe(expected);
});
