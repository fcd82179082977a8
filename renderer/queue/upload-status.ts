import { assertNever } from '../../shared/errors.ts';
import type { Upload } from '../../shared/upload.ts';
import { uploadedBytesOf } from '../../shared/upload.ts';
import type { Texts } from '../text/TextProvider.tsx';

export type StatusTone = 'accent' | 'muted' | 'success' | 'warning' | 'danger';
export type StatusIcon =
  'queued' | 'uploading' | 'offline' | 'clock' | 'file' | 'paused' | 'verifying' | 'done' | 'failed' | 'canceling';

/** The line of a row: a word, an icon and a colour together, and numbers after the word. */
export interface StatusLine {
  readonly word: string;
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
      return {
        word: queue.uploading,
        numbers: uploadingNumbers(upload, texts, nowMs),
        tone: 'accent',
        icon: 'uploading',
      };
    case 'waiting':
      return waitingLine(upload, texts, nowMs);
    case 'paused':
      return { word: queue.paused, numbers: progressNumbers(upload, texts), tone: 'muted', icon: 'paused' };
    case 'completing':
      return { word: queue.verifying, numbers: [size], tone: 'accent', icon: 'verifying' };
    case 'completed': {
      const word = upload.verification === 'parts' ? queue.sentPartsVerified : queue.sentAndVerified;
      return { word, numbers: [size, format.moment(upload.completedAt, nowMs)], tone: 'success', icon: 'done' };
    }
    case 'failed': {
      const changed = upload.error.code === 'source-changed';
      const word = changed ? queue.fileChanged : queue.failed(texts.errorText(upload.error).cause);
      return { word, numbers: [], tone: changed ? 'warning' : 'danger', icon: 'failed' };
    }
    case 'canceling':
      return { word: queue.canceling, numbers: [], tone: 'muted', icon: 'canceling' };
    default:
      return assertNever(upload);
  }
}

type Waiting = Extract<Upload, { status: 'waiting' }>;

function waitingLine(upload: Waiting, texts: Texts, nowMs: number): StatusLine {
  const { queue, format } = texts;
  const numbers = progressNumbers(upload, texts);
  const left = upload.retryAt === null ? null : (upload.retryAt - nowMs) / 1000;
  const countdown = left === null || left <= 0 ? null : format.countdown(left);
  switch (upload.reason) {
    case 'offline':
      return { word: queue.offline, numbers, tone: 'warning', icon: 'offline' };
    case 'backoff': {
      const word = countdown === null ? queue.retryingNow : queue.retryingIn(countdown);
      return { word, numbers: [texts.errorText(upload.error).cause, ...numbers], tone: 'warning', icon: 'clock' };
    }
    case 'rate-limited':
      return { word: queue.slowedDown(countdown), numbers, tone: 'warning', icon: 'clock' };
    case 'source':
      return { word: queue.waitingForFile, numbers, tone: 'warning', icon: 'file' };
    case 'destination':
      return { word: queue.waitingForDestination, numbers, tone: 'muted', icon: 'clock' };
    default:
      return assertNever(upload.reason);
  }
}

const twoDays = 2 * 24 * 60 * 60 * 1000;

function uploadingNumbers(upload: Extract<Upload, { status: 'uploading' }>, texts: Texts, nowMs: number): string[] {
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

/** The row's name for a screen reader: "video_5_simple.mp4, uploading, 42 percent". */
export function spokenName(upload: Upload, texts: Texts): string {
  const parts = [upload.name, spokenWord(upload, texts).toLowerCase()];
  const percent = Math.floor(shareOf(upload) * 100);
  if (upload.status !== 'completed' && upload.status !== 'canceling' && percent > 0) {
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
