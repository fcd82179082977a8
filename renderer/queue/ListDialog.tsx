import type { Upload } from '../../shared/upload.ts';
import { DeleteObjectDialog } from '../care/DeleteObjectDialog.tsx';
import { ReceiptDialog } from '../receipt/ReceiptDialog.tsx';
import type { Row } from '../state/rows.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { DeleteLocalFile } from './DeleteLocalFile.tsx';
import { ListQuestion } from './ListQuestion.tsx';
import type { OpenQuestion } from './ListQuestion.tsx';
import { SendElsewhere } from './SendElsewhere.tsx';
import { UploadDetails } from './UploadDetails.tsx';

/** What stands open above the list. */
export type OpenListDialog =
  | { readonly kind: 'question'; readonly question: OpenQuestion }
  | { readonly kind: 'conflict' | 'elsewhere'; readonly uploads: readonly [Upload, ...Upload[]] }
  | { readonly kind: 'delete-object' | 'delete-local'; readonly upload: Upload }
  | { readonly kind: 'details' | 'receipt'; readonly id: string };

interface ListDialogProps {
  readonly dialog: OpenListDialog | null;
  readonly rows: readonly Row[];
  readonly onEnd: () => void;
}

export function ListDialog({ dialog, rows, onEnd }: ListDialogProps) {
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'question':
      return <ListQuestion question={dialog.question} onEnd={onEnd} />;
    case 'conflict':
      return <ConflictDialog uploads={dialog.uploads} rows={rows} onEnd={onEnd} />;
    case 'elsewhere':
      return <SendElsewhere uploads={dialog.uploads} onEnd={onEnd} />;
    case 'delete-local':
      return <DeleteLocalFile upload={dialog.upload} onEnd={onEnd} />;
    case 'delete-object': {
      const { destinationId, key } = dialog.upload;
      return <DeleteObjectDialog destinationId={destinationId} objectKey={key} onClose={onEnd} />;
    }
    case 'details':
    case 'receipt': {
      const row = rows.find(({ id }) => id === dialog.id);
      if (row === undefined) return null;
      if (dialog.kind === 'details') return <UploadDetails row={row} onClose={onEnd} />;
      const [sent = row] = row.legs.filter(({ status }) => status === 'completed');
      return <ReceiptDialog upload={sent} onClose={onEnd} />;
    }
  }
}
