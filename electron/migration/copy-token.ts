import { createHash } from 'node:crypto';
import type { StoredObject } from '../uploads/ports.ts';

/**
 * The mark of a copy: it is made of what the copy was made of. So a later plan knows its own copy where ETags (of other
 * parts) differ and the server keeps no checksum; and knows that it is out of date when the original has changed.
 */
export const copyToken = (path: string, { etag, size }: Pick<StoredObject, 'etag' | 'size'>): string =>
  createHash('sha256').update(JSON.stringify([path, etag, size])).digest('hex').slice(0, 32);
