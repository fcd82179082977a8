import { useState } from 'react';
import type { AppError } from '../../shared/errors.ts';
import type { TestReport } from '../../shared/replies.ts';
import type { DestinationInfo } from '../../shared/settings.ts';
import { appErrorOf } from '../bridge.ts';
import { useBridge } from '../state/services.tsx';
import { useSettings } from '../state/use-settings.ts';
import type { FormKind } from './destination-fields.ts';
import { credentialsOf, draftOf, emptyValues, valuesOf } from './destination-fields.ts';
import { useFormFields } from './use-form-fields.ts';

/** What the connection test has to say about the settings as they stand. */
export type TestState =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'reported'; readonly report: TestReport }
  | { readonly state: 'refused'; readonly error: AppError };

interface FormOptions {
  readonly kind: FormKind;
  /** Null: a new destination. */
  readonly existing: DestinationInfo | null;
  readonly changesKey: boolean;
  readonly onSaved: (name: string) => void;
}

/** The state of a destination's form. A test holds for exactly the settings that it tested. */
export function useDestinationForm({ kind, existing, changesKey, onSaved }: FormOptions) {
  const bridge = useBridge();
  const { keychainAvailable } = useSettings();
  const [typesKey, setTypesKey] = useState(changesKey || existing === null || existing.credentials === 'missing');
  const [test, setTest] = useState<TestState>({ state: 'none' });
  const [isSaving, setSaving] = useState(false);
  const fields = useFormFields({
    kind,
    initial: existing === null ? emptyValues : valuesOf(existing.destination),
    typesKey,
    onChange: () => setTest({ state: 'none' }),
  });
  const id = existing?.destination.id ?? null;
  const draft = () => draftOf(kind, fields.values);
  const credentials = () => (typesKey ? credentialsOf(fields.values) : null);

  const runTest = async (): Promise<boolean> => {
    if (!fields.isComplete) {
      fields.leaveAll();
      return false;
    }
    setTest({ state: 'running' });
    try {
      const report = await bridge.testDestination({ id, draft: draft(), credentials: credentials(), importId: null });
      setTest({ state: 'reported', report });
      return report.passed;
    } catch (thrown) {
      setTest({ state: 'refused', error: appErrorOf(thrown) });
      return false;
    }
  };

  /** Tests first, unless exactly these settings have just passed. */
  const save = async () => {
    const isProved = test.state === 'reported' && test.report.passed;
    if (!isProved && !(await runTest())) return;
    setSaving(true);
    try {
      const keep = keychainAvailable ? 'keychain' : 'session';
      const saved = await bridge.saveDestination({ id, draft: draft(), credentials: credentials(), importId: null, keep });
      if (id === null) await bridge.switchDestination(saved.id);
      onSaved(draft().name);
    } catch (thrown) {
      setTest({ state: 'refused', error: appErrorOf(thrown) });
    } finally {
      setSaving(false);
    }
  };

  const chooseKey = (types: boolean) => {
    setTypesKey(types);
    setTest({ state: 'none' });
  };
  return { ...fields, kind, typesKey, setTypesKey: chooseKey, test, isSaving, runTest, save };
}

export type DestinationFormState = ReturnType<typeof useDestinationForm>;
