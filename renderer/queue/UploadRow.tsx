import { GridListItem } from 'react-aria-components';
import type { Upload } from '../../shared/upload.ts';
import { isEnded } from '../../shared/upload.ts';
import type { Row } from '../state/rows.ts';
import type { Texts } from '../text/texts.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { SpeedPlot } from '../ui/SpeedPlot.tsx';
import { KeyField } from './KeyField.tsx';
import { RowLegs } from './RowLegs.tsx';
import { StatusLine } from './StatusLine.tsx';
import { UploadActions } from './UploadActions.tsx';
import { UploadKey } from './UploadKey.tsx';
import { UploadTile } from './UploadTile.tsx';
import type { RunAction } from './use-upload-commands.ts';
import { hintOf } from './upload-hint.ts';
import { confirmedShareOf, shareOf, spokenName, statusLine } from './upload-status.ts';

export interface UploadRowProps {
  /** The upload's. React Aria would otherwise take `upload.key`, which two destinations may share. */
  readonly id: string;
  readonly row: Row;
  readonly isEditingKey: boolean;
  readonly run: RunAction;
  readonly onKeyEdited: (id: string) => void;
}

/** One upload: what it is, how it stands, and the one thing a person most likely wants to do about it. */
export function UploadRow({ id, row, isEditingKey, run, onKeyEdited }: UploadRowProps) {
  const texts = useTexts();
  const { status } = row;
  const name = spokenName(row, texts);
  return (
    <GridListItem id={id} textValue={name} className="row" data-status={status} data-upload-id={id}>
      <UploadTile upload={row} />
      <div className="row-body">
        <div className="row-head">
          <span className="row-name">{row.name}</span>
          {!isEditingKey && <UploadKey row={row} run={run} />}
          <RowLegs row={row} />
        </div>
        {isEditingKey ? <KeyField row={row} onEnd={() => onKeyEdited(id)} /> : <StatusLine upload={row} />}
        <RowHint upload={row} />
      </div>
      <RowPlot upload={row} />
      <UploadActions row={row} run={run} />
      <RowProgress upload={row} label={name} />
    </GridListItem>
  );
}

/** What to do about a failure; what is kept safe; what changed on the way. */
function RowHint({ upload }: { readonly upload: Upload }) {
  const texts = useTexts();
  const words = hintOf(upload, texts);
  return words === null ? null : <p className="row-hint">{words}</p>;
}

function RowPlot({ upload }: { readonly upload: Upload }) {
  const { queue, format } = useTexts();
  if (upload.status !== 'uploading') return null;
  const now = format.speed(upload.bytesPerSecond ?? 0);
  const label = queue.speedOverTime(now, format.speed(Math.max(0, ...upload.speeds)));
  return (
    <div className="row-plot">
      <SpeedPlot speeds={upload.speeds} label={label} width={96} height={24} />
    </div>
  );
}

function RowProgress({ upload, label }: { readonly upload: Upload; readonly label: string }) {
  const texts = useTexts();
  if (isEnded(upload) || upload.status === 'canceling') return null;
  const { tone } = statusLine(upload, texts, 0);
  const said = progressSpoken(upload, texts);
  return (
    <div className="row-progress">
      <ProgressBar
        label={label}
        share={shareOf(upload)}
        certain={confirmedShareOf(upload)}
        tone={tone}
        isMoving={upload.status === 'uploading'}
        {...(said === null ? {} : { said })}
      />
    </div>
  );
}

/** What the two tones of the bar mean. */
function progressSpoken(upload: Upload, { queue, format }: Texts): string | null {
  if (upload.status !== 'uploading') return null;
  const onTheWay = format.bytes(Math.max(0, upload.uploadedBytes - upload.confirmedBytes));
  return queue.progressSpoken(format.percent(shareOf(upload)), format.bytes(upload.confirmedBytes), onTheWay);
}
