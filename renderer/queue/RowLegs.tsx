import { Check, CircleAlert, CircleSlash, Clock, Trash2, Upload as UploadIcon } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Upload } from '../../shared/upload.ts';
import type { Row } from '../state/rows.ts';
import { useSettings } from '../state/use-settings.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { statusLine } from './upload-status.ts';

/** The destinations of a file that goes to several: each with its own state, in a word for those who do not see it. */
export function RowLegs({ row }: { readonly row: Row }) {
  const texts = useTexts();
  const { destinations } = useSettings();
  if (row.legs.length < 2) return null;
  return (
    <ul className="row-legs">
      {row.legs.map((leg) => {
        const name = destinations.find(({ destination }) => destination.id === leg.destinationId)?.destination.name ?? '';
        const { word, tone } = statusLine(leg, texts, 0);
        const Icon = iconOf(leg);
        return (
          <li key={leg.id} className={`row-leg tone-${tone}`} title={`${name}: ${word}`}>
            <Icon className="icon" aria-hidden />
            <span className="row-leg-name">{name}</span>
            <span className="visually-hidden">: {word}</span>
          </li>
        );
      })}
    </ul>
  );
}

function iconOf({ status }: Upload): LucideIcon {
  if (status === 'completed') return Check;
  if (status === 'skipped') return CircleSlash;
  if (status === 'deleted') return Trash2;
  if (status === 'failed') return CircleAlert;
  return status === 'uploading' || status === 'completing' ? UploadIcon : Clock;
}
