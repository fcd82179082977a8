import { useState } from 'react';
import type { ReactNode } from 'react';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { DestinationChoice } from './DestinationChoice.tsx';
import type { DestinationKind } from './DestinationChoice.tsx';
import { DestinationForm } from './DestinationForm.tsx';
import type { FormKind } from './destination-fields.ts';

interface DestinationSetupProps {
  /** Draws the heading of the step; the first screen and the dialog do so differently. */
  readonly children: (step: FormKind | null, body: ReactNode) => ReactNode;
  readonly onSaved: (name: string) => void;
}

/** From the question to a working destination: a choice, then one form; the practice bucket needs none. */
export function DestinationSetup({ children, onSaved }: DestinationSetupProps) {
  const { destination: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const [kind, setKind] = useState<FormKind | null>(null);
  const [isBusy, setBusy] = useState(false);

  const startPractice = async () => {
    const draft = { kind: 'practice', name: words.practiceName } as const;
    const saved = await command(bridge.saveDestination({ id: null, draft, credentials: null, importId: null, keep: 'session' }));
    if (saved === undefined) return;
    await command(bridge.switchDestination(saved.id));
    onSaved(draft.name);
  };
  const onChoose = (chosen: DestinationKind) => {
    if (chosen !== 'practice') return setKind(chosen);
    setBusy(true);
    void startPractice().finally(() => setBusy(false));
  };
  if (kind === null) return children(null, <DestinationChoice onChoose={onChoose} isBusy={isBusy} />);
  return children(
    kind,
    <DestinationForm key={kind} kind={kind} existing={null} onSaved={onSaved} onBack={() => setKind(null)} />,
  );
}
