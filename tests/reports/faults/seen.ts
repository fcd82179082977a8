import type { Upload, UploadList } from '../../../shared/upload.ts';
import { uploadedBytesOf } from '../../../shared/upload.ts';
import type { UploadQueue } from '../../../electron/uploads/upload-queue.ts';
import { statusLine } from '../../../renderer/queue/upload-status.ts';
import { createFormat } from '../../../renderer/text/format.ts';
import type { Texts } from '../../../renderer/text/TextProvider.tsx';
import {
  destinationTexts,
  doctorTexts,
  errorTexts,
  limitsTexts,
  queueTexts,
  receiptTexts,
  settingsTexts,
  windowTexts,
} from '../../../renderer/text/texts.ts';

/** As `createTexts` makes them, which comes with React. */
const texts: Texts = {
  language: 'en',
  format: createFormat('en'),
  window: windowTexts.en,
  queue: queueTexts.en,
  settings: settingsTexts.en,
  destination: destinationTexts.en,
  doctor: doctorTexts.en,
  receipt: receiptTexts.en,
  limits: limitsTexts.en,
  errorText: ({ code }) => errorTexts.en[code],
};

/** How often the window is told of progress. */
const progressEveryMs = 100;

export interface Seen {
  /** What the window said about the upload, each new word once, in the order in which they came. `▲`: the banner. */
  readonly words: () => readonly string[];
  /** Times at which the bar went back, such as `62 % → 50 %`. */
  readonly wentBack: () => readonly string[];
  readonly end: () => void;
}

/** Reads the window as a person would: changes of state at once, the bar a few times a second. */
export function watchWindow(queue: UploadQueue, id: string): Seen {
  const words = new Map<string, number>();
  const wentBack: string[] = [];
  let last: string[] = [];
  let share = 0;
  const look = (): void => {
    const list = queue.snapshot();
    const upload = list.uploads.find((candidate) => candidate.id === id);
    if (upload === undefined) return;
    const now = sentences(upload, list);
    for (const word of now) if (!last.includes(word)) words.set(word, (words.get(word) ?? 0) + 1);
    last = now;
    const sent = uploadedBytesOf(upload) / upload.size;
    if (sent < share) wentBack.push(`${percent(share)} → ${percent(sent)}`);
    share = sent;
  };
  const unsubscribe = queue.subscribe((kind) => kind === 'status' && look());
  const timer = setInterval(look, progressEveryMs);
  look();
  return {
    words: () => [...words].map(([word, times]) => (times > 1 ? `${word} (×${times})` : word)),
    wentBack: () => wentBack,
    end: () => {
      unsubscribe();
      clearInterval(timer);
    },
  };
}

function sentences(upload: Upload, list: UploadList): string[] {
  const found = [rowWord(upload)];
  if (upload.notice !== null) found.push(texts.queue.notices[upload.notice]);
  for (const { state, error } of list.destinations) {
    if (state !== 'ready') found.push(`▲ ${texts.errorText(error ?? { code: 'internal' }).title}`);
  }
  return found;
}

/** The row's word, without the seconds of a countdown, and with the cause that stands beside it. */
function rowWord(upload: Upload): string {
  if (upload.status === 'waiting' && upload.reason === 'backoff') {
    return `${texts.queue.retryingNow}: ${texts.errorText(upload.error).cause}`;
  }
  if (upload.status === 'uploading' && upload.resending !== null) {
    // Without the number of parts: one word per reason, not one per part.
    return `${texts.queue.uploading}, ${texts.queue.resending(1, texts.errorText(upload.resending.error).cause)}`;
  }
  const still = upload.status === 'waiting' ? { ...upload, retryAt: null } : upload;
  return statusLine(still, texts, Date.now()).word;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
