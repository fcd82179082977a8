import { useState } from 'react';
import { canCancel } from '../../shared/upload.ts';
import { useOpenPanel } from '../state/panels.tsx';
import { legsOf } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useRows } from '../state/use-rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ReviewRow } from './ReviewRow.tsx';
import { ReviewSummary } from './ReviewSummary.tsx';
import { useReviewFields } from './use-review-fields.ts';
import './review.css';

/** Rows that are drawn; thousands of fields would make the window heavy, and nobody reads them. */
const shownAtMost = 100;

interface ReviewDialogProps {
  /** Uploads that wait for this look. */
  readonly ids: readonly string[];
  /** With the ids that were asked about: others may have joined since. */
  readonly onEnd: (ids: readonly string[]) => void;
}

/** Names, room, time and cost of a batch, before the first byte leaves. What is closed unanswered stays paused. */
export function ReviewDialog({ ids, onEnd }: ReviewDialogProps) {
  const { adding, window: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const openPanel = useOpenPanel();
  const wanted = new Set(ids);
  const rows = useRows().filter((row) => wanted.has(row.id) && canCancel(row));
  const uploads = legsOf(rows);
  const all = uploads.map(({ id }) => id);
  const end = () => onEnd(ids);
  const { fields, isWrong, saveAll } = useReviewFields();
  const [isBusy, setBusy] = useState(false);
  /** Ends the review only when it was done: a refusal leaves the videos as they are, and the person is to see that. */
  const answer = async (deed: () => Promise<null>) => {
    if ((await fields.inTurn(() => command(deed()))) !== undefined) end();
  };
  const onSend = async () => {
    setBusy(true);
    // What was typed last may still be on its way; nothing is sent under another name than the one that stands there.
    if (await saveAll()) await answer(() => bridge.resumeUploads(all));
    setBusy(false);
  };
  const onNames = () => {
    end();
    openPanel({ kind: 'settings', place: 'names' });
  };
  return (
    <Dialog title={adding.reviewTitle} closeLabel={words.close} onClose={end} size="large">
      <ReviewSummary uploads={uploads} videos={rows.length} />
      <ul className="review-list">
        {rows.slice(0, shownAtMost).map((row) => (
          <ReviewRow key={row.id} row={row} fields={fields} />
        ))}
        {rows.length > shownAtMost && <li className="review-more">{adding.reviewMore(rows.length - shownAtMost)}</li>}
      </ul>
      <footer className="dialog-buttons review-buttons">
        <Button tone="quiet" onPress={onNames}>
          {adding.reviewNames}
        </Button>
        <span className="form-spring" />
        <Button tone="quiet" isDisabled={isBusy || all.length === 0} onPress={() => void answer(() => bridge.cancelUploads(all))}>
          {adding.reviewRemove}
        </Button>
        <Button onPress={end}>{adding.reviewLater}</Button>
        <Button tone="accent" isDisabled={isWrong || all.length === 0} isPending={isBusy} onPress={() => void onSend()}>
          {adding.reviewSend(rows.length)}
        </Button>
      </footer>
    </Dialog>
  );
}
