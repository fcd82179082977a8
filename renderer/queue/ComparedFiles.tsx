import { ArrowRight, FileVideo } from 'lucide-react';
import type { Upload } from '../../shared/upload.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';

/** The file that would be sent, and the video that has its name. */
export function ComparedFiles({ upload, more }: { readonly upload: Upload; readonly more: number }) {
  const { queue, format } = useTexts();
  const { destinations } = useSettings();
  const existing = upload.status === 'failed' || upload.status === 'skipped' ? upload.existing : null;
  const place = destinations.find(({ destination }) => destination.id === upload.destinationId)?.destination.name ?? '';
  const there = existing === null ? [] : [format.bytes(existing.size)];
  if (existing !== null && existing.modifiedAt !== null) there.push(format.fullDateTime(existing.modifiedAt));
  return (
    <div className="compared">
      <div className="compared-file">
        <FileVideo className="icon" aria-hidden />
        <span className="compared-label">{queue.conflictOurs}</span>
        <span className="compared-name">{upload.name}</span>
        <span className="compared-facts">{format.bytes(upload.size)}</span>
      </div>
      <ArrowRight className="icon compared-arrow" aria-hidden />
      <div className="compared-file">
        <FileVideo className="icon" aria-hidden />
        <span className="compared-label">{queue.conflictTheirs(place)}</span>
        <span className="compared-name">{upload.key}</span>
        <span className="compared-facts">{there.join(' · ')}</span>
      </div>
      {more > 0 && <p className="compared-more">{queue.conflictMore(more)}</p>}
    </div>
  );
}
