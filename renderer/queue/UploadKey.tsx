import { ArrowRight, Pencil } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { Upload } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { RunAction } from './use-upload-commands.ts';

/** The object's key beside the file's name: a button while it may still be changed. */
export function UploadKey({ upload, run }: { readonly upload: Upload; readonly run: RunAction }) {
  const { queue } = useTexts();
  if (!upload.keyEditable) {
    return (
      <span className="row-key">
        <ArrowRight className="icon" aria-hidden />
        <span className="row-key-text">{upload.key}</span>
      </span>
    );
  }
  return (
    <Button
      className="row-key row-key-button"
      aria-label={queue.editKey(upload.key)}
      onPress={() => run('edit-key', [upload])}
    >
      <ArrowRight className="icon" aria-hidden />
      <span className="row-key-text">{upload.key}</span>
      <Pencil className="icon row-key-pencil" aria-hidden />
    </Button>
  );
}
