import type { CheckResult, DoctorProblem } from '../../../shared/doctor.ts';
import type { Finding } from '../../upkeep/ports.ts';
import { toAppError, UploadError } from '../../uploads/upload-error.ts';

type Facts = CheckResult['facts'];

export const passed = (facts: Facts = {}): Finding => ({ state: 'passed', facts });
export const warned = (problem: DoctorProblem, facts: Facts = {}): Finding => ({ state: 'warned', problem, facts });
export const failed = (problem: DoctorProblem, facts: Facts = {}): Finding => ({ state: 'failed', problem, facts });
/** There is nothing to look at. */
export const skipped: Finding = { state: 'skipped' };

/** With the error behind it, for whoever wants the details. */
export const because = (finding: Finding, error: UploadError): Finding => ({ ...finding, error: toAppError(error) });

export const isCode = (error: unknown, ...codes: readonly string[]): error is UploadError =>
  error instanceof UploadError && codes.includes(error.code);
