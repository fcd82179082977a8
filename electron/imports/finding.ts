import type { ImportCandidate, ImportOrigin } from '../../shared/imports.ts';
import type { Credentials } from '../../shared/settings.ts';

/** Names and what they stand for: a process's environment, a `.env` file, a profile. */
export type Names = Readonly<Record<string, string | undefined>>;

/** Settings that were found somewhere, with their secrets. It stays in the main process; what leaves is a candidate. */
export interface Finding extends Omit<ImportCandidate, 'id' | 'accessKeyIdHint'> {
  readonly credentials: Credentials | null;
}

/** Where a finding comes from, for people. */
export interface Whence {
  readonly origin: ImportOrigin;
  readonly name: string;
}

export const noValues: Finding['values'] = {
  name: '',
  accountId: '',
  jurisdiction: 'default',
  bucket: '',
  prefix: '',
  region: '',
  endpoint: '',
  publicBaseUrl: '',
  folder: '',
  quotaGB: null,
};

/** What a destination may be called at most, characters. */
const longestName = 80;

/** A destination is called what its bucket is called. */
export const nameAfter = (bucket: string): string => bucket.slice(0, longestName);
