import { assertNever } from '../../shared/errors.ts';
import type { Upload, Verification } from '../../shared/upload.ts';
import { isEnded, uploadedBytesOf } from '../../shared/upload.ts';
import type { Texts } from '../text/texts.ts';

export type StatusTone = 'accent' | 'muted' | 'success' | 'warning' | 'danger';
export type StatusIcon =
  | 'queued'
  | 'uploading'
  | 'offline'
  | 'clock'
  | 'schedule'
  | 'file'
  | 'disk'
  | 'skipped'
  | 'deleted'
  | 'paused'
  | 'verifying'
  | 'verified'
  | 'checked'
  | 'sent'
  | 'failed'
  | 'canceling';

/** The line of a row: a word, an icon and a colour together, and numbers after the word. */
export interface StatusLine {
  readonly word: string;
  /** Why it goes slower or back, where it does; between the word and the numbers. */
  readonly reason?: string;
  readonly numbers: readonly string[];
  readonly tone: StatusTone;
  readonly icon: StatusIcon;
}

export function statusLine(upload: Upload, texts: Texts, nowMs: number): StatusLine {
  const { queue, format } = texts;
  const size = format.bytes(upload.size);
  switch (upload.status) {
    case 'queued':
      return { word: queue.queued, numbers: progressNumbers(upload, texts), tone: 'muted', icon: 'queued' };
    case 'uploading':
      return uploadingLine(upload, texts, nowMs);
    case 'waiting':
      return waitingLine(upload, texts, nowMs);
    case 'paused':
      return { word: queue.paused, numbers: progressNumbers(upload, texts), tone: 'muted', icon: 'paused' };
    case 'completing':
      return { word: queue.verifying, numbers: [size], tone: 'accent', icon: 'verifying' };
    case 'completed': {
      const was = upload.wasThere ? [queue.wasThere] : [];
      const numbers = [...was, size, format.moment(upload.completedAt, nowMs)];
      return { word: queue.sent[upload.verification], numbers, ...looksOf[upload.verification] };
    }
    case 'failed': {
      const changed = upload.error.code === 'source-changed';
      const word = changed ? queue.fileChanged : queue.failed(texts.errorText(upload.error).cause);
      return { word, numbers: [], tone: changed ? 'warning' : 'danger', icon: 'failed' };
    }
    case 'skipped':
      return { word: queue.skipped, numbers: [size], tone: 'muted', icon: 'skipped' };
    case 'deleted': {
      const numbers = [format.moment(upload.deletedAt, nowMs)];
      return { word: queue.deleted[upload.deletion], numbers, tone: 'muted', icon: 'deleted' };
    }
    case 'canceling':
      return { word: queue.canceling, numbers: [], tone: 'muted', icon: 'canceling' };
    default:
      return assertNever(upload);
  }
}

/** What was looked at on the server wears the shield; the rest is sent, and calmer. */
const looksOf: Readonly<Record<Verification, { readonly tone: StatusTone; readonly icon: StatusIcon }>> = {
  checksum: { tone: 'success', icon: 'verified' },
  object: { tone: 'success', icon: 'verified' },
  size: { tone: 'muted', icon: 'checked' },
  parts: { tone: 'muted', icon: 'sent' },
};

export function isVerified(upload: Upload): boolean {
  return upload.status === 'completed' && looksOf[upload.verification].icon === 'verified';
}

/** Where what is proved also goes by a sentence: the receipt's tooltip, the details. */
export function provedText(upload: Upload, { queue }: Texts): string | undefined {
  return upload.status === 'completed' ? queue.proved[upload.verification] : undefined;
}

type Waiting = Extract<Upload, { status: 'waiting' }>;

