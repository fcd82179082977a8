import { useEffect, useRef } from 'react';
import type { FormEvent, RefObject } from 'react';
import { Form } from 'react-aria-components';
import type { DestinationInfo } from '../../shared/settings.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { FormFields } from './FormFields.tsx';
import { ImportNote } from './ImportNote.tsx';
import { PasteBox } from './PasteBox.tsx';
import { TestResult } from './TestResult.tsx';
import type { FormKind } from './destination-fields.ts';
import type { FormStart } from './form-start.ts';
import { emptyStart } from './form-start.ts';
import { useDestinationForm } from './use-destination-form.ts';
import './form.css';
import './form-answers.css';

interface DestinationFormProps {
  readonly kind: FormKind;
  /** Null: a new destination. */
  readonly existing: DestinationInfo | null;
  readonly start?: FormStart;
  readonly changesKey?: boolean;
  readonly onSaved: (name: string) => void;
  readonly onBack: () => void;
}

/** One form: paste or type, test, save. Help stands beside the field that it explains. */
export function DestinationForm(props: DestinationFormProps) {
  const { kind, existing, start = emptyStart, changesKey = false, onSaved, onBack } = props;
  const { destination: words, window: windowWords } = useTexts();
  const { keychainAvailable } = useSettings();
  const form = useDestinationForm({ kind, existing, start, changesKey, onSaved });
  const element = useRef<HTMLFormElement>(null);
  const isBusy = form.test.state === 'running' || form.isSaving;
  useFocusOnFirstProblem(element, form.problems.size);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void form.save();
  };
  const isKeyless = kind === 'disk';
  const saveWords = form.isCopy ? words.saveAsNew : keychainAvailable || isKeyless ? words.save : words.saveForSession;
  const testWords = isKeyless ? words.testFolder : words.test;
  return (
    <Form className="form" ref={element} onSubmit={onSubmit} validationBehavior="aria">
      {!keychainAvailable && !isKeyless && (
        <div className="note note-warning">
          <p className="note-title">{words.noKeychain}</p>
          <p>{words.noKeychainHint}</p>
        </div>
      )}
      {existing === null && !isKeyless && start.candidate === null && <PasteBox form={form} />}
      {start.candidate !== null && <ImportNote candidate={start.candidate} />}
      <FormFields form={form} />
      <TestResult form={form} />
      <footer className="form-buttons">
        <Button tone="quiet" onPress={onBack}>
          {existing === null ? windowWords.back : windowWords.cancel}
        </Button>
        <span className="form-spring" />
        <Button isDisabled={isBusy} onPress={() => void form.runTest()}>
          {form.test.state === 'running' ? words.testing : form.test.state === 'none' ? testWords : words.testAgain}
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
    if (problems > before.current + 1) element.current?.querySelector<HTMLElement>('[aria-invalid="true"], .to-mend')?.focus();
    before.current = problems;
  }, [element, problems]);
}
