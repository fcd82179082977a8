import type { DestinationInfo } from '../../shared/settings.ts';
import type { Texts } from '../text/texts.ts';

/** What kind of place it is, which one, and how its key is, on one line. */
export function placeOf(info: DestinationInfo, texts: Pick<Texts, 'settings' | 'format'>): string {
  const { destination } = info;
  const { settings: words, format } = texts;
  if (destination.kind === 'practice') return words.keyNotNeeded;
  if (destination.kind === 'disk') {
    const { folder, quotaGB } = destination;
    const limit = quotaGB === null ? [] : [words.upTo(format.bytes(quotaGB * 1e9))];
    return [words.kinds.disk, folder, ...limit].join(' · ');
  }
  const { kind, name, bucket, prefix } = destination;
  const path = [bucket, prefix.replace(/\/$/, '')].filter((part) => part !== '').join('/');
  return [words.kinds[kind], ...(path === name ? [] : [path]), keyOf(info, words)].join(' · ');
}

function keyOf({ credentials, accessKeyIdHint }: DestinationInfo, words: Texts['settings']): string {
  const hint = accessKeyIdHint ?? '';
  switch (credentials) {
    case 'keychain':
      return words.keySaved(hint);
    case 'session':
      return words.keySession(hint);
    case 'missing':
      return words.keyMissing;
    case 'not-needed':
      return words.keyNotNeeded;
  }
}
