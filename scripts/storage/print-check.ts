import { type CheckResult, type DoctorReport, isHealthy } from '../../shared/doctor.ts';
import { type CheckTexts, checkWords } from '../../renderer/text/check-words.ts';

const signs: Readonly<Record<CheckResult['state'], string>> = {
  waiting: '·',
  running: '·',
  passed: '✓',
  warned: '!',
  failed: '✗',
  skipped: '–',
};

/** One check that is over: what was found, what to do, and for whoever helps the technical words. */
export function checkLines(check: CheckResult, texts: CheckTexts): string {
  const { name, state, said, remedy } = checkWords(check, texts);
  const isTrouble = check.state === 'failed' || check.state === 'warned';
  const title = isTrouble ? `${name} (${state})` : name;
  const below = isTrouble ? [remedy, check.error?.detail ?? ''].filter((line) => line !== '') : [];
  return [`${signs[check.state]} ${title}: ${said}`, ...below.map((line) => `    ${line}`)].join('\n');
}

export function verdictLines(report: DoctorReport, { doctor, format }: CheckTexts): string {
  const { verdicts } = doctor;
  const verdict = report.state === 'stopped' ? verdicts.stopped : isHealthy(report) ? verdicts.healthy : verdicts.unhealthy;
  const count = report.checks.filter(({ state }) => state === 'warned').length;
  const words = [verdict, ...(count === 0 ? [] : [doctor.warnings(count, format.integer(count))])];
  return ['', words.join(' '), ...(report.isCleanedUp ? [] : [doctor.notCleanedUp])].join('\n');
}

/** For programs: the report, and the sentences for whoever they tell. */
export function reportJson(report: DoctorReport, destination: object, texts: CheckTexts): object {
  const checks = report.checks.map((check) => {
    const { said, remedy } = checkWords(check, texts);
    return { ...check, said, remedy };
  });
  const { state, isCleanedUp } = report;
  return { healthy: isHealthy(report), state, isCleanedUp, destination, checks };
}
