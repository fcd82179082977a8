import { useTexts } from '../text/TextProvider.tsx';
import { Mark } from '../ui/Mark.tsx';
import { useToast } from '../ui/Toast.tsx';
import { DestinationSetup } from './DestinationSetup.tsx';
import { FirstDrop } from './FirstDrop.tsx';
import './first-run.css';

/** Before there is a destination: one question, then one form. */
export function FirstRun() {
  const { destination: words } = useTexts();
  const toast = useToast();
  const onSaved = (name: string) => toast({ tone: 'success', title: words.saved(name) });
  return (
    <main className="first-run" data-testid="first-run">
      <DestinationSetup onSaved={onSaved}>
        {(step, body) => (
          <div className={`first-run-page ${step === null ? 'first-run-question' : 'first-run-form'}`}>
            <header className="first-run-head">
              <Mark />
              {step === null && <p className="first-run-welcome">{words.welcome}</p>}
              <h1 className="first-run-title">{step === null ? words.question : words.formTitle[step]}</h1>
              {step === null && <p className="first-run-help">{words.questionHelp}</p>}
            </header>
            {body}
            {step === null && <FirstDrop />}
          </div>
        )}
      </DestinationSetup>
    </main>
  );
}
