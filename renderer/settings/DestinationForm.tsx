import { useEffect, useRef } from 'react';
import type { FormEvent, RefObject } from 'react';
import { Form } from 'react-aria-components';
import type { DestinationInfo } from '../../shared/settings.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { FormFields } from './FormFields.tsx';
import { PasteBox } from './PasteBox.tsx';
import { TestResult } from './TestResult.tsx';
import type { FormKind } from './destination-fields.ts';
import { useDestinationForm } from './use-destination-form.ts';
import './form.css';

interface DestinationFormProps {
  readonly kind: FormKind;
  /** Null: a new destination. */
  readonly existing: DestinationInfo | null;
  readonly changesKey?: boolean;
  readonly onSaved: (name: string) => void;
  readonly onBack: () => void;
}

/** One form: paste or type, test, save. Help stands beside the field that it explains. */
export function DestinationForm({ kind, existing, changesKey = false, onSaved, onBack }: DestinationFormProps) {
  const { destination: words, window: windowWords } = useTexts();
  const { keychainAvailable } = useSettings();
  const form = useDestinationForm({ kind, existing, changesKey, onSaved });
  const element = useRef<HTMLFormElement>(null);
  const isBusy = form.test.state === 'running' || form.isSaving;
  useFocusOnFirstProblem(element, form.problems.size);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void form.save();
  };
  const saveWords = keychainAvailable ? words.save : words.saveForSession;
  return (
    <Form className="form" ref={element} onSubmit={onSubmit} validationBehavior="aria">
      {!keychainAvailable && (
        <div className="note note-warning">
          <p className="note-title">{words.noKeychain}</p>
          <p>{words.noKeychainHint}</p>
        </div>
      )}
      {existing === null && <PasteBox form={form} />}
      <FormFields form={form} hint={existing?.accessKeyIdHint ?? null} />
      <TestResult form={form} />
      <footer className="form-buttons">
        <Button tone="quiet" onPress={onBack}>
          {existing === null ? windowWords.back : windowWords.cancel}
        </Button>
        <span className="form-spring" />
        <Button isDisabled={isBusy} onPress={() => void form.runTest()}>
          {form.test.state === 'running' ? words.testing : form.test.state === 'none' ? words.test : words.testAgain}
        </Button>
        <Button type="submit" tone="accent" isDisabled={isBusy}>
          {form.isSaving ? words.saving : saveWords}
        </Button>
      </footer>
    </Form>
  );
}

/** After a test or save was refused by the form itself, the first field to mend has the focus. */
function useFocusOnFirstProblem(element: RefObject<HTMLFormElement | null>, problems: number): void {
  const before = useRef(0);
  useEffect(() => {
    // One more problem is a field that was just left; many at once are a refused test.
    if (problems > before.current + 1) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    before.current = problems;
  }, [element, problems]);
}
