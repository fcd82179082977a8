import { GridListItem } from 'react-aria-components';
import type { Upload } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { KeyField } from './KeyField.tsx';
import { StatusLine } from './StatusLine.tsx';
import { UploadActions } from './UploadActions.tsx';
import { UploadKey } from './UploadKey.tsx';
import { UploadTile } from './UploadTile.tsx';
import type { RunAction } from './use-upload-commands.ts';
import { shareOf, spokenName, statusLine } from './upload-status.ts';

export interface UploadRowProps {
  /** The upload's. React Aria would otherwise take `upload.key`, which two destinations may share. */
  readonly id: string;
  readonly upload: Upload;
  readonly isEditingKey: boolean;
  readonly run: RunAction;
  readonly onKeyEdited: (id: string) => void;
}

/** One upload: what it is, how it stands, and the one thing a person most likely wants to do about it. */
export function UploadRow({ id, upload, isEditingKey, run, onKeyEdited }: UploadRowProps) {
  const texts = useTexts();
  const { status } = upload;
  const name = spokenName(upload, texts);
  return (
    <GridListItem id={id} textValue={name} className="row" data-status={status} data-upload-id={id}>
      <UploadTile upload={upload} />
      <div className="row-body">
        <div className="row-head">
          <span className="row-name">{upload.name}</span>
          {!isEditingKey && <UploadKey upload={upload} run={run} />}
        </div>
        {isEditingKey ? <KeyField upload={upload} onEnd={() => onKeyEdited(id)} /> : <StatusLine upload={upload} />}
        <RowHint upload={upload} />
      </div>
      <UploadActions upload={upload} run={run} />
      <RowProgress upload={upload} label={name} />
    </GridListItem>
  );
}

/** What to do about a failure; what changed on the way. */
function RowHint({ upload }: { readonly upload: Upload }) {
  const { errorText, queue } = useTexts();
  if (upload.status === 'failed') return <p className="row-hint">{errorText(upload.error).hint}</p>;
  if (upload.status === 'waiting' && upload.reason === 'source') {
    return <p className="row-hint">{errorText(upload.error).hint}</p>;
  }
  if (upload.notice === null || upload.status === 'completed') return null;
  return <p className="row-hint">{queue.notices[upload.notice]}</p>;
}

function RowProgress({ upload, label }: { readonly upload: Upload; readonly label: string }) {
  const texts = useTexts();
  if (upload.status === 'completed' || upload.status === 'canceling') return null;
  const { tone } = statusLine(upload, texts, 0);
  const isRunning = upload.status === 'uploading';
  return (
    <div className="row-progress">
      <ProgressBar label={label} share={shareOf(upload)} tone={tone} isMoving={isRunning} />
    </div>
  );
}
