import { Copy } from 'lucide-react';
import type { Upload } from '../../shared/upload.ts';
import type { Row } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useSettings } from '../state/use-settings.ts';
import type { Texts } from '../text/texts.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useToast } from '../ui/Toast.tsx';
import { provedText, statusLine } from './upload-status.ts';

/** The technical side of an upload: codes and numbers, to be copied and sent to somebody who reads them. */
export function UploadDetails({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const texts = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const { destinations } = useSettings();
  const nameOf = ({ destinationId }: Upload) =>
    destinations.find(({ destination }) => destination.id === destinationId)?.destination.name ?? destinationId;
  // One file that goes to several places has a life of its own at each.
  const details = row.legs.map((leg) => ({ leg, lines: detailsOf(leg, texts) }));
  const copy = async () => {
    const text = details.map(({ lines }) => lines.map(([name, value]) => `${name}: ${value}`).join('\n')).join('\n\n');
    const copied = await command(bridge.copyDetails(text));
    if (copied !== undefined) toast({ tone: 'success', title: texts.queue.detailsCopied });
  };
  return (
    <Dialog title={texts.queue.detailsTitle} closeLabel={texts.window.close} onClose={onClose}>
      {details.map(({ leg, lines }) => (
        <section key={leg.id}>
          {details.length > 1 && <h3 className="details-place">{texts.queue.detailsFor(nameOf(leg))}</h3>}
          <dl className="details">
            {lines.map(([name, value]) => (
              <div key={name} className="details-line">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <footer className="dialog-buttons">
        <Button icon={Copy} onPress={() => void copy()}>
          {texts.queue.copyDetails}
        </Button>
      </footer>
    </Dialog>
  );
}

type Line = readonly [string, string | undefined];

function detailsOf(upload: Upload, texts: Texts): readonly (readonly [string, string])[] {
  const names = texts.queue.detailNames;
  const error = upload.status === 'failed' || upload.status === 'waiting' ? upload.error : null;
  const lines: readonly Line[] = [
    [names.file, upload.name],
    [names.size, `${texts.format.bytes(upload.size)} (${texts.format.integer(upload.size)} bytes)`],
    [names.key, upload.key],
    [names.state, statusLine(upload, texts, Date.now()).word],
    ...wayLines(upload, texts),
    [names.code, error?.code],
    [names.technical, error?.detail],
    [names.verification, provedText(upload, texts)],
    [names.id, upload.id],
  ];
  return lines.filter((line): line is readonly [string, string] => line[1] !== undefined);
}

/** While it runs: what the server has confirmed, and what is on the line. */
function wayLines(upload: Upload, { queue, format }: Texts): readonly Line[] {
  if (upload.status !== 'uploading') return [];
  return [
    [queue.detailNames.confirmed, format.bytes(upload.confirmedBytes)],
    [queue.detailNames.onTheWay, format.bytes(Math.max(0, upload.uploadedBytes - upload.confirmedBytes))],
  ];
}
