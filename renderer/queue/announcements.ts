import type { Upload } from '../../shared/upload.ts';
import type { Texts } from '../text/texts.ts';
import { isVerified, shareOf, spoken } from './upload-status.ts';

const steps = [25, 50, 75] as const;

/** What a screen reader should say about a new snapshot: steps and endings, never ticks; many become a number. */
export function announcementsFor(before: readonly Upload[], after: readonly Upload[], texts: Texts): readonly string[] {
  const known = new Map(before.map((upload) => [upload.id, upload]));
  const changed = after.filter((upload) => known.has(upload.id) && known.get(upload.id) !== upload);
  const became = (status: Upload['status']) =>
    changed.filter((upload) => upload.status === status && known.get(upload.id)?.status !== status);

  const { queue } = texts;
  const done = became('completed');
  const failed = became('failed');
  const said: string[] = [];
  if (done.length > 3) said.push(queue.announceManyDone(done.length, done.every(isVerified)));
  else said.push(...done.map((upload) => queue.announceDone(upload.name, sentOf(upload, texts))));
  if (failed.length > 3) said.push(queue.announceManyFailed(failed.length));
  else said.push(...failed.map((upload) => queue.announceFailed(upload.name, causeOf(upload, texts))));
  const stepped = changed.flatMap((upload) => {
    const step = stepPassed(known.get(upload.id), upload);
    return step === null ? [] : [queue.announceStep(upload.name, step)];
  });
  return stepped.length > 3 ? said : [...said, ...stepped];
}

function stepPassed(before: Upload | undefined, after: Upload): number | null {
  if (before === undefined || after.status !== 'uploading') return null;
  const from = shareOf(before) * 100;
  const to = shareOf(after) * 100;
  return steps.findLast((step) => from < step && to >= step) ?? null;
}

function causeOf(upload: Upload, texts: Texts): string {
  return upload.status === 'failed' ? texts.errorText(upload.error).cause : '';
}

function sentOf(upload: Upload, texts: Texts): string {
  return upload.status === 'completed' ? spoken(texts.queue.sent[upload.verification]) : '';
}
