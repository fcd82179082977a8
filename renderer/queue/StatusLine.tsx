import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Clock,
  CloudOff,
  FileQuestion,
  LoaderCircle,
  Pause,
  ArrowUp,
  X,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Upload } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { StatusIcon } from './upload-status.ts';
import { statusLine } from './upload-status.ts';
import { useNow } from './use-now.ts';

const icons: Readonly<Record<StatusIcon, LucideIcon>> = {
  queued: CircleDashed,
  uploading: ArrowUp,
  offline: CloudOff,
  clock: Clock,
  file: FileQuestion,
  paused: Pause,
  verifying: LoaderCircle,
  done: CircleCheck,
  failed: CircleAlert,
  canceling: X,
};

/** The row's one line of status, in words, with the numbers after it. */
export function StatusLine({ upload }: { readonly upload: Upload }) {
  const texts = useTexts();
  const now = useNow(upload.status === 'waiting' && upload.retryAt !== null);
  const { word, numbers, tone, icon } = statusLine(upload, texts, now);
  const Icon = icons[icon];
  return (
    <div className="status">
      <span className={`status-word tone-${tone}`}>
        <Icon className={`icon status-icon status-icon-${icon}`} aria-hidden />
        {word}
      </span>
      {numbers.map((number) => (
        <span key={number} className="status-number">
          {number}
        </span>
      ))}
    </div>
  );
}
