import type { Upload } from '../../shared/upload.ts';
import { mendingPanel } from '../state/mending-panel.ts';
import { useOpenPanel } from '../state/panels.tsx';
import type { ErrorAction } from '../text/error-action.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ReceiptBody } from './ReceiptBody.tsx';
import { Refusal } from './Refusal.tsx';
import { useReceipt } from './use-receipt.ts';
import '../settings/form.css';
import '../settings/form-answers.css';
import './receipt.css';

interface ReceiptDialogProps {
  readonly upload: Upload;
  readonly onClose: () => void;
}

/** What was sent, where it is and what was proved about it; and a second look at any time. */
export function ReceiptDialog({ upload, onClose }: ReceiptDialogProps) {
  const { receipt: words, window: windowWords } = useTexts();
  const { receipt, report, openAgain, check } = useReceipt(upload.id);
  const openPanel = useOpenPanel();
  // What mends a refusal lies elsewhere: the receipt makes room for it.
  const onMend = (action: ErrorAction) => {
    onClose();
    openPanel(mendingPanel(action, upload.destinationId));
  };
  return (
    <Dialog title={words.title} closeLabel={windowWords.close} onClose={onClose} size="medium">
      {receipt.state === 'answered' && (
        <ReceiptBody
          id={upload.id}
          receipt={receipt.answer}
          report={report}
          onCheck={() => void check()}
          onMend={onMend}
        />
      )}
      {receipt.state === 'refused' && (
        <Refusal title={words.failed} error={receipt.error} onAgain={openAgain} onMend={onMend} />
      )}
      {receipt.state === 'asking' && (
        <p className="receipt-opening" aria-live="polite">
          <span className="spinner" aria-hidden />
          {words.opening}
        </p>
      )}
    </Dialog>
  );
}
