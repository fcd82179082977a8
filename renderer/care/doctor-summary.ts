import type { CheckName, CheckResult, DoctorReport } from '../../shared/doctor.ts';
import type { Destination } from '../../shared/settings.ts';

/** Without these no video arrives; the others are about links, players, proofs and clearing up. */
const uploadsNeed: readonly CheckName[] = [
  'settings',
  'dns',
  'tls',
  'clock',
  'folder',
  'space',
  'credentials',
  'bucket',
  'put',
  'multipart',
];

export type Summary =
  | { readonly kind: 'running'; readonly done: number; readonly all: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'fine' }
  | { readonly kind: 'warned' | 'failed-beside' | 'failed-uploads'; readonly count: number };

/** The whole report in one line. */
export function summaryOf({ state, checks }: DoctorReport): Summary {
  if (state === 'running') return { kind: 'running', done: checks.filter(isOver).length, all: checks.length };
  const failed = checks.filter((check) => check.state === 'failed');
  const blocking = failed.filter(({ name }) => uploadsNeed.includes(name));
  if (blocking.length > 0) return { kind: 'failed-uploads', count: blocking.length };
  // What was not looked at is not known to work.
  if (state === 'stopped') return { kind: 'stopped' };
  if (failed.length > 0) return { kind: 'failed-beside', count: failed.length };
  const warned = checks.filter((check) => check.state === 'warned').length;
  return warned > 0 ? { kind: 'warned', count: warned } : { kind: 'fine' };
}

const isOver = ({ state }: CheckResult): boolean => state !== 'waiting' && state !== 'running';

export interface Grouped {
  /** What failed, then what is worth a look. */
  readonly toLookAt: readonly CheckResult[];
  readonly works: readonly CheckResult[];
  readonly notChecked: readonly CheckResult[];
}

/** When all is over, what needs a person comes first; within a group the order stays. */
export function grouped(checks: readonly CheckResult[]): Grouped {
  const of = (state: CheckResult['state']) => checks.filter((check) => check.state === state);
  return { toLookAt: [...of('failed'), ...of('warned')], works: of('passed'), notChecked: of('skipped') };
}

/** For whoever helps: everything that was found, technical, in English, without secrets. */
export function reportText(report: DoctorReport, destination: Destination, appVersion: string): string {
  const { kind, name } = destination;
  const lines = report.checks.map((check) => [check.name.padEnd(12), check.state.padEnd(8), ...factsOf(check)].join(' '));
  return [
    `Remessa ${appVersion} · check of "${name}" (${kind}) · ${report.state}`,
    ...lines.map((line) => line.trimEnd()),
    `cleaned up: ${report.isCleanedUp ? 'yes' : 'no'}`,
    '',
  ].join('\n');
}

/** What is technical about one check, for "copy details"; empty where there is nothing. */
export function detailsOf(check: CheckResult): string {
  return factsOf(check).length === 0 ? '' : [check.name, check.state, ...factsOf(check)].join(' · ');
}

function factsOf({ problem, error, permission, facts, tookMs }: CheckResult): readonly string[] {
  const parts = [
    problem,
    error === null ? null : [error.code, error.detail].filter((part) => part !== undefined).join(': '),
    permission === null ? null : `needs ${permission}`,
    ...Object.entries(facts).map(([fact, value]) => `${fact}=${value}`),
    tookMs > 0 ? `${tookMs} ms` : null,
  ];
  return parts.filter((part) => part !== null);
}
