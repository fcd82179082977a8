import { readFile, stat } from 'node:fs/promises';
import { UploadError } from '../uploads/upload-error.ts';

/** Bytes. Settings are a page of text; whatever is larger is something else that was picked by mistake. */
const maxBytes = 1024 * 1024;

/** Whether it is a file of a size that settings have. */
export async function isReadable(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts !== null && facts.isFile() && facts.size <= maxBytes;
}

/**
 * The text of a file that a person has picked. Rejects with `source-missing`, or with `source-unreadable` for what is
 * no text: a folder, a program, a video.
 */
export async function readTextFile(path: string): Promise<string> {
  try {
    const facts = await stat(path);
    if (!facts.isFile() || facts.size > maxBytes) throw new UploadError('source-unreadable');
    const text = decode(await readFile(path));
    if (text.includes('\0')) throw new UploadError('source-unreadable');
    return text;
  } catch (error) {
    if (error instanceof UploadError) throw error;
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new UploadError(isMissing ? 'source-missing' : 'source-unreadable', { cause: error });
  }
}

/** Windows' own tools write UTF-16, and say so in the first two bytes. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
