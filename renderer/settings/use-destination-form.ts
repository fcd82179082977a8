import { useState } from 'react';
import type { FilledForm } from '../../shared/ipc.ts';
import type { DestinationInfo } from '../../shared/settings.ts';
import { useBridge } from '../state/services.tsx';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { FormKind } from './destination-fields.ts';
import { credentialsOf, draftOf, secretFields, valuesOf } from './destination-fields.ts';
import type { FormStart } from './form-start.ts';
import { keptKeyOf } from './kept-key.ts';
import { useFormFields } from './use-form-fields.ts';
import { useFormTest } from './use-form-test.ts';

interface FormOptions {
  readonly kind: FormKind;
  /** Null: a new destination. */
  readonly existing: DestinationInfo | null;
  readonly start: FormStart;
  readonly changesKey: boolean;
  readonly onSaved: (name: string) => void;
}

/** The state of a destination's form: fields, key, test, saving. */
export function useDestinationForm({ kind, existing, start, changesKey, onSaved }: FormOptions) {
  const { format } = useTexts();
  const bridge = useBridge();
  const { keychainAvailable } = useSettings();
  /** The person came to change a destination, and makes another one of it. */
  const [isCopy, setCopy] = useState(false);
  const saved = isCopy ? null : existing;
  const savedId = saved?.destination.id ?? null;
  const kept = keptKeyOf(saved, start.candidate);
  const [typesKey, setTypesKey] = useState(changesKey || kept === null);
  const [isSaving, setSaving] = useState(false);
  const proof = useFormTest();
  const fields = useFormFields({
    kind,
    initial: existing === null ? start.values : valuesOf(existing.destination, format.decimal),
    typesKey,
    marksMissing: start.candidate !== null,
    onChange: proof.forget,
  });

  const filledForm = (id: string | null): FilledForm => ({
    id,
    draft: draftOf(kind, fields.values, existing?.destination ?? null),
    credentials: kind !== 'disk' && typesKey ? credentialsOf(fields.values) : null,
    // A folder that was found elsewhere is known to the main process by the same id.
    importId: kind === 'disk' || !typesKey ? (start.candidate?.id ?? null) : null,
  });
  const runTest = async (): Promise<boolean> => {
    if (fields.isComplete) return proof.run(filledForm(savedId));
    fields.leaveAll();
    return false;
  };
  const saveUnder = async (id: string | null) => {
    const form = filledForm(id);
    setSaving(true);
    try {
      const made = await bridge.saveDestination({ ...form, keep: keychainAvailable ? 'keychain' : 'session' });
      if (id === null) await bridge.switchDestination(made.id);
      onSaved(form.draft.name);
    } catch (thrown) {
      proof.refuse(thrown);
    } finally {
      setSaving(false);
    }
  };
  /** Tests first, unless exactly these settings have just passed. */
  const save = async () => {
    if (proof.hasPassed || (await runTest())) await saveUnder(savedId);
  };
  const chooseKey = (types: boolean) => {
    setTypesKey(types);
    proof.forget();
  };
  /** What is in the form becomes another destination; a key that only the old one has is typed once more. */
  const saveAsNew = async () => {
    // A second press makes a second destination, unlike one of "Save", which saves the same one again.
    if (isSaving) return;
    setCopy(true);
    if (typesKey || kind === 'disk') return saveUnder(null);
    chooseKey(true);
    fields.leave(secretFields);
  };
  const { test } = proof;
  return { ...fields, kind, start, kept, typesKey, setTypesKey: chooseKey, test, isSaving, isCopy, runTest, save, saveAsNew };
}

export type DestinationFormState = ReturnType<typeof useDestinationForm>;