function waitingLine(upload: Waiting, texts: Texts, nowMs: number): StatusLine {
  const { queue, format } = texts;
  const numbers = progressNumbers(upload, texts);
  const left = upload.retryAt === null ? null : (upload.retryAt - nowMs) / 1000;
  const countdown = left === null || left <= 0 ? null : format.countdown(left);
  switch (upload.reason) {
    case 'offline':
      if (upload.error.code === 'disk-missing') return { word: queue.waitingForDisk, numbers, tone: 'warning', icon: 'disk' };
      return { word: queue.offline, numbers, tone: 'warning', icon: 'offline' };
    case 'backoff': {
      const word = countdown === null ? queue.retryingNow : queue.retryingIn(countdown);
      return { word, numbers: [texts.errorText(upload.error).cause, ...numbers], tone: 'warning', icon: 'clock' };
    }
    case 'rate-limited':
      return { word: queue.slowedDown(countdown), numbers, tone: 'warning', icon: 'clock' };
    case 'source':
      return { word: queue.waitingForFile, numbers, tone: 'warning', icon: 'file' };
    case 'growing':
      return { word: queue.growing, numbers, tone: 'muted', icon: 'file' };
    case 'destination':
      return { word: queue.waitingForDestination, numbers, tone: 'muted', icon: 'clock' };
    case 'schedule': {
      const at = upload.retryAt === null ? { time: null, day: null } : format.ahead(upload.retryAt, nowMs);
      return { word: queue.waitingForSchedule(at.time, at.day), numbers, tone: 'muted', icon: 'schedule' };
    }
    default:
      return assertNever(upload.reason);
  }
}

type Uploading = Extract<Upload, { status: 'uploading' }>;

function uploadingLine(upload: Uploading, texts: Texts, nowMs: number): StatusLine {
  const numbers = uploadingNumbers(upload, texts, nowMs);
  const line = { word: texts.queue.uploading, numbers, tone: 'accent', icon: 'uploading' } as const;
  if (upload.resending === null) return line;
  const { parts, error } = upload.resending;
  return { ...line, reason: texts.queue.resending(parts, texts.errorText(error).cause) };
}

const twoDays = 2 * 24 * 60 * 60 * 1000;

function uploadingNumbers(upload: Uploading, texts: Texts, nowMs: number): string[] {
  const { queue, format } = texts;
  const numbers: string[] = [];
  if (upload.bytesPerSecond !== null && upload.bytesPerSecond > 0) numbers.push(format.speed(upload.bytesPerSecond));
  if (upload.etaSeconds !== null && Number.isFinite(upload.etaSeconds)) {
    numbers.push(upload.etaSeconds < 3 ? queue.almostDone : queue.timeLeft(format.duration(upload.etaSeconds)));
  }
  numbers.push(...progressNumbers(upload, texts));
  if (upload.expiresAt !== null && upload.expiresAt - nowMs < twoDays) {
    numbers.push(queue.serverKeepsUntil(format.dateTime(upload.expiresAt)));
  }
  return numbers;
}

function progressNumbers(upload: Upload, { queue, format }: Texts): string[] {
  const done = uploadedBytesOf(upload);
  const size = format.bytes(upload.size);
  return [done > 0 ? queue.ofSize(format.bytes(done), size) : size];
}

/** 0 to 1; an empty file counts as not begun. */
export function shareOf(upload: Upload): number {
  return upload.size > 0 ? Math.min(1, uploadedBytesOf(upload) / upload.size) : 0;
}

/** The same for what the server has confirmed; of an upload that does not run, whatever has arrived. */
export function confirmedShareOf(upload: Upload): number {
  if (upload.status !== 'uploading' || upload.size === 0) return shareOf(upload);
  return Math.min(shareOf(upload), upload.confirmedBytes / upload.size);
}

/** A status' words as they are spoken: "sent, size checked". */
export function spoken(words: string): string {
  return words.toLowerCase().replaceAll(' · ', ', ');
}

/** The row's name for a screen reader: "video_5_simple.mp4, uploading, 42 percent". */
export function spokenName(upload: Upload, texts: Texts): string {
  const parts = [upload.name, spoken(spokenWord(upload, texts))];
  const percent = Math.floor(shareOf(upload) * 100);
  if (!isEnded(upload) && upload.status !== 'canceling' && percent > 0) {
    parts.push(texts.queue.percentSpoken(percent));
  }
  return parts.join(', ');
}

/** Without the countdown, which would change the row's name every second. */
function spokenWord(upload: Upload, texts: Texts): string {
  if (upload.status === 'waiting' && upload.reason === 'backoff') return texts.queue.retryingNow;
  if (upload.status === 'waiting' && upload.reason === 'rate-limited') return texts.queue.slowedDown(null);
  return statusLine(upload, texts, 0).word;
}
