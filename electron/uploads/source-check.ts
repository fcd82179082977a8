import { UploadError } from './upload-error.ts';
import type { SourceFiles } from './ports.ts';
import type { UploadRecord } from './upload-record.ts';

type Source = UploadRecord['source'];

/** A look at size and time: costs microseconds, done before every part. Rejects with `source-changed` or `source-missing`. */
export async function checkUnchanged(files: SourceFiles, source: Source): Promise<void> {
  const now = await files.stat(source.path);
  if (now.size !== source.size || now.mtimeMs !== source.mtimeMs) throw new UploadError('source-changed');
}

/**
 * The same with a look at the content, at the start of a run and before Complete: some programs restore the time of a
 * file that they have written anew.
 */
export async function checkSameContent(files: SourceFiles, source: Source): Promise<void> {
  const now = await files.fingerprint(source.path);
  const isSame = now.size === source.size && now.mtimeMs === source.mtimeMs && now.sample === source.sample;
  if (!isSame) throw new UploadError('source-changed');
}
