import { useEffect, useState } from 'react';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';

/** "Quit?", when the main process asks because uploads have not finished. */
export function QuitDialog() {
  const { window: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const [pending, setPending] = useState<number | null>(null);
  useEffect(() => bridge.onQuitAsked((question) => setPending(question.pending)), [bridge]);
  if (pending === null) return null;

  const onAnswer = (quit: boolean) => {
    setPending(null);
    void command(bridge.answerQuit(quit ? 'quit' : 'stay'));
  };
  const question = {
    title: words.quitTitle,
    body: words.quitBody(pending),
    yes: words.quitYes,
    no: words.quitNo,
    isDanger: false,
  };
  return <ConfirmDialog question={question} onAnswer={onAnswer} />;
}
