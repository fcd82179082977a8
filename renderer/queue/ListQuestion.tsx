import type { Upload } from '../../shared/upload.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import type { QueueText } from '../text/queue-text.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { Question } from '../ui/ConfirmDialog.tsx';

export interface OpenQuestion {
  readonly kind: 'cancel' | 'remove' | 'replace';
  readonly uploads: readonly Upload[];
}

/** Asks before anything that cannot be taken back, and does it after a yes. */
export function ListQuestion({ question, onEnd }: { readonly question: OpenQuestion; readonly onEnd: () => void }) {
  const { queue } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const ids = question.uploads.map((upload) => upload.id);
  const deeds = {
    cancel: () => bridge.cancelUploads(ids),
    remove: () => bridge.removeUploads(ids),
    replace: () => bridge.settleConflict(ids, 'replace'),
  };
  const onAnswer = (yes: boolean) => {
    if (yes) void command(deeds[question.kind]());
    onEnd();
  };
  return <ConfirmDialog question={wordsOf(question, queue)} onAnswer={onAnswer} />;
}

function wordsOf({ kind, uploads }: OpenQuestion, queue: QueueText): Question {
  const count = uploads.length;
  const words: Readonly<Record<OpenQuestion['kind'], Question>> = {
    cancel: {
      title: queue.cancelTitle(count),
      body: queue.cancelBody(count),
      yes: queue.cancelYes(count),
      no: queue.cancelNo,
      isDanger: true,
    },
    remove: {
      title: queue.removeTitle(count),
      body: queue.removeBody(count),
      yes: queue.removeYes,
      no: queue.removeNo,
      isDanger: false,
    },
    replace: {
      title: queue.replaceTitle,
      body: queue.replaceBody(uploads[0]?.key ?? ''),
      yes: queue.replaceYes,
      no: queue.replaceNo,
      isDanger: true,
    },
  };
  return words[kind];
}
