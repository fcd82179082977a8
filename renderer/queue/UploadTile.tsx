import { Check, CircleSlash, Pause, Play, Trash2, TriangleAlert } from 'lucide-react';
import type { Upload } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { shareOf, statusLine } from './upload-status.ts';

/** What can be read from two metres away: how far it is, that it is done, that something is wrong. */
export function UploadTile({ upload }: { readonly upload: Upload }) {
  const texts = useTexts();
  const { tone } = statusLine(upload, texts, 0);
  return (
    <div className={`tile tone-${tone}`} aria-hidden>
      <TileContent upload={upload} />
    </div>
  );
}

function TileContent({ upload }: { readonly upload: Upload }) {
  const { format } = useTexts();
  if (upload.status === 'completed') return <Check className="tile-icon" />;
  if (upload.status === 'failed') return <TriangleAlert className="tile-icon" />;
  if (upload.status === 'skipped') return <CircleSlash className="tile-icon" />;
  if (upload.status === 'deleted') return <Trash2 className="tile-icon" />;
  const share = shareOf(upload);
  if (share > 0) return <span className="tile-percent">{format.percent(share)}</span>;
  return upload.status === 'paused' ? <Pause className="tile-icon" /> : <Play className="tile-icon tile-play" />;
}
