import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ImportCandidate } from '../../shared/imports.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { DestinationChoice } from './DestinationChoice.tsx';
import type { DestinationKind } from './DestinationChoice.tsx';
import { DestinationForm } from './DestinationForm.tsx';
import { Imports } from './Imports.tsx';
import type { FormKind } from './destination-fields.ts';
import type { FormStart } from './form-start.ts';
import { emptyStart, startFromCandidate, startFromFolder } from './form-start.ts';

interface DestinationSetupProps {
  /** Draws the heading of the step; the first screen and the dialog do so differently. */
  readonly children: (step: FormKind | null, body: ReactNode) => ReactNode;
  readonly onSaved: (name: string) => void;
}

interface Step {
  readonly kind: FormKind;
  readonly start: FormStart;
}

/** From the question to a working destination: a choice, then one form; this computer and the practice bucket need none. */
export function DestinationSetup({ children, onSaved }: DestinationSetupProps) {
  const bridge = useBridge();
  const command = useCommand();
  const { format } = useTexts();
  const [step, setStep] = useState<Step | null>(null);
  const [isBusy, setBusy] = useState(false);
  const startAtOnce = useStartAtOnce(onSaved);

  const onChoose = (kind: DestinationKind) => {
    if (kind === 'r2' || kind === 's3') return setStep({ kind, start: emptyStart });
    setBusy(true);
    void startAtOnce(kind).finally(() => setBusy(false));
  };
  const onOtherFolder = async () => {
    const chosen = await command(bridge.chooseFolder());
    if (chosen === undefined || chosen === null) return;
    setStep({ kind: 'disk', start: startFromFolder(chosen.folder, chosen.freeBytes) });
  };
  const onImport = (candidate: ImportCandidate) =>
    setStep({ kind: candidate.kind, start: startFromCandidate(candidate, format.decimal) });
  if (step === null) {
    return children(
      null,
      <>
        <DestinationChoice onChoose={onChoose} onOtherFolder={() => void onOtherFolder()} isBusy={isBusy} />
        <Imports onChoose={onImport} />
      </>,
    );
  }
  return children(
    step.kind,
    <DestinationForm
      key={step.kind}
      kind={step.kind}
      existing={null}
      start={step.start}
      onSaved={onSaved}
      onBack={() => setStep(null)}
    />,
  );
}

/** The two that work with one click, and become the default. */
function useStartAtOnce(onSaved: (name: string) => void) {
  const { destination: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const names = { disk: words.thisComputerName, practice: words.practiceName };
  return async (kind: 'disk' | 'practice') => {
    const name = names[kind];
    const draft = { kind: 'practice', name: names.practice } as const;
    const saved = await command(
      kind === 'disk'
        ? bridge.addThisComputer(name)
        : bridge.saveDestination({ id: null, draft, credentials: null, importId: null, keep: 'session' }),
    );
    if (saved === undefined || (await command(bridge.switchDestination(saved.id))) === undefined) return;
    onSaved(name);
  };
}
