import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Clock,
  CloudOff,
  CircleSlash,
  FileQuestion,
  HardDrive,
  Trash2,
  LoaderCircle,
  Pause,
  ArrowUp,
  CalendarClock,
  Check,
  ShieldCheck,
  X,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Upload } from '../../shared/upload.ts';
import { useTexts } from '../text/TextProvider.tsx';
import type { StatusIcon } from './upload-status.ts';
import { statusLine } from './upload-status.ts';
import { useNow } from './use-now.ts';
import './status.css';

const icons: Readonly<Record<StatusIcon, LucideIcon>> = {
  queued: CircleDashed,
  uploading: ArrowUp,
  offline: CloudOff,
  clock: Clock,
  schedule: CalendarClock,
  file: FileQuestion,
  disk: HardDrive,
  skipped: CircleSlash,
  deleted: Trash2,
  paused: Pause,
  verifying: LoaderCircle,
  verified: ShieldCheck,
  checked: CircleCheck,
  sent: Check,
  failed: CircleAlert,
  canceling: X,
};

/** The row's one line of status, in words, with the numbers after it. */
export function StatusLine({ upload }: { readonly upload: Upload }) {
  const texts = useTexts();
  const now = useNow(countsDown(upload));
  const { word, reason, numbers, tone, icon } = statusLine(upload, texts, now);
  const Icon = icons[icon];
  return (
    <div className="status">
      <span className={`status-word tone-${tone}`}>
        <Icon className={`icon status-icon status-icon-${icon}`} aria-hidden />
        {word}
      </span>
      {reason !== undefined && <span className="status-number status-reason">{reason}</span>}
      {numbers.map((number) => (
        <span key={number} className="status-number">
          {number}
        </span>
      ))}
    </div>
  );
}

/** The schedule's wait ends at a time of day, which does not count down. */
function countsDown(upload: Upload): boolean {
  return upload.status === 'waiting' && upload.retryAt !== null && upload.reason !== 'schedule';
}
