import { canCancel, canRemove } from '../../shared/upload.ts';
import { type Row, legsOf } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import type { QueueText } from '../text/queue-text.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { Question } from '../ui/ConfirmDialog.tsx';

export interface OpenQuestion {
  readonly kind: 'cancel' | 'remove';
  readonly rows: readonly Row[];
}

/** Asks before anything that cannot be taken back, and does it after a yes. */
export function ListQuestion({ question, onEnd }: { readonly question: OpenQuestion; readonly onEnd: () => void }) {
  const { queue } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const isCancel = question.kind === 'cancel';
  const ids = legsOf(question.rows)
    .filter(isCancel ? canCancel : canRemove)
    .map(({ id }) => id);
  const rows = question.rows.filter(({ legs }) => legs.some(isCancel ? canCancel : canRemove));
  const onAnswer = (yes: boolean) => {
    if (yes && ids.length > 0) void command(isCancel ? bridge.cancelUploads(ids) : bridge.removeUploads(ids));
    onEnd();
  };
  if (ids.length === 0) return null;
  return <ConfirmDialog question={wordsOf(isCancel, rows, queue)} onAnswer={onAnswer} />;
}

function wordsOf(isCancel: boolean, rows: readonly Row[], queue: QueueText): Question {
  const count = rows.length;
  if (!isCancel) {
    return {
      title: queue.removeTitle(count),
      body: queue.removeBody(count),
      yes: queue.removeYes,
      no: queue.removeNo,
      isDanger: false,
    };
  }
  // The copy that was kept safe may be the only one that is left.
  const hasCopies = rows.some(({ holding }) => holding === 'kept');
  return {
    title: queue.cancelTitle(count),
    body: hasCopies ? `${queue.cancelBody(count)} ${queue.cancelHeld}` : queue.cancelBody(count),
    yes: queue.cancelYes(count),
    no: queue.cancelNo,
    isDanger: true,
  };
}
