import { describe, expect, it } from 'vitest';
import type { CheckName, CheckResult, DoctorReport } from '../../shared/doctor.ts';
import { r2 } from '../dev/fake-destinations.ts';
import { detailsOf, grouped, reportText, summaryOf } from './doctor-summary.ts';

const check = (name: CheckName, state: CheckResult['state'], more: Partial<CheckResult> = {}): CheckResult => ({
  name,
  state,
  problem: null,
  error: null,
  permission: null,
  facts: {},
  tookMs: 0,
  ...more,
});
const report = (checks: readonly CheckResult[], more: Partial<DoctorReport> = {}): DoctorReport => ({
  revision: 1,
  destinationId: 'd-r2',
  state: 'done',
  checks,
  isCleanedUp: true,
  ...more,
});

describe('summaryOf', () => {
  it.each<[string, DoctorReport, object]>([
    ['all passed', report([check('dns', 'passed'), check('cors', 'skipped')]), { kind: 'fine' }],
    ['warnings', report([check('dns', 'passed'), check('cors', 'warned')]), { kind: 'warned', count: 1 }],
    [
      'something beside uploads',
      report([check('delete', 'failed'), check('public-url', 'failed'), check('cors', 'warned')]),
      { kind: 'failed-beside', count: 2 },
    ],
    [
      'something that uploads need: the rest is not counted',
      report([check('credentials', 'failed'), check('delete', 'failed'), check('put', 'skipped')]),
      { kind: 'failed-uploads', count: 1 },
    ],
    ['stopped', report([check('dns', 'passed'), check('put', 'skipped')], { state: 'stopped' }), { kind: 'stopped' }],
    [
      'stopped after something has failed',
      report([check('dns', 'failed')], { state: 'stopped' }),
      { kind: 'failed-uploads', count: 1 },
    ],
    [
      'running',
      report([check('dns', 'passed'), check('tls', 'running'), check('put', 'waiting')], { state: 'running' }),
      { kind: 'running', done: 1, all: 3 },
    ],
  ])('%s', (_name, given, expected) => expect(summaryOf(given)).toEqual(expected));
});

it('puts what failed before what is worth a look, and keeps the order within', () => {
  const checks = [
    check('dns', 'passed'),
    check('cors', 'warned'),
    check('lifecycle', 'warned'),
    check('delete', 'failed'),
    check('public-url', 'skipped'),
  ];
  const names = (results: readonly CheckResult[]) => results.map(({ name }) => name);
  const { toLookAt, works, notChecked } = grouped(checks);
  expect([names(toLookAt), names(works), names(notChecked)]).toEqual([
    ['delete', 'cors', 'lifecycle'],
    ['dns'],
    ['public-url'],
  ]);
});

it('writes a report for whoever helps', () => {
  const checks = [
    check('dns', 'passed', { tookMs: 12 }),
    check('delete', 'failed', {
      error: { code: 'access-denied', detail: 'HTTP 403' },
      permission: 's3:DeleteObject',
      facts: { url: 'https://a.example' },
    }),
  ];
  expect(reportText(report(checks, { isCleanedUp: false }), r2.destination, '1.2.3')).toBe(
    [
      'Remessa 1.2.3 · check of "ensinalab-videos" (r2) · done',
      'dns          passed   12 ms',
      'delete       failed   access-denied: HTTP 403 needs s3:DeleteObject url=https://a.example',
      'cleaned up: no',
      '',
    ].join('\n'),
  );
});

it('has details only where there is something to tell', () => {
  expect(detailsOf(check('dns', 'passed'))).toBe('');
  expect(detailsOf(check('cors', 'warned', { problem: 'cors-missing' }))).toBe('cors · warned · cors-missing');
});
