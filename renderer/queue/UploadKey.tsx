import { ArrowRight, Pencil } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { Row } from '../state/rows.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { RunAction } from './use-upload-commands.ts';

/** The object's key beside the file's name: a button while it may still be changed. */
export function UploadKey({ row, run }: { readonly row: Row; readonly run: RunAction }) {
  const { queue } = useTexts();
  if (!row.keyEditable) {
    return (
      <span className="row-key">
        <ArrowRight className="icon" aria-hidden />
        <span className="row-key-text">{row.key}</span>
      </span>
    );
  }
  return (
    <Button
      className="row-key row-key-button"
      aria-label={queue.editKey(row.key)}
      onPress={() => run('edit-key', [row])}
    >
      <ArrowRight className="icon" aria-hidden />
      <span className="row-key-text">{row.key}</span>
      <Pencil className="icon row-key-pencil" aria-hidden />
    </Button>
  );
}
