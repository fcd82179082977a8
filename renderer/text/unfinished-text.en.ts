import type { UnfinishedText } from './unfinished-text.ts';

export const unfinishedTextEn: UnfinishedText = {
  intro: 'Uploads that were begun and never finished. What arrived of them takes room and does not show as a video.',
  introDisk: 'Copies that were begun and never finished. What arrived of them takes room on the disk.',
  fate: {
    r2: 'R2 usually removes them by itself after 7 days.',
    s3: 'On AWS they stay, and are charged for, until somebody removes them.',
  },
  reading: 'Reading the list…',
  refused: 'The list did not come',
  deniedHint: 'To see this list, the key has to be allowed to list uploads in parts (s3:ListBucketMultipartUploads). Uploads work without it.',
  empty: 'Nothing unfinished',
  emptyHint: 'Everything that was begun here was finished or removed.',
  count: (count) => (count === 1 ? '1 unfinished upload' : `${count} unfinished uploads`),
  perMonth: (cost) => `${cost} a month`,
  all: 'All that are not yours',
  begun: (ago) => `begun ${ago}`,
  ageUnknown: 'date unknown',
  sizeUnknown: 'size unknown',
  parts: (count, formatted) => (count === 1 ? '1 part' : `${formatted} parts`),
  ours: 'an upload in your list goes on with it',
  refresh: 'Refresh',
  remove: (count) => (count === 0 ? 'Remove' : `Remove ${count}`),
  removing: 'Removing…',
  askTitle: (count) => (count === 1 ? 'Remove 1 unfinished upload?' : `Remove ${count} unfinished uploads?`),
  askBody: (bytes) =>
    `Frees ${bytes ?? 'room'} at the destination. If another computer is still sending one of them, it has to begin anew. This cannot be undone.`,
  askYes: 'Remove',
  removed: (count) => (count === 1 ? '1 unfinished upload removed' : `${count} unfinished uploads removed`),
  kept: (count) => (count === 1 ? '1 stayed: it is yours, or the server refused' : `${count} stayed: they are yours, or the server refused`),
};
