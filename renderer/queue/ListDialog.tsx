import type { Upload } from '../../shared/upload.ts';
import { ReceiptDialog } from '../receipt/ReceiptDialog.tsx';
import { ListQuestion } from './ListQuestion.tsx';
import type { OpenQuestion } from './ListQuestion.tsx';
import { UploadDetails } from './UploadDetails.tsx';

/** What stands open above the list. */
export type OpenListDialog =
  | { readonly kind: 'question'; readonly question: OpenQuestion }
  | { readonly kind: 'details'; readonly id: string }
  | { readonly kind: 'receipt'; readonly id: string };

interface ListDialogProps {
  readonly dialog: OpenListDialog | null;
  readonly uploads: readonly Upload[];
  readonly onEnd: () => void;
}

export function ListDialog({ dialog, uploads, onEnd }: ListDialogProps) {
  if (dialog === null) return null;
  if (dialog.kind === 'question') return <ListQuestion question={dialog.question} onEnd={onEnd} />;
  const upload = uploads.find(({ id }) => id === dialog.id);
  if (upload === undefined) return null;
  if (dialog.kind === 'details') return <UploadDetails upload={upload} onClose={onEnd} />;
  return <ReceiptDialog upload={upload} onClose={onEnd} />;
}
