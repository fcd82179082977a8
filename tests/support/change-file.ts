import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, truncateSync, writeSync } from 'node:fs';

/** What somebody does to a video while it is being uploaded. The file stays the same file, its time moves. */
export const changes = ['rewrite', 'truncate', 'grow'] as const;
export type Change = (typeof changes)[number];

const MiB = 1024 * 1024;

/** At once, so that it can happen between two lines of the engine. */
export function changeFile(path: string, how: Change): void {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    switch (how) {
      case 'rewrite':
        // Something in every part; not the first bytes, which make it a video.
        for (let at = MiB / 2; at + 16 <= size; at += MiB) writeSync(file, randomBytes(16), 0, 16, at);
        return;
      case 'truncate':
        return truncateSync(path, size - MiB - 7);
      case 'grow':
        return void writeSync(file, randomBytes(MiB), 0, MiB, size);
    }
  } finally {
    closeSync(file);
  }
}
