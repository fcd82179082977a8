import { createHash } from 'node:crypto';
import { keyProblem } from '../../shared/object-key.ts';
import { UploadError } from '../uploads/upload-error.ts';

/** The one folder of a destination that is ours alone; everything else in it is videos. */
export const roomName = '.remessa';

/** Microsoft, "Naming Files, Paths, and Namespaces": reserved with any extension, and characters that no name may have. */
const reservedName = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;
// A backslash would separate folders.
const reservedCharacter = /[<>:"|?*\\]/;
/** Windows leaves them out at the end of a name, so that two keys would be one file. */
const lostEnding = /[. ]$/;
/** Characters that Apple's file systems leave out of a comparison (HFS+, "Case-Insensitive String Comparison"). */
const ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Rejects with `invalid-key` what cannot be a file below the folder, or would be one of ours. Keys that no video of ours
 * has, such as those without `.mp4`, may stand there all the same.
 */
export function refuseKey(key: string, platform: NodeJS.Platform = process.platform): void {
  const problem = keyProblem(key);
  const names = key.split('/');
  const isBad =
    (problem !== null && problem !== 'not-mp4') ||
    isRoom(names[0] ?? '') ||
    (platform === 'win32' && names.some(isImpossibleOnWindows));
  if (isBad) throw new UploadError('invalid-key');
}

/** The strictest of all systems decides: a disk goes from one computer to another. */
const isRoom = (name: string): boolean =>
  name.replaceAll(ignored, '').replace(/[. ]+$/, '').toLowerCase() === roomName;

const isImpossibleOnWindows = (name: string): boolean =>
  reservedName.test(name) || reservedCharacter.test(name) || lostEnding.test(name);

/** A key may have 1,024 bytes of anything; its hash is a file name everywhere. */
export const keyHash = (key: string): string => createHash('sha256').update(key).digest('hex');
