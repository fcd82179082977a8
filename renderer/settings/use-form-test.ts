import { useState } from 'react';
import type { AppError } from '../../shared/errors.ts';
import type { FilledForm } from '../../shared/ipc.ts';
import type { TestReport } from '../../shared/replies.ts';
import { appErrorOf } from '../bridge.ts';
import { useBridge } from '../state/services.tsx';

/** What the test, or the attempt to save, has to say about the settings as they stand. */
export type TestState =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'reported'; readonly report: TestReport }
  | { readonly state: 'refused'; readonly error: AppError };

/** The connection test of a form. It holds for exactly the settings that it tested: whoever changes them forgets it. */
export function useFormTest() {
  const bridge = useBridge();
  const [test, setTest] = useState<TestState>({ state: 'none' });
  const refuse = (thrown: unknown) => setTest({ state: 'refused', error: appErrorOf(thrown) });
  const run = async (form: FilledForm): Promise<boolean> => {
    setTest({ state: 'running' });
    try {
      const report = await bridge.testDestination(form);
      setTest({ state: 'reported', report });
      return report.passed;
    } catch (thrown) {
      refuse(thrown);
      return false;
    }
  };
  const hasPassed = test.state === 'reported' && test.report.passed;
  return { test, hasPassed, run, refuse, forget: () => setTest({ state: 'none' }) };
}
