import type { Upload } from '../../shared/upload.ts';
import type { Texts } from '../text/texts.ts';

/** The sentence below a row's status, where there is something to say; the most urgent one. */
export function hintOf(upload: Upload, { queue, errorText }: Texts): string | null {
  if (upload.status === 'failed') return errorText(upload.error).hint;
  if (upload.status === 'waiting' && upload.reason === 'source') return errorText(upload.error).hint;
  if (upload.holding !== null) return queue.holding[upload.holding];
  // Nobody else says what to do about it: it is one video's trouble, and not the destination's.
  if (upload.status === 'waiting' && (upload.error.code === 'disk-full' || upload.error.code === 'quota-exceeded')) {
    return errorText(upload.error).hint;
  }
  if (upload.status === 'completed') {
    if (upload.localFile !== 'kept') return queue.localFiles[upload.localFile];
    return upload.notice === 'renamed' ? queue.notices.renamed : null;
  }
  return upload.notice === null ? null : queue.notices[upload.notice];
}
