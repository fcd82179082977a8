import { useEffect, useState } from 'react';
import type { PracticeUsage as Usage } from '../../shared/replies.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { useToast } from '../ui/Toast.tsx';

/** How much room the practice bucket takes on this computer, and the way to have it back. */
export function PracticeUsage() {
  const { settings: words, window: windowWords, format } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const [usage, setUsage] = useState<Usage | null>(null);
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    let isGone = false;
    void command(bridge.getPracticeUsage()).then((answer) => !isGone && answer !== undefined && setUsage(answer));
    return () => {
      isGone = true;
    };
  }, [bridge, command]);
  if (usage === null) return <div className="practice" />;

  const isEmpty = usage.objects === 0 && usage.unfinishedUploads === 0;
  const bytes = format.bytes(usage.bytes);
  const parts = [usage.objects > 0 ? words.practiceUsage(usage.objects, bytes) : words.practiceEmpty];
  if (usage.unfinishedUploads > 0) parts.push(words.practiceUnfinished(usage.unfinishedUploads));
  const empty = async () => {
    const emptied = await command(bridge.emptyPractice().then(() => bridge.getPracticeUsage()));
    if (emptied === undefined) return;
    setUsage(emptied);
    toast({ tone: 'success', title: words.emptied });
  };
  const question = {
    title: words.emptyTitle,
    body: words.emptyBody(usage.objects, bytes),
    yes: words.emptyYes,
    no: windowWords.cancel,
    isDanger: true,
  };
  return (
    <div className="practice">
      <span className="destination-place">{parts.join(' · ')}</span>
      {!isEmpty && (
        <Button tone="quiet" onPress={() => setAsks(true)}>
          {words.emptyIt}
        </Button>
      )}
      {asks && (
        <ConfirmDialog
          question={question}
          onAnswer={(yes) => {
            setAsks(false);
            if (yes) void empty();
          }}
        />
      )}
    </div>
  );
}
