import type { CheckResult, DoctorProblem } from '../../../shared/doctor.ts';
import type { Finding } from '../../upkeep/ports.ts';
import { UploadError } from '../../uploads/upload-error.ts';

type Facts = CheckResult['facts'];

export const passed = (facts: Facts = {}): Finding => ({ state: 'passed', facts });
export const warned = (problem: DoctorProblem, facts: Facts = {}): Finding => ({ state: 'warned', problem, facts });
export const failed = (problem: DoctorProblem, facts: Facts = {}): Finding => ({ state: 'failed', problem, facts });
/** There is nothing to look at. */
export const skipped: Finding = { state: 'skipped' };

/** With what was behind it, for whoever wants the details. The error itself is only for requests that had to succeed. */
export const because = (finding: Finding, { code }: UploadError): Finding => ({
  ...finding,
  facts: { ...finding.facts, reason: code },
});

export const isCode = (error: unknown, ...codes: readonly string[]): error is UploadError =>
  error instanceof UploadError && codes.includes(error.code);
