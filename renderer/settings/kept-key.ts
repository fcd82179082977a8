import type { ImportCandidate } from '../../shared/imports.ts';
import type { DestinationInfo } from '../../shared/settings.ts';
import { hasKey } from './form-start.ts';

/** A key that need not be typed: the window knows its last characters, and where it is. */
export type KeptKey =
  | { readonly from: 'saved'; readonly hint: string }
  | { readonly from: 'import'; readonly hint: string; readonly candidate: ImportCandidate };

/** Null where a key has to be typed, and where none is needed. `saved`: the destination that the form saves. */
export function keptKeyOf(saved: DestinationInfo | null, candidate: ImportCandidate | null): KeptKey | null {
  if (candidate !== null) {
    return hasKey(candidate) ? { from: 'import', hint: candidate.accessKeyIdHint ?? '', candidate } : null;
  }
  if (saved === null || saved.credentials === 'missing' || saved.credentials === 'not-needed') return null;
  return { from: 'saved', hint: saved.accessKeyIdHint ?? '' };
}
